"""`manage.py deactivate_user`: somebody is out, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.lifecycle import perform, transitions
from core.management.people import person_at


class Command(BaseCommand):
    """Signs somebody out everywhere and lets them in no more."""

    help = "Deactivate an account. Its sessions end at once; the last active admin stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--note", default="", help="why, for the history")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *, email: str, note: str, dry_run: bool, **options: Any) -> None:
        user = person_at(email)
        if not user.is_active:
            self.stdout.write(f"{user.email} is deactivated already.")
            return
        option = next(
            each for each in transitions(user, None) if each.transition.name == "deactivate"
        )
        if option.refusal:
            raise CommandError(option.reason)
        if dry_run:
            self.stdout.write(f"{user.email} would be deactivated.")
            return
        try:
            perform(user, "deactivate", actor=None, note=note)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        self.stdout.write(self.style.SUCCESS(f"{user.email} is deactivated."))
