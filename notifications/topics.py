"""What people can hear of, how they hear of it, and what holds for who has chosen nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class Channel(TextChoices):
    """By which way somebody hears of something."""

    IN_APP = "in_app", "In FlowTrack"
    MAIL = "mail", "E-mail"


class Topic(TextChoices):
    """Why somebody hears of something; preferences are chosen for each."""

    APPROVAL = "approval", "Requests that wait for your decision"
    ASSIGNED = "assigned", "What becomes yours to do"
    MENTIONED = "mentioned", "Comments that name you"
    ALERT = "alert", "Failures that admins look after"
    COMMENTED = "commented", "Comments and files on what you hear of"
    PROGRESS = "progress", "Progress of what you hear of"
    SERVICE_LEVEL = "service_level", "Service levels that run out"
    QUEUE = "queue", "What arrives in the queue of your team"
    MEMBERSHIP = "membership", "Projects that you are taken into"
    JOB = "job", "Background work that you asked for"


class Cadence(TextChoices):
    """When e-mail is sent."""

    OFF = "off", "Never"
    IMMEDIATE = "immediate", "At once"
    HOURLY = "hourly", "Once an hour"
    DAILY = "daily", "Once a day"


WAITS_FOR_YOU = frozenset({Topic.APPROVAL, Topic.ASSIGNED, Topic.MENTIONED, Topic.ALERT})
"""What somebody has to act on."""

USUAL_CADENCE: Mapping[str, Cadence] = {
    topic: Cadence.IMMEDIATE if topic in WAITS_FOR_YOU else Cadence.OFF for topic in Topic
}
"""E-mail for whoever has chosen nothing; in FlowTrack itself they hear of everything."""
