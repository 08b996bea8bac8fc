"""Which requests a command is about: the same options for every command."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from accounts.models import Department, User
from core import clock
from requests_app.models import ServiceRequest
from requests_app.querysets import RequestQuerySet


def add_selection(parser: ArgumentParser) -> None:
    """`--status --priority --department --assignee --overdue`."""
    parser.add_argument("--status", action="append", choices=ServiceRequest.Status.values)
    parser.add_argument("--priority", action="append", choices=ServiceRequest.Priority.values)
    parser.add_argument("--department", metavar="NAME")
    parser.add_argument("--assignee", metavar="EMAIL", help='an e-mail address, or "none"')
    parser.add_argument("--overdue", action="store_true", help="open past the due date")


def selected(options: dict[str, Any]) -> RequestQuerySet:
    """The requests that the options name, ready to be shown, oldest first."""
    rows = ServiceRequest.objects.for_display().order_by("pk")
    if options["status"]:
        rows = rows.filter(status__in=options["status"])
    if options["priority"]:
        rows = rows.filter(priority__in=options["priority"])
    if options["department"]:
        rows = rows.filter(department=department_called(options["department"]))
    if options["assignee"] == "none":
        rows = rows.filter(assignee=None)
    elif options["assignee"]:
        rows = rows.filter(assignee=person_at(options["assignee"]))
    return rows.overdue(at=clock.now()) if options["overdue"] else rows


def department_called(name: str) -> Department:
    department = Department.objects.filter(name__iexact=name).first()
    if department is None:
        known = ", ".join(Department.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(f"There is no department {name}. There are: {known}.")
    return department


def person_at(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CommandError(f"There is nobody with the e-mail address {email}.")
    return person
