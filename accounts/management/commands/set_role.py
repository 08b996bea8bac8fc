"""`manage.py set_role`: what somebody may do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.lifecycle import change
from core.management.people import person_at


class Command(BaseCommand):
    """Gives an account another role."""

    help = "Set the role of an account. Its sessions end; the last active admin stays one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=User.Role.values)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *, email: str, role: str, dry_run: bool, **options: Any) -> None:
        user = person_at(email)
        if user.role == role:
            self.stdout.write(f"{user.email} has the role {role} already.")
            return
        try:
            with transaction.atomic():
                change(user, actor=None, role=role)
                transaction.set_rollback(dry_run)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        went = "would go" if dry_run else "went"
        self.stdout.write(self.style.SUCCESS(f"{user.email} {went} from {user.role} to {role}."))
