"""What kinds of background work there are; apps declare theirs in their `tasks` modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from jobs.work import Work

Result = Mapping[str, Any] | None
Handler = Callable[["Work"], Result]


class UnknownKind(LookupError):  # noqa: N818 - a fact about the row, not a fault
    """No app declares this kind of job, or none does any more."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one kind of job is done.

    Its function may run again after its worker was killed. What has to happen once goes through
    `work.each()`, or into one transaction with `work.keep()`.
    """

    name: str
    title: str
    run: Handler
    attempts: int


_kinds: dict[str, Kind] = {}


def kind(name: str, *, title: str, attempts: int = 5) -> Callable[[Handler], Handler]:
    """Register a function that does one kind of job; it is parked as failed after so many attempts."""

    def register(run: Handler) -> Handler:
        if name in _kinds and _kinds[name].run.__module__ != run.__module__:
            raise ValueError(f"There are two kinds of job called {name}.")
        _kinds[name] = Kind(name=name, title=title, run=run, attempts=attempts)
        return run

    return register


def all_kinds() -> Mapping[str, Kind]:
    """Every kind that some app declares."""
    autodiscover_modules("tasks")
    return _kinds


def kind_called(name: str) -> Kind:
    """Raises UnknownKind for one that no app declares (any more)."""
    found = all_kinds().get(name)
    if found is None:
        raise UnknownKind(f"There is no kind of job called {name}.")
    return found
