"""Requests and types for tests, in one line each."""

from __future__ import annotations

from typing import Any

from accounts.models import Department, User
from core.lifecycle import create
from core.tests.making import through
from requests_app.models import Category, RequestType, ServiceRequest

__all__ = ["FORM", "a_type", "ask", "through"]

FORM = {
    "type": "object",
    "properties": {
        "model": {"type": "string", "enum": ["small", "large"]},
        "quantity": {"type": "integer", "minimum": 1},
    },
    "required": ["model"],
    "additionalProperties": False,
}


def a_type(approvals: int = 1, category: str = "Testing", **fields: Any) -> RequestType:
    """A type that needs so many approvals; made again where a test has emptied the database."""
    shelf = Category.objects.filter(name=category).first() or create(
        Category(name=category), actor=None
    )
    name = fields.pop("name", f"{category} with {approvals} approvals")
    known = RequestType.objects.filter(name=name).first()
    return known or create(
        RequestType(name=name, category=shelf, approvals_needed=approvals, **fields), actor=None
    )


def ask(person: User, *, approvals: int = 1, **fields: Any) -> ServiceRequest:
    """What this person asks for, in their department, of a type that needs so many approvals."""
    values: dict[str, Any] = {"title": "A lamp", "department": person.department} | fields
    values.setdefault("request_type", None)
    values["request_type"] = values["request_type"] or a_type(approvals)
    if isinstance(values["department"], str):
        values["department"] = Department.objects.get(slug=values["department"])
    return create(ServiceRequest(**values), actor=person)
