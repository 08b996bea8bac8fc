from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from rest_framework.exceptions import ValidationError

from core import registry
from core.api.inputs import input_serializer
from core.api.problems import as_refused
from core.errors import Refused
from core.lifecycle import declared, perform, transitions
from core.lifecycle.options import refusal
from core.management.people import person_at
from core.models import Record


class Command(BaseCommand):
    help = "Perform a transition on items by reference; without one, show what could be done now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "items", nargs="+", metavar="ITEM [TRANSITION]", help="REQ-42 REQ-43 start"
        )
        parser.add_argument(
            "--set", action="append", default=[], metavar="INPUT=VALUE", dest="given"
        )
        parser.add_argument("--note", default="", help="for the history")
        parser.add_argument(
            "--as",
            dest="email",
            help="act as this person; else as FlowTrack, which needs no permission",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, change nothing"
        )

    def handle(self, *args: Any, items: list[str], email: str | None, **options: Any) -> None:
        actor = person_at(email) if email else None
        *references, last = items
        item = registry.find(last)
        if item is not None:
            for each in (*map(self._item, references), item):
                self._describe(each, actor)
            return
        if not references:
            raise CommandError(f"There is no item {last}.")
        refused = [each for each in references if not self._move(each, last, actor, options)]
        if refused:
            raise CommandError(
                f"{len(refused)} of {len(references)} were refused: {', '.join(refused)}"
            )

    def _move(self, reference: str, name: str, actor: Any, options: dict[str, Any]) -> bool:
        item = self._item(reference)
        if name not in declared(type(item)):
            raise CommandError(
                f"{reference} has no transition {name}: {', '.join(declared(type(item)))}."
            )
        try:
            self._perform(item, name, actor, options)
        except (Refused, ValidationError) as error:
            self.stderr.write(f"{reference}: {as_refused(error).detail}")  # type: ignore[union-attr]
            return False
        return True

    def _perform(self, item: Record, name: str, actor: Any, options: dict[str, Any]) -> None:
        inputs = self._inputs(type(item), name, options["given"], actor)
        if options["dry_run"]:
            if refused := refusal(item, declared(type(item))[name], actor):
                raise refused
            self.stdout.write(f"{item}: {name} would succeed.")
            return
        before = item.status  # type: ignore[attr-defined]
        moved = perform(item, name, actor=actor, note=options["note"], **inputs)
        self.stdout.write(f"{item}: {name}, {before} → {moved.status}")  # type: ignore[attr-defined]

    def _inputs(
        self, model: type[Record], name: str, given: list[str], actor: Any
    ) -> dict[str, Any]:
        pairs = dict(each.partition("=")[::2] for each in given)
        values = {key: self._by_natural_key(model, key, value) for key, value in pairs.items()}
        serializer = input_serializer(model, name)(data=values, context={"actor": actor})
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _by_natural_key(self, model: type[Record], name: str, value: str) -> Any:
        """People may be given by e-mail; everything else stays as it is."""
        field = declared_field(model, name)
        if "@" in value and field is not None and field.related_model is get_user_model():
            return person_at(value).pk
        return value

    def _describe(self, item: Record, actor: Any) -> None:
        self.stdout.write(f"{item} ({item.status}) {item.summary().get('title', '')}")  # type: ignore[attr-defined]
        for option in transitions(item, actor):
            inputs = ", ".join(
                f"{i.name}{'' if i.required else '?'}" for i in option.transition.inputs.values()
            )
            answer = "possible" if option.allowed else option.reason
            self.stdout.write(f"  {option.transition.name}({inputs}): {answer}")

    def _item(self, reference: str) -> Record:
        item = registry.find(reference)
        if item is None:
            raise CommandError(f"There is no item {reference}.")
        return item


def declared_field(model: type[Record], name: str) -> models.Field[Any, Any] | None:
    """The model field behind an input of any of the model's transitions."""
    return next((t.inputs[name].field for t in declared(model).values() if name in t.inputs), None)
