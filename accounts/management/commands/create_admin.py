"""`manage.py create_admin`: the first admin, or one more."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.fields import spelled
from accounts.models import User
from accounts.registration import newcomer
from core.errors import Refused
from core.lifecycle import create

VARIABLE = "FLOWTRACK_ADMIN_PASSWORD"


class Command(BaseCommand):
    """Makes an account that runs the platform."""

    help = (
        "Create an admin. The password is read from --password-stdin, from"
        f" {VARIABLE}, or asked for. Does nothing if the admin is there already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", help="how others see this person (default: from the address)")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read one line from stdin"
        )

    def handle(self, *, email: str, name: str | None, password_stdin: bool, **options: Any) -> None:
        email = spelled(email)
        if there := User.objects.filter(email=email).first():
            self._leave(there)
            return
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address.") from error
        try:
            password = _password(password_stdin)
            person = newcomer(
                email=email, name=name or _name_in(email), password=password, role=User.Role.ADMIN
            )
            create(person, actor=None)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        self.stdout.write(self.style.SUCCESS(f"{email} is an admin now."))

    def _leave(self, there: User) -> None:
        if not (there.is_admin and there.is_active):
            raise CommandError(
                f"{there.email} has an account already, as {there.get_role_display().lower()}, "
                f"{there.get_status_display().lower()}. Use set_role, or activate it."
            )
        self.stdout.write(f"{there.email} is an admin already.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    try:
        password, again = getpass("Password: "), getpass("Password, again: ")
    except EOFError as error:
        said = f"Nobody is here to type a password: use --password-stdin or {VARIABLE}."
        raise CommandError(said) from error
    if again != password:
        raise CommandError("The two passwords differ.")
    return password


def _name_in(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").title()
