"""What every row of ours that people change has in common: a version, and a history."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from core import clock, request_id, texts
from core.actors import Actor
from core.errors import Conflict
from core.fields import Move
from core.lifecycle.declaration import status_field
from core.lifecycle.needs import Rule, nobody
from core.models.event import Event

ONE_LINE = ("name", "title")
"""What others are told a row is called: more lines could pass for words of the letter around them."""

BOOKKEEPING = frozenset({"version", "created_at", "updated_at"})


class Record(models.Model):
    """A row whose every change leaves exactly one Event, in the same transaction.

    ``save()`` compares the row with what was loaded: it writes only what changed, bumps ``version``,
    refuses to overwrite somebody else's newer version, and does nothing when nothing changed.
    """

    private_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields whose values never enter the history; that they changed does."""

    fields_for_agents: ClassVar[frozenset[str]] = frozenset()
    """Fields whose values in the history only agents read; that they changed everybody does."""

    withheld_in: ClassVar[Mapping[str, frozenset[str]]] = {}
    """Fields whose values in the history nobody reads any more while a row is in this status."""

    creatable: ClassVar[Rule] = Rule(nobody)
    editable: ClassVar[Rule] = Rule(nobody)

    removable: ClassVar[Rule | None] = None
    """Who may remove one, and when; where nothing is said, like editing."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    saving_at: datetime
    """The moment of the save that is under way: the row, its Events and what follows share it."""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._loaded: dict[str, Any] = {}
        self._moves: list[Move] = []

    def save(  # type: ignore[override]
        self,
        *,
        actor: Actor | None = None,
        note: str = "",
        action: str = "",
        update_fields: Iterable[str] | None = None,
        force_insert: bool = False,
        **kwargs: Any,
    ) -> None:
        """Write what changed and its Event; ``actor=None`` is FlowTrack itself.

        ``action`` names the Event where neither "created" nor a transition does.
        """
        moves, self.saving_at = tuple(self._moves), clock.now()
        self.before_save(moves)
        if self._state.adding:
            self._insert(actor, note, **kwargs)
            return
        changed = self.changed_fields()
        if update_fields is not None:
            changed = [name for name in changed if name in set(update_fields)]
        if changed or moves or action:
            otherwise = Move(action or "changed", "", "")
            with transaction.atomic():
                self._update(changed, otherwise, actor, note, **kwargs)
                self.after_save(moves)

    def delete(
        self, *args: Any, actor: Actor | None = None, **kwargs: Any
    ) -> tuple[int, dict[str, int]]:
        """Remove the row; that it was there, and who removed it, stays in the history."""
        with transaction.atomic():
            self.saving_at = clock.now()
            self._record("deleted", actor)
            return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:  # type: ignore[override]
        record = super().from_db(db, field_names, values)
        record._loaded = record._snapshot()
        return record

    def refresh_from_db(
        self, *args: Any, fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        status = status_field(type(self))
        if status and (fields is None or status.name in fields):
            # Protected against assignment while it is there.
            self.__dict__.pop(status.name, None)
        super().refresh_from_db(*args, fields=fields, **kwargs)  # type: ignore[misc]
        fresh = self._snapshot()
        self._loaded |= fresh if fields is None else {n: fresh[n] for n in fields if n in fresh}

    @classmethod
    def hidden_in_history(cls, reader: Actor, *, status: str = "") -> frozenset[str]:
        """Fields whose values this person does not read in the history of a row in this status."""
        for_agents = frozenset() if reader.is_agent else cls.fields_for_agents
        return for_agents | cls.withheld_in.get(status, frozenset())

    @classmethod
    def hidden_in_any_history(cls, reader: Actor) -> frozenset[str]:
        """The same where nobody has looked which status the row is in."""
        return cls.hidden_in_history(reader).union(*cls.withheld_in.values())

    def changed_fields(self) -> list[str]:
        """The names (``assignee_id`` for a foreign key) that differ from what was loaded."""
        now = self._snapshot(copies=False)
        return [
            name
            for name, value in now.items()
            if name not in BOOKKEEPING and self._loaded.get(name) != value
        ]

    def displayed(self, name: str) -> Any:
        """A value that `for_display()` adds: as it was loaded with the row, or else read now."""
        if name not in self.__dict__:
            rows: Any = type(self)._default_manager
            return getattr(rows.for_display().get(pk=self.pk), name)
        return self.__dict__[name]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Also: what it is called stands on one line."""
        super().clean_fields(exclude=exclude)
        asked = {field.name for field in self._meta.concrete_fields} - set(exclude or ())
        for name in asked.intersection(ONE_LINE):
            if not texts.is_one_line(getattr(self, name)):
                raise ValidationError({name: "Write this on one line, without control characters."})

    def summary(self) -> dict[str, Any]:
        """How other representations mention this record."""
        return {"id": self.pk, "name": str(self)}

    @classmethod
    def locked_first(cls, item: Self, inputs: Mapping[str, Any]) -> Iterable[models.QuerySet[Any]]:
        """Rows to lock before the item's own, parents before children, each by ascending id."""
        return ()

    def before_create(self, actor: Actor | None) -> None:
        """Fill in what follows from who creates it."""

    def after_create(self, actor: Actor | None) -> None:
        """What FlowTrack does at once with a new record, in the same transaction."""

    def before_save(self, moves: Sequence[Move]) -> None:
        """Fill in what follows from the transitions that ran and from what is about to be written."""

    def after_save(self, moves: Sequence[Move]) -> None:
        """What other records do when this one has moved, in the same transaction."""

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Refuse, or complete, an edit of these fields; raise `Refused` to say no."""

    def remember(self, move: Move) -> None:
        """A transition ran; `save()` will write its Event."""
        self._moves.append(move)

    def _insert(self, actor: Actor | None, note: str, **kwargs: Any) -> None:
        self._refuse_a_head_start()
        moves, self._moves = self._moves, []
        with transaction.atomic():
            super().save(force_insert=True, **kwargs)
            self._record("created", actor, note=note)
            for move in moves:
                self._record(move.action, actor, move)
        self._loaded = self._snapshot()

    def _update(
        self, changed: list[str], otherwise: Move, actor: Actor | None, note: str, **kwargs: Any
    ) -> None:
        changes = self._describe(changed)
        moves, self._moves = self._moves, []
        self.updated_at = self.saving_at
        self.version = self._loaded["version"] + 1
        super().save(update_fields=[*changed, "version", "updated_at"], **kwargs)
        for move in moves[:-1]:
            self._record(move.action, actor, move)
        last = moves[-1] if moves else otherwise
        self._record(last.action, actor, last, note, changes)
        self._loaded = self._snapshot()

    def _do_update(self, base_qs: Any, *rest: Any, **more: Any) -> Any:
        # Guards even a direct save() against overwriting a version that was never read.
        guarded = base_qs.filter(version=self._loaded["version"])
        updated = super()._do_update(guarded, *rest, **more)
        if not updated:
            raise Conflict("It was changed by somebody else meanwhile.")
        return updated

    def _refuse_a_head_start(self) -> None:
        status = status_field(type(self))
        if status and not self._moves and getattr(self, status.name) != status.get_default():
            raise TypeError("A new item starts at the beginning of its lifecycle.")

    def _snapshot(self, *, copies: bool = True) -> dict[str, Any]:
        """Loaded column values by attname, without generated columns."""
        here = self.__dict__
        names = (f.attname for f in self._meta.concrete_fields if not f.generated)
        values = {name: here[name] for name in names if name in here}
        if copies:
            # JSON values are mutable: compare with what they were, not with themselves.
            values = {
                n: copy.deepcopy(v) if isinstance(v, dict | list) else v for n, v in values.items()
            }
        return values

    def _describe(self, changed: list[str]) -> dict[str, Any]:
        """``{field: [before, after]}``, or None for private fields; the status has its own columns."""
        status = status_field(type(self))
        described: dict[str, Any] = {}
        for attname in changed:
            name = self._meta.get_field(attname).name
            if status is None or name != status.name:
                pair = [self._loaded.get(attname), getattr(self, attname)]
                described[name] = None if name in self.private_fields else pair
        return described

    def _record(
        self,
        action: str,
        actor: Actor | None,
        move: Move | None = None,
        note: str = "",
        changes: dict[str, Any] | None = None,
    ) -> None:
        Event(
            at=self.saving_at,
            actor_id=actor.pk if actor else None,
            action=action,
            source=move.source if move else "",
            target=move.target if move else "",
            note=note,
            changes=changes or {},
            request_id=request_id.current(),
            subject_type=self._meta.label_lower,
            subject_id=str(self.pk),
        ).save(force_insert=True)
