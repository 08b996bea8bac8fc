"""Fill an empty house with believable people and work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.demo.sign_ins import sign_ins
from jobs.here import do_here
from jobs.models import Job

AMOUNTS = ("requests", "tickets", "work_orders", "projects", "seed")


class Command(BaseCommand):
    """Safe to run twice: only what is missing is added."""

    help = (
        "Make believable people, and the requests, tickets, work orders and projects of their last 90 days, "
        "through the same rules as everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, default=50, help="Colleagues beside the demo accounts."
        )
        parser.add_argument("--requests", type=int, default=2_000)
        parser.add_argument("--tickets", type=int, default=800)
        parser.add_argument(
            "--work-orders",
            type=int,
            default=150,
            help="Planned ones, beside those that tickets and requests need.",
        )
        parser.add_argument(
            "--projects", type=int, default=5, help="Beside the one where colleagues arrive."
        )
        parser.add_argument("--seed", type=int, default=7, help="Another seed, another story.")
        parser.add_argument("--yes-demo", action="store_true", help="Do it outside DEBUG, too.")

    def handle(self, *, people: int, yes_demo: bool, **options: Any) -> None:
        if not settings.DEBUG and not yes_demo:
            raise CommandError(
                "This adds demo accounts with a known password. Outside DEBUG say --yes-demo."
            )
        wanted = {name: options[name] for name in AMOUNTS}
        job = do_here("demo.seed", echo=self.stdout.write, people=people, **wanted)
        if job.status != Job.Status.SUCCEEDED:
            raise CommandError(job.error)
        added = job.result or {}
        said = f"{added['requests']} requests, {added['tickets']} tickets, "
        said += f"{added['work_orders']} planned work orders, {added['projects']} projects"
        self.stdout.write(self.style.SUCCESS(f"Added {said}."))
        if options["verbosity"] > 1:
            self.stdout.write(f"Sign in as one of:\n{sign_ins()}")
