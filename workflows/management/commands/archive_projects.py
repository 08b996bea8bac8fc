"""Put away projects in which nothing happens any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.errors import Refused
from core.management.durations import duration
from workflows.idle import put_away
from workflows.models import Project


class Command(BaseCommand):
    """Safe to run twice: what is archived is not idle any more."""

    help = (
        "Archive projects in which nothing has changed for so long, neither they nor anything in "
        "them, and nobody has written; each in its own transaction. Their owners can restore them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--idle", required=True, type=duration, metavar="TIME", help="180d, 36h or 90m"
        )
        parser.add_argument(
            "--note", default="Nothing has changed for long.", help="for the history"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be archived, change nothing"
        )

    def handle(self, *, idle: timedelta, note: str, dry_run: bool, **options: Any) -> None:
        moment = clock.now() - idle
        projects = list(Project.objects.all().idle_since(moment).order_by("pk"))
        if dry_run:
            for project in projects:
                self.stdout.write(f"{project}: would be archived")
            self.stdout.write(f"{len(projects)} projects (dry run).")
            return
        done = [self._archived(each, moment, note) for each in projects]
        if refused := done.count(None):
            raise CommandError(f"{refused} of {len(projects)} were refused.")
        self.stdout.write(self.style.SUCCESS(f"{done.count(True)} projects archived."))

    def _archived(self, project: Project, moment: datetime, note: str) -> bool | None:
        """Whether it is put away now; None where that was refused."""
        try:
            archived = put_away(project, idle_since=moment, note=note)
        except Refused as refused:
            self.stderr.write(f"{project}: {refused.detail}")
            return None
        said = "archived" if archived else "somebody came back to it"
        self.stdout.write(f"{project}: {said}")
        return archived is not None
