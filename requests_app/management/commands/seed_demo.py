"""Fill an empty house with believable people and work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from requests_app.demo.seeder import seed
from requests_app.demo.sign_ins import sign_ins


class Command(BaseCommand):
    """Safe to run twice: only what is missing is added."""

    help = "Make believable people and requests of the last 90 days, through the same rules as everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, default=50, help="Colleagues beside the demo accounts."
        )
        parser.add_argument("--requests", type=int, default=2_000)
        parser.add_argument("--seed", type=int, default=7, help="Another seed, another story.")
        parser.add_argument("--yes-demo", action="store_true", help="Do it outside DEBUG, too.")

    def handle(self, *, people: int, requests: int, yes_demo: bool, **options: Any) -> None:
        if not settings.DEBUG and not yes_demo:
            raise CommandError(
                "This adds demo accounts with a known password. Outside DEBUG say --yes-demo."
            )
        added = seed(
            people=people,
            requests=requests,
            seed=options["seed"],
            until=clock.now(),
            tell=self.stdout.write,
        )
        self.stdout.write(self.style.SUCCESS(f"{added} requests added."))
        if options["verbosity"] > 1:
            self.stdout.write(f"Sign in as one of:\n{sign_ins()}")
