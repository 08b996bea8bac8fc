"""What is promised for a kind of thing, before there is one: for catalogues."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Subquery
from django.db.models.functions import JSONObject

from core.db.json import json_rows
from sla.models import Policy

PROMISE = JSONObject(
    id="pk",
    position="position",
    policy="name",
    priority="priority",
    department="department",
    response_minutes="response_minutes",
    resolution_minutes="resolution_minutes",
    calendar="calendar__name",
)


def promises(kind: str, **conditions: Any) -> Subquery:
    """The policies in use that can apply, as one JSON value; a condition of a policy may be any."""
    policies = Policy.objects.filter(applies_to=kind, is_active=True)
    for name, value in conditions.items():
        policies = policies.filter(Q(**{name: None}) | Q(**{name: value}))
    return json_rows(policies, PROMISE)
