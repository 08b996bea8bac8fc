"""The one thing that conformance cannot find out by itself: an example of each model.

A new viewset, lifecycle or admin page needs one entry in `EXAMPLES`; every suite runs for it then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from accounts.models import Department, Session, Substitution, Team, User
from conftest import PASSWORD
from core.models import Event, WorkItem
from dashboards.figures import FIGURES
from discussion.models import Comment
from files.models import File
from jobs.models import Job
from notifications.models import Delivery, Mailing, Notification, WebhookEndpoint
from requests_app.models import Category, RequestType, ServiceRequest
from sla.models import Calendar, Policy
from tests.bells.models import Bell
from tests.conformance import makers
from tests.conformance.people import People
from tests.lamps.models import Lamp
from tickets.models import (
    CannedReply,
    ChecklistItem,
    ChecklistTemplate,
    Link,
    RoutingRule,
    Schedule,
    Tag,
    Ticket,
    WorkOrder,
)
from workflows.models import (
    ChecklistStep,
    Dependency,
    Invitation,
    Member,
    Project,
    Task,
    Workflow,
    WorkflowTemplate,
)

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Example:
    """How to use one model."""

    make: Callable[[People], Model]
    """A fresh row that ann has and zoe must not see."""

    who: str = "ann"
    """Who may read, create and edit it."""

    stranger: int = 404
    """What zoe is told at its address: 404, 200 where everybody may read, 403 where only some may."""

    narrowed: str = ""
    """A filter, for a list in which everything that is done leaves rows."""

    body: Callable[[People], Body] = lambda people: {}
    """A valid body for a new one."""

    edit: Body = field(default_factory=dict)
    """A valid edit of what `make` makes, which changes something."""

    inputs: Mapping[str, Callable[[People], Any]] = field(default_factory=dict)
    """A value for each field that a transition asks for."""

    bodies: Mapping[str, Callable[[People], Body]] = field(default_factory=dict)
    """Valid bodies of the routes that only this model has, by their actions."""

    ready: Mapping[str, Callable[[People], Model]] = field(default_factory=dict)
    """A row for each action that asks for more than what `make` makes."""


EXAMPLES: Mapping[type[Model], Example] = {
    Bell: Example(
        make=makers.bell, body=lambda people: {"title": "Door bell"}, edit={"title": "Gong"}
    ),
    Lamp: Example(
        make=makers.lamp,
        body=lambda people: {"title": "Desk lamp", "watts": 60},
        edit={"title": "Floor lamp"},
        inputs={"keeper": lambda people: people.ann, "crack": lambda people: "A hairline."},
    ),
    ServiceRequest: Example(
        make=makers.service_request,
        body=lambda people: {
            "title": "A chair",
            "request_type": makers.request_type(people).pk,
            "department": people.corporate.pk,
            "requester": people.ann.pk,
        },
        edit={"title": "An armchair"},
        inputs={
            "assignee": lambda people: people.ben,
            "reason": lambda people: "There is one already.",
            "resolution": lambda people: "It stands at the window.",
        },
    ),
    Ticket: Example(
        make=makers.ticket,
        body=lambda people: {"title": "The lift is stuck", "requester": people.ann.pk},
        edit={"title": "The lift is stuck again"},
        inputs={
            "priority": lambda people: "high",
            "team": makers.team,
            "assignee": lambda people: people.ben,
            "reason": lambda people: "The part is ordered.",
            "resolution": lambda people: "The motor is new.",
            "merged_into": makers.ticket,
        },
    ),
    WorkOrder: Example(
        make=makers.work_order,
        who="ben",
        body=lambda people: {"title": "Change the cable", "ticket": makers.ticket(people).pk},
        edit={"title": "Change both cables"},
        inputs={
            "scheduled_start": lambda people: datetime(2031, 3, 3, 8, tzinfo=UTC),
            "scheduled_end": lambda people: datetime(2031, 3, 3, 10, tzinfo=UTC),
            "site": lambda people: "Harbour office",
            "assignee": lambda people: people.ben,
            "reason": lambda people: "The part is ordered.",
            "completion_notes": lambda people: "The cable is new.",
            "minutes_spent": lambda people: 85,
        },
        bodies={
            "apply_checklist": lambda people: {"template": makers.checklist_template(people).pk}
        },
    ),
    ChecklistItem: Example(
        make=makers.checklist_item,
        who="ben",
        body=lambda people: {"text": "Main switch off", "position": 1},
        edit={"text": "Main switch off, and a note on it"},
    ),
    Project: Example(
        make=makers.project,
        body=lambda people: {"name": "New office", "starts_on": "2031-03-01"},
        edit={"name": "Old office"},
        inputs={"owner": lambda people: people.ann},
    ),
    Member: Example(
        make=makers.member,
        body=lambda people: {"person": makers.acquaintance(people).pk, "role": "viewer"},
        edit={"role": "editor"},
    ),
    Invitation: Example(
        make=makers.invitation,
        body=lambda people: {"email": f"guest{next(makers.numbers)}@flowtrack.example"},
        bodies={"accept": lambda people: {"token": makers.code(people)}},
    ),
    Workflow: Example(
        make=makers.draft,
        body=lambda people: {"name": "Move", "project": makers.project(people).pk},
        edit={"name": "Move out"},
        inputs={"reason": lambda people: "The office stays."},
        bodies={
            "move": lambda people: {"after": makers.neighbour(people).pk},
            "import_tasks": lambda people: {"file": "title\nPack the books\n"},
            "save_as_template": lambda people: {"name": "On-boarding"},
        },
    ),
    WorkflowTemplate: Example(
        make=makers.workflow_template,
        body=lambda people: {
            "name": "Off-boarding",
            "project": makers.project(people).pk,
            "tasks": [{"title": "Collect the badge", "role": "it"}],
        },
        edit={"name": "Arrivals"},
        bodies={"start": lambda people: {"project": makers.project(people).pk}},
    ),
    Task: Example(
        make=makers.task,
        body=lambda people: {"title": "Pack", "workflow": makers.workflow(people).pk},
        edit={"title": "Unpack"},
        inputs={"reason": lambda people: "There are no boxes."},
        bodies={"move": lambda people: {"after": makers.sibling(people).pk}},
    ),
    Dependency: Example(
        make=makers.dependency,
        body=lambda people: {"depends_on": makers.sibling(people).pk},
    ),
    ChecklistStep: Example(
        make=makers.checklist_step,
        body=lambda people: {"text": "Label the boxes", "position": 1},
        edit={"text": "Label all boxes"},
    ),
    Tag: Example(
        make=makers.tag,
        who="ben",
        stranger=200,
        body=lambda people: {"slug": "vpn"},
        edit={"description": "Getting in from outside."},
    ),
    Link: Example(
        make=makers.link,
        who="ben",
        body=lambda people: {"kind": "blocks", "item": makers.ticket(people).reference},
    ),
    RoutingRule: Example(
        make=makers.routing_rule,
        who="ada",
        body=lambda people: {"name": "Everything else", "team": makers.team(people).pk},
        edit={"distribution": "round_robin"},
        bodies={"preview": lambda people: {"department": people.corporate.pk}},
    ),
    CannedReply: Example(
        make=makers.canned_reply,
        who="ben",
        body=lambda people: {"title": "On our way", "body": "It is {{ ticket.status }}."},
        edit={"title": "On our way, second edition"},
        bodies={"render": lambda people: {"ticket": makers.ticket(people).reference}},
    ),
    ChecklistTemplate: Example(
        make=makers.checklist_template,
        who="ada",
        body=lambda people: {"name": "Roof"},
        edit={"name": "Roof, second edition"},
    ),
    RequestType: Example(
        make=lambda people: makers.request_type(people, is_active=False),
        who="ada",
        body=lambda people: {"name": "Standing desk", "category": makers.category(people).pk},
        edit={"name": "Standing desk, second edition"},
    ),
    Category: Example(
        make=makers.category,
        stranger=200,
        edit={"name": "Furniture, second edition"},
        body=lambda people: {"name": "Outdoor furniture", "position": 9},
    ),
    Department: Example(
        make=makers.department,
        stranger=200,
        edit={"name": "Corporate services"},
        body=lambda people: {"name": "Research", "slug": "research"},
    ),
    Team: Example(
        make=makers.team,
        stranger=200,
        edit={"name": "Night shift"},
        body=lambda people: {"name": "Day shift"},
    ),
    Substitution: Example(
        make=makers.substitution,
        who="mia",
        edit={"ends_on": "2026-03-01"},
        body=lambda people: {
            "approver": people.mia.pk,
            "substitute": people.tom.pk,
            "starts_on": "2026-05-01",
            "ends_on": "2026-05-31",
        },
    ),
    Notification: Example(make=makers.notification),
    WebhookEndpoint: Example(
        make=makers.webhook,
        who="ada",
        stranger=403,
        body=lambda people: {
            "description": "The pager of the night shift",
            "url": "https://pager.example/hook",
            "event_types": ["tickets.ticket.created"],
            "account": people.ada.pk,
        },
        edit={"description": "The pager of the day shift"},
    ),
    Delivery: Example(make=makers.dead_letter, who="ada", stranger=403),
    Event: Example(make=makers.event, who="ada", stranger=403, narrowed="kind=lamps.lamp"),
    Mailing: Example(make=makers.mailing, who="ada"),
    Comment: Example(
        make=makers.comment,
        body=lambda people: {"body": "It **flickers**, @ben."},
        edit={"body": "It smokes."},
    ),
    Job: Example(
        make=makers.job,
        inputs={
            "result": lambda people: {"bell": 7},
            "due_at": lambda people: datetime(2026, 12, 1, tzinfo=UTC),
            "error": lambda people: "There is no lamp.",
        },
    ),
    File: Example(
        make=makers.file,
        body=lambda people: {"file": {"name": "note.txt", "content": "SXQgZmxpY2tlcnMu"}},
        inputs={"finding": lambda people: "Eicar-Test-Signature"},
        ready={"download": makers.available_file},
    ),
    Schedule: Example(
        make=makers.schedule,
        who="ben",
        body=lambda people: {
            "title": "Test the emergency lights",
            "requester": people.ann.pk,
            "rule": "FREQ=WEEKLY;BYDAY=MO",
            "starts_on": "2026-12-01",
            "starts_at": "08:00",
            "time_zone": "Europe/London",
        },
        edit={"title": "Test all emergency lights"},
    ),
    Calendar: Example(
        make=makers.calendar,
        who="ada",
        body=lambda people: {
            "name": "London",
            "time_zone": "Europe/London",
            "hours": {"mon": [["09:00", "12:30"], ["13:30", "17:30"]]},
            "holidays": [{"date": "2026-12-25", "name": "Christmas Day"}],
        },
        edit={"name": "Hours, second edition"},
    ),
    Policy: Example(
        make=makers.policy,
        who="ada",
        body=lambda people: {
            "name": "Urgent lifts",
            "applies_to": "ticket",
            "calendar": makers.calendar(people).pk,
            "resolution_minutes": 480,
        },
        edit={"name": "Urgent lifts, second edition"},
    ),
    User: Example(
        make=makers.user,
        who="ada",
        stranger=403,
        body=lambda people: {"email": "carl@flowtrack.example", "name": "Carl"},
        edit={"name": "Carla"},
    ),
    Session: Example(make=makers.session),
}

PLACES = {
    "<figure>": next(iter(FIGURES)),
    "<token>": "no-such-token",
    "<app_label>": "lamps",
    "<url>": "nothing",
}
"""What stands in an address where it is no model's key."""

