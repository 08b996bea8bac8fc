"""What the demo's house is furnished with: words, rules, replies, checklists, and work that comes again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from accounts.demo.people import Cast
from accounts.demo.places import SITES
from tickets.demo.stories import EMERGENCY_LIGHTS, FIRE_DOORS, JOBS
from tickets.models import CannedReply, ChecklistTemplate, RoutingRule, Schedule, Tag

TAGS = {
    "clinic": "Patients depend on it.",
    "cold-chain": "Has to stay below 8 degrees.",
    "door": "",
    "error": "A program says no.",
    "heating": "",
    "laptop": "",
    "light": "",
    "network": "",
    "phones": "",
    "printer": "",
    "safety": "Somebody could get hurt.",
    "sign-in": "",
    "vpn": "The way in from outside.",
    "water": "",
    "wifi": "",
}
ROUTES = [
    ("Clinic equipment", "clinic", None, "Clinic devices", "least_loaded"),
    ("Network by its tag", "network", None, "Network", "none"),
    ("Buildings", None, "facilities", "Facilities crew", "none"),
    ("Programs and sign-ins", None, "software", "Service desk", "round_robin"),
    ("Everything else", None, None, "Service desk", "none"),
]
"""Name, tag, category, team, and how tickets are given out."""

REPLIES = {
    "We are on it": "Hello {{ requester.first_name }},\n\nthank you for {{ ticket.reference }}. "
    "We are looking into it and come back to you.\n\n{{ agent.name }}",
    "We need more from you": "Hello {{ requester.first_name }},\n\nto go on with "
    "“{{ ticket.title }}” we need a little more. Could you tell us since when, and where exactly?"
    "\n\n{{ agent.first_name }}",
    "Somebody will come by": "Hello {{ requester.first_name }},\n\nsomebody comes by for "
    "{{ ticket.reference }}. You see when in the ticket.\n\n{{ agent.first_name }}",
    "Is it all right now?": "Hello {{ requester.first_name }},\n\nwe believe that "
    "{{ ticket.reference }} is solved. If not, reopen it and say what is still wrong."
    "\n\n{{ agent.first_name }}",
}

REVIEW = "Review of accounts that nobody used"
RECURRING_JOBS = [
    (EMERGENCY_LIGHTS, "FREQ=MONTHLY;BYDAY=1TU"),
    (FIRE_DOORS, "FREQ=WEEKLY;INTERVAL=3"),
]


def tags() -> Iterator[Tag]:
    for slug, said in TAGS.items():
        yield Tag(slug=slug, description=said)


def rules(cast: Cast, categories: Mapping[str, Any]) -> Iterator[RoutingRule]:
    known = {tag.slug: tag for tag in Tag.objects.all()}
    for position, (name, tag, category, team, distribution) in enumerate(ROUTES):
        yield RoutingRule(
            name=name,
            position=position * 10,
            tag=known[tag] if tag else None,
            category=categories.get(category) if category else None,
            team=cast.teams[team],
            distribution=distribution,
        )


def replies() -> Iterator[CannedReply]:
    for title, body in REPLIES.items():
        yield CannedReply(title=title, body=body)


def checklists() -> Iterator[ChecklistTemplate]:
    for job in JOBS:
        items = [*_points(job.points, required=True), *_points(job.extras, required=False)]
        yield ChecklistTemplate(name=job.checklist, items=items)


def schedules(
    cast: Cast, categories: Mapping[str, Any], templates: Mapping[str, Any], *, since: datetime
) -> Iterator[Schedule]:
    """Safety rounds for the crews, and a review for the service desk."""
    begins = {"starts_on": since.date(), "starts_at": time(6), "time_zone": "Europe/London"}
    for job, rule in RECURRING_JOBS:
        yield Schedule(
            title=job.title.format(site=SITES[0]),
            creates=Schedule.Creates.WORK_ORDER,
            site=SITES[0],
            checklist_template=templates[job.checklist],
            rule=rule,
            **begins,
        )
    yield Schedule(
        title=REVIEW,
        creates=Schedule.Creates.TICKET,
        category=categories.get("access"),
        requester=cast.crews["Service desk"][0],
        rule="FREQ=MONTHLY;BYMONTHDAY=15",
        missed=Schedule.Missed.CATCH_UP,
        **begins,
    )


def _points(texts: Sequence[str], *, required: bool) -> list[dict[str, Any]]:
    return [{"text": text, "required": required} for text in texts]
