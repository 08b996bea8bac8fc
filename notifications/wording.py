"""What happened, in a sentence."""

from __future__ import annotations

from django.utils.text import Truncator

from core.models import Event
from notifications.models import Notification
from notifications.topics import Topic

FLOWTRACK = "FlowTrack"
LONGEST_ERROR = 300

BY_TOPIC = {
    Topic.APPROVAL: "{who} asks for your decision.",
    Topic.ASSIGNED: "It is yours to do.",
    Topic.MENTIONED: "{who} named you in a comment.",
    Topic.QUEUE: "It arrived in the queue of your team.",
    Topic.MEMBERSHIP: "{who} took you in.",
}
BY_EVENT = {
    ("discussion.comment", "created"): "{who} wrote a comment.",
    ("files.file", "release"): "{who} added a file.",
    ("files.file", "quarantine"): "The scanner found something in a file, and nobody gets it.",
    ("jobs.job", "fail"): "{error} It is not tried again by itself.",
    ("jobs.job", "succeed"): "It is done.",
    ("notifications.webhookendpoint", "disable"): "It failed for three days and is switched off.",
}


def sentence(notification: Notification) -> str:
    """For whoever hears of it; load it with who did it."""
    event, topic = notification.event, notification.topic
    who = event.actor.name if event.actor is not None else _maker_of(notification)
    words = BY_EVENT.get((event.subject_type, event.action)) or BY_TOPIC.get(Topic(topic))
    if topic == Topic.MENTIONED:
        words = BY_TOPIC[Topic.MENTIONED]
    if words:
        return words.format(who=who, error=_error_in(event))
    if event.actor_id is None and event.note:
        return event.note
    if event.action == "created":
        return f"{who} made it."
    return f"{who}: {label_of(event)}{_where_to(event)}."


def _error_in(event: Event) -> str:
    """Why a job was given up, which all who hear of it may read at the job itself."""
    _, error = event.changes.get("error") or ("", "")
    return Truncator(error or "It failed.").chars(LONGEST_ERROR)


def _maker_of(notification: Notification) -> str:
    return getattr(notification, "maker", None) or FLOWTRACK


def label_of(event: Event) -> str:
    """What people call what was done."""
    return event.action.replace("_", " ").capitalize()


def _where_to(event: Event) -> str:
    if event.source == event.target:
        return ""
    return f", from {_words(event.source)} to {_words(event.target)}"


def _words(status: str) -> str:
    return status.replace("_", " ")
