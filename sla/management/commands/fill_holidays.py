"""`manage.py fill_holidays`: the public holidays of a country."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from holidays import country_holidays

from core.errors import Refused
from core.lifecycle import change
from sla.hours import NAME_LENGTH, read_holidays, write_holidays
from sla.models import Calendar

YEARS = range(1970, 2101)


class Command(BaseCommand):
    """Adds what is not there; safe to run twice."""

    help = "Add the public holidays of a country to a calendar; open items are brought up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("calendar", metavar="CALENDAR", help="its name")
        parser.add_argument("--country", required=True, help="ISO 3166, as in GB")
        parser.add_argument("--subdivision", help="a part of the country, as in ENG")
        parser.add_argument("--years", type=_year, nargs="+", required=True)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be added")

    def handle(self, *, calendar: str, dry_run: bool, **options: Any) -> None:
        found = Calendar.objects.filter(name__iexact=calendar.strip()).first()
        if found is None:
            raise CommandError(f"There is no calendar {calendar}.")
        known = read_holidays(found.holidays)
        new = {day: name for day, name in _public(**options).items() if day not in known}
        for day in sorted(new):
            self.stdout.write(f"{day.isoformat()} {new[day]}")
        if new and not dry_run:
            _save(found, {**known, **new})
        added = "would be added" if dry_run else "added"
        self.stdout.write(self.style.SUCCESS(f"{len(new)} holidays {added} to {found}."))


def _year(text: str) -> int:
    year = int(text) if text.isdecimal() else 0
    if year not in YEARS:
        raise ArgumentTypeError(f"Years are {YEARS.start} to {YEARS.stop - 1}.")
    return year


def _public(
    *, country: str, subdivision: str | None, years: list[int], **options: Any
) -> dict[date, str]:
    """The holidays of these years in English; raises CommandError for an unknown country or part of one."""
    try:
        days = country_holidays(country, subdiv=subdivision, years=years, language="en_GB")
    except NotImplementedError as error:
        place = f"{subdivision} in {country}" if subdivision else country
        raise CommandError(f"No public holidays are known for {place}.") from error
    return {day: name[:NAME_LENGTH] for day, name in days.items()}


def _save(calendar: Calendar, holidays: dict[date, str]) -> None:
    try:
        with transaction.atomic():
            change(calendar, actor=None, holidays=write_holidays(holidays))
    except Refused as refused:
        raise CommandError(refused.detail) from refused
