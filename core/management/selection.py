"""Which items a command is about: the same options for every command, whatever it does with them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError

from core import clock
from core.management.people import person_at
from core.models import WorkItem

CHOSEN = ("status", "priority")


@dataclass(frozen=True)
class Selection:
    """`--status --priority --assignee --overdue`, and an option for each relation whose rows have a name."""

    model: type[WorkItem]
    by_name: Sequence[str] = ()

    @property
    def noun(self) -> str:
        """`requests`: how people call several of them."""
        return str(self.model._meta.verbose_name_plural)

    def add_to(self, parser: ArgumentParser) -> None:
        """Let a command be asked for some of them."""
        for name in CHOSEN:
            choices = [value for value, _ in self._field(name).flatchoices]
            parser.add_argument(f"--{name}", action="append", choices=choices)
        for name in self.by_name:
            parser.add_argument(f"--{name}", metavar="NAME")
        parser.add_argument("--assignee", metavar="EMAIL", help='an e-mail address, or "none"')
        parser.add_argument("--overdue", action="store_true", help="open past the due date")

    def rows(self, options: Mapping[str, Any]) -> Any:
        """What the options name, ready to be shown, oldest first."""
        rows: Any = self.model._default_manager.for_display().order_by("pk")  # type: ignore[attr-defined]
        for name in CHOSEN:
            if options[name]:
                rows = rows.filter(**{f"{name}__in": options[name]})
        for name in self.by_name:
            if options[name]:
                rows = rows.filter(**{name: self._called(name, options[name])})
        if options["assignee"]:
            rows = rows.filter(assignee=_person_or_nobody(options["assignee"]))
        return rows.overdue(at=clock.now()) if options["overdue"] else rows

    def _called(self, relation: str, name: str) -> Any:
        others = self._field(relation).related_model._default_manager
        found = others.filter(name__iexact=name.strip()).first()
        if found is None:
            known = ", ".join(others.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no {relation} {name}. There are: {known}.")
        return found

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)


def _person_or_nobody(said: str) -> Any:
    return None if said == "none" else person_at(said)
