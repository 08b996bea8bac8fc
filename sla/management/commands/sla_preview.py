"""`manage.py sla_preview`: what an edit of a calendar or a policy would change."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import strict_json
from core.errors import InvalidInput
from sla.management.telling import told
from sla.models import Calendar, Policy
from sla.repercussions import foreseen

NO_TARGET = "none"
NOWHERE = "nowhere"
USUAL = "usual"


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
        for target in ("--response-minutes", "--resolution-minutes"):
            parser.add_argument(target, type=_target, metavar="N|none", help="its new target")
        parser.add_argument("--in-hours-of", metavar="NAME", help="its new calendar")
        parser.add_argument(
            "--waits-in",
            nargs="+",
            metavar="STATUS",
            help="statuses in which it would pause: some, nowhere, or usual for those of such items",
        )

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
    _refuse(options, "response_minutes", "resolution_minutes", "in_hours_of", "waits_in")
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
            setattr(policy, part, None if options[part] == NO_TARGET else options[part])
    if options["in_hours_of"]:
        policy.calendar = _called(Calendar, options["in_hours_of"])
    if options["waits_in"]:
        policy.waits_in = _statuses(options["waits_in"])
    return policy


def _target(text: str) -> int | str:
    """Minutes, or that nothing would be promised."""
    if text == NO_TARGET:
        return text
    try:
        return int(text)
    except ValueError as error:
        raise ArgumentTypeError(f"Give minutes, or {NO_TARGET}.") from error


def _statuses(words: list[str]) -> list[str] | None:
    """What a policy keeps: the statuses themselves, no status at all, or null for what the item says."""
    special: dict[str, list[str] | None] = {NOWHERE: [], USUAL: None}
    if len(words) == 1 and words[0] in special:
        return special[words[0]]
    return words


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