ITEMS: Mapping[str, Callable[[People], WorkItem]] = {"<reference>": makers.service_request}
"""What makes the item of ann that an address names by its reference, whatever its kind."""

WHO: Mapping[str, str] = {"watchers": "ben", "share": "ada"}
"""Who may call a route that is not for everybody who sees the item, by its action."""

BODIES: Mapping[str, Callable[[People], Body]] = {
    "POST /api/auth/register/": lambda people: {
        "email": "carl@flowtrack.example",
        "password": PASSWORD,
        "name": "Carl",
    },
    "POST /api/auth/login/": lambda people: {"email": people.ann.email, "password": PASSWORD},
    "PATCH /api/auth/me/": lambda people: {"name": "Ann Archer"},
    "POST /api/auth/password/": lambda people: {
        "current_password": PASSWORD,
        "new_password": f"{PASSWORD}, fresh",
    },
    "POST /api/auth/password/reset/": lambda people: {"email": people.ann.email},
    "POST /api/auth/password/reset/confirm/": lambda people: {
        "token": "no such token",
        "new_password": PASSWORD,
    },
}
"""Valid bodies of routes that belong to no model."""


def example_of(model: type[Model]) -> Example:
    """The example, or a sentence that says what to add."""
    if model not in EXAMPLES:
        raise LookupError(
            f"Add an example of {model.__name__} to EXAMPLES in tests/conformance/examples.py: how to"
            " make one that ann has and zoe must not see, a body for a new one, an edit, and a value"
            " for each field that its transitions ask for. Every suite runs for it then."
        )
    return EXAMPLES[model]
