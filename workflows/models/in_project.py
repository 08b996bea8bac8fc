"""What belongs to a project: whose roles count, and the one lock under which it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models

from core.actors import Actor
from core.errors import InvalidInput
from core.lifecycle import refused_by
from core.models import Record
from core.querysets import visible_row
from workflows.models.project import Project


class InProject(Record):
    """Belongs to one project for good, directly or through what it hangs on.

    Everything in a project changes under the lock of the project's row: who takes part, what is
    archived, how full a column is and what waits for what stays true until the transaction ends.
    """

    parent: ClassVar[str] = "project"
    """The field that names what it hangs on."""

    project: Any

    class Meta:
        abstract = True

    @property
    def has_place(self) -> bool:
        """Whether it is known to which project it belongs; an empty form does not say."""
        return getattr(self, f"{self.parent}_id") is not None

    def role_of(self, person: Actor) -> str | None:
        """What this person is in its project: as it was loaded with the row, or with its parent."""
        if self.__dict__.get("seen_by") == person.pk:
            return self.__dict__["seen_as"]
        if not self.has_place:
            return None
        role: str | None = getattr(self, self.parent).role_of(person)
        return role

    @classmethod
    def locked_first(cls, item: Self, inputs: Mapping[str, Any]) -> Iterable[models.QuerySet[Any]]:
        """The project: it stays the same, so that this is the right one."""
        rows: Any = cls._default_manager.filter(pk=item.pk)
        return [Project._base_manager.filter(pk__in=rows.values(rows.to_project))]

    def before_create(self, actor: Actor | None) -> None:
        """Hold the project and read again, under its lock, what the rules rest on."""
        super().before_create(actor)
        Project.hold(self.project.pk)
        self._read_parent_again(actor)
        if refused := refused_by(self.creatable, self, actor):
            raise refused

    def refuse_out_of_sight(self, name: str, actor: Actor | None) -> Any:
        """The row at the end of this relation as it is now; what is out of sight does not exist."""
        field: Any = self._meta.get_field(name)
        row = visible_row(field.related_model, actor, getattr(self, field.attname))
        if row is None:
            raise InvalidInput.of(name, "There is no such choice.", code="does_not_exist")
        return row

    def _read_parent_again(self, actor: Actor | None) -> None:
        setattr(self, self.parent, self.refuse_out_of_sight(self.parent, actor))
