"""Hand over somebody's projects."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.lifecycle import perform
from core.management.people import person_at
from core.transactions import atomic_with_retry
from workflows.models import Project


class Command(BaseCommand):
    """Safe to run twice: what is handed over already is no longer theirs."""

    help = (
        "Hand over every project for which somebody answers; each in its own transaction. Whoever "
        "takes them becomes an owner; whoever gives them stays one. What is archived is restored, "
        "handed over, and archived again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, metavar="EMAIL", dest="giver")
        parser.add_argument("--to", required=True, metavar="EMAIL", dest="taker")
        parser.add_argument("--note", default="", help="for the history")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would move, change nothing"
        )

    def handle(self, *, giver: str, taker: str, note: str, dry_run: bool, **options: Any) -> None:
        theirs, to = person_at(giver), person_at(taker)
        if theirs == to:
            raise CommandError("They have them already.")
        if not to.is_active:
            raise CommandError(f"{to} is deactivated, so nothing can be handed to them.")
        projects = list(Project.objects.filter(owner=theirs).order_by("pk"))
        if dry_run:
            for project in projects:
                self.stdout.write(f"{project}: would go to {to}{_archived(project)}")
            self.stdout.write(f"{len(projects)} projects (dry run).")
            return
        refused = [each for each in projects if not self._moved(each, to, note)]
        if refused:
            raise CommandError(f"{len(refused)} of {len(projects)} were refused.")
        self.stdout.write(self.style.SUCCESS(f"{len(projects)} projects."))

    def _moved(self, project: Project, to: Any, note: str) -> bool:
        try:
            atomic_with_retry(lambda: _handed_over(project, to, note))
        except Refused as refused:
            self.stderr.write(f"{project}: {refused.detail}")
            return False
        self.stdout.write(f"{project}: now with {to}{_archived(project)}")
        return True


def _handed_over(project: Project, to: Any, note: str) -> None:
    steps: list[tuple[str, dict[str, Any]]] = [("transfer", {"owner": to})]
    if project.status == Project.Status.ARCHIVED:
        # Nothing changes in what is archived, not even who takes part.
        steps = [("restore", {}), *steps, ("archive", {})]
    for name, inputs in steps:
        perform(project, name, actor=None, note=note, **inputs)


def _archived(project: Project) -> str:
    return " (archived)" if project.status == Project.Status.ARCHIVED else ""
