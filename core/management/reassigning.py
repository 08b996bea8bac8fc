"""Giving somebody's unfinished work to somebody else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.lifecycle import declared, perform
from core.lifecycle.options import refusal
from core.management.people import person_at
from core.models import WorkItem


class ReassignCommand(BaseCommand):
    """Safe to run twice: what has moved already is no longer theirs."""

    model: ClassVar[type[WorkItem]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, metavar="EMAIL", dest="giver")
        parser.add_argument("--to", required=True, metavar="EMAIL", dest="taker")
        parser.add_argument(
            "--as", metavar="EMAIL", dest="actor", help="who does it; else FlowTrack"
        )
        parser.add_argument("--note", default="", help="for the history")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would move, change nothing"
        )

    def handle(self, *, giver: str, taker: str, actor: str | None, **options: Any) -> None:
        theirs, to = person_at(giver), person_at(taker)
        if not (to.is_active and to.is_agent):
            raise CommandError(f"{to} is no active agent, so nothing can be assigned to them.")
        if theirs == to:
            raise CommandError("They have it already.")
        by = person_at(actor) if actor else None
        work = list(self._unfinished(theirs))
        move = self._would_move if options["dry_run"] else self._moved
        refused = [item for item in work if not move(item, to, by, options["note"])]
        if refused:
            raise CommandError(f"{len(refused)} of {len(work)} were refused.")
        said = " (dry run)" if options["dry_run"] else ""
        self.stdout.write(f"{len(work)} {self.model._meta.verbose_name_plural}{said}.")

    def _unfinished(self, person: Any) -> Any:
        rows: Any = self.model._default_manager
        return rows.for_display().open().filter(assignee=person).order_by("pk")

    def _would_move(self, item: Any, to: Any, by: Any, note: str) -> bool:
        if refused := refusal(item, declared(self.model)["assign"], by):
            self.stderr.write(f"{item}: {refused.detail}")
            return False
        self.stdout.write(f"{item}: would go to {to}")
        return True

    def _moved(self, item: Any, to: Any, by: Any, note: str) -> bool:
        try:
            perform(item, "assign", actor=by, note=note, assignee=to)
        except Refused as refused:
            self.stderr.write(f"{item}: {refused.detail}")
            return False
        self.stdout.write(f"{item}: now with {to}")
        return True
