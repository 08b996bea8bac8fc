"""Records of which every state that mattered is kept, because promises were measured by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction

from core.models import Record
from sla.repercussions import carry_over, everything_concerned
from sla.rulebook import Edition


class Version(models.Model):
    """What a record said from one moment on; never rewritten."""

    is_append_only = True

    number = models.PositiveIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version is never rewritten.")
        super().save(*args, **kwargs)


class Versioned(Record):
    """Writes a version with every change that matters, and what follows from it for open items."""

    version_says: ClassVar[tuple[str, ...]]
    """The fields that a version keeps, by their own names."""

    versions: Any

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        is_new = self._state.adding
        matters = is_new or self.says_something_new()
        with transaction.atomic():
            super().save(**kwargs)
            if matters:
                version = self._keep()
            if matters and not is_new:
                carry_over(self.concerned_policies(), now=version.valid_from, note=self._told())

    @classmethod
    def locked_first(cls, item: Self, inputs: Mapping[str, Any]) -> Iterable[models.QuerySet[Any]]:
        """The open items that an edit of what matters will bring up to date."""
        matters = not set(cls.version_says).isdisjoint(inputs)
        return everything_concerned(item.concerned_policies()) if matters else ()

    def concerned_policies(self) -> Collection[int]:
        """The policies whose promises are measured by this."""
        raise NotImplementedError

    def imagined(self, current: Iterable[Edition], at: datetime) -> Iterable[Edition]:
        """What would follow the editions in force if it were saved at a moment as it is now."""
        raise NotImplementedError

    def says_something_new(self) -> bool:
        """Whether an edit that is not saved yet touches what promises are measured by."""
        changed = {self._meta.get_field(name).name for name in self.changed_fields()}
        return not changed.isdisjoint(self.version_says)

    def _keep(self) -> Any:
        last = self.versions.order_by("-number").first()
        version = self.versions.model(
            **{self.versions.field.name: self},
            number=last.number + 1 if last else 1,
            valid_from=self._valid_from(last),
            **{name: getattr(self, name) for name in self.version_says},
        )
        version.save()
        return version

    def _valid_from(self, last: Version | None) -> datetime:
        if last is None:
            return self.created_at
        # Never before its predecessor, even where this machine's clock is behind.
        return max(self.saving_at, last.valid_from)

    def _told(self) -> str:
        # Without its name: whoever sees the item reads this, and calendars are for agents.
        return f"Its {self._meta.verbose_name} was changed."
