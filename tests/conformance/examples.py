"""The one thing that conformance cannot find out by itself: an example of each model.

A new viewset, lifecycle or admin page needs one entry in `EXAMPLES`; every suite runs for it then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from accounts.models import Department, Session, Substitution, Team, User
from conftest import PASSWORD
from dashboards.figures import FIGURES
from requests_app.models import Category, RequestType, ServiceRequest
from tests.bells.models import Bell
from tests.conformance import makers
from tests.conformance.people import People
from tests.lamps.models import Lamp

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

    body: Callable[[People], Body] = lambda people: {}
    """A valid body for a new one."""

    edit: Body = field(default_factory=dict)
    """A valid edit of what `make` makes, which changes something."""

    inputs: Mapping[str, Callable[[People], Any]] = field(default_factory=dict)
    """A value for each field that a transition asks for."""


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
    "<content_type_id>": "1",
    "<object_id>": "1",
    "<url>": "nothing",
}
"""What stands in an address where it is no model's key."""

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
