"""`manage.py sla_preview`: what an edit of a calendar or a policy would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import strict_json
from core.errors import InvalidInput
from sla.management.telling import told
from sla.models import Calendar, Policy
from sla.repercussions import foreseen


class Command(BaseCommand):
    """Reads only."""

    help = "List the open items whose due times would change if a calendar or a policy said something else."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--calendar", metavar="NAME", help="a calendar that would be edited")
        which.add_argument("--policy", metavar="NAME", help="a policy that would be edited")
        parser.add_argument("--hours", type=Path, metavar="FILE.json", help="its new hours")
        parser.add_argument("--holidays", type=Path, metavar="FILE.json", help="its new holidays")
        parser.add_argument("--time-zone", metavar="ZONE", help="its new time zone")
        parser.add_argument("--response-minutes", type=int, metavar="N", help="its new target")
        parser.add_argument("--resolution-minutes", type=int, metavar="N", help="its new target")
        parser.add_argument("--in-hours-of", metavar="NAME", help="its new calendar")

    def handle(self, *, calendar: str | None, policy: str | None, **options: Any) -> None:
        record = (
            _edited_calendar(calendar, options) if calendar else _edited_policy(policy, options)
        )
        try:
            record.clean_fields()
            record.clean()
        except ValidationError as error:
            raise CommandError(InvalidInput.from_django(error).detail) from error
        found = 0
        for difference in foreseen(record):
            self.stdout.write(told(difference))
            found += 1
        self.stdout.write(f"{found} open items would change. Nothing was changed.")


def _edited_calendar(name: str, options: dict[str, Any]) -> Calendar:
    _refuse(options, "response_minutes", "resolution_minutes", "in_hours_of")
    calendar: Calendar = _called(Calendar, name)
    for part in ("hours", "holidays"):
        if options[part]:
            setattr(calendar, part, _json(options[part]))
    calendar.time_zone = options["time_zone"] or calendar.time_zone
    return calendar


def _edited_policy(name: str | None, options: dict[str, Any]) -> Policy:
    _refuse(options, "hours", "holidays", "time_zone")
    policy: Policy = _called(Policy, name)
    for part in ("response_minutes", "resolution_minutes"):
        if options[part] is not None:
            setattr(policy, part, options[part])
    if options["in_hours_of"]:
        policy.calendar = _called(Calendar, options["in_hours_of"])
    return policy


def _refuse(options: dict[str, Any], *names: str) -> None:
    for name in names:
        if options[name] is not None:
            raise CommandError(f"--{name.replace('_', '-')} does not go with this.")


def _called(model: Any, name: str | None) -> Any:
    found = model.objects.filter(name__iexact=(name or "").strip()).first()
    if found is None:
        known = ", ".join(model.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(f"There is no {model._meta.verbose_name} {name}. There are: {known}.")
    return found


def _json(file: Path) -> Any:
    try:
        return strict_json.loads(file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except InvalidInput as refused:
        raise CommandError(f"{file}: {refused.detail}") from refused
