"""By what a list can be sorted, and how to go on from a row of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import Combinable, OrderBy

# The annotation under which every row of a page carries the value it was sorted by.
SORT_KEY = "sort_key"
_WITHOUT_VALUE = Q(**{f"{SORT_KEY}__isnull": True})


@dataclass(frozen=True, slots=True)
class Position:
    """The row a page starts after, and in which direction; without a row, either end."""

    backwards: bool = False
    value: Any = None
    pk: Any = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list that one index can deliver in order."""

    condition: Q
    order: tuple[OrderBy, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """One closed way to sort a list: a column path or an expression, rows without a value last.

    `nullable` must be told, because it costs: rows with and without a value are two stretches, and
    a page over the seam is two statements. One sort over both would read all rows before the page.
    """

    expression: str | Combinable
    nullable: bool = False

    @property
    def key(self) -> Combinable:
        """What each row is annotated with as `SORT_KEY`."""
        return F(self.expression) if isinstance(self.expression, str) else self.expression

    def stretches(self, position: Position, *, descending: bool) -> list[Stretch]:
        """The rows beyond the position, stretch by stretch in the direction of reading."""
        falling = descending != position.backwards
        key, tie_break = (OrderBy(F(name), descending=falling) for name in (SORT_KEY, "pk"))
        valued = Stretch(~_WITHOUT_VALUE if self.nullable else Q(), (key, tie_break))
        empty = Stretch(_WITHOUT_VALUE, (tie_break,))
        stretches = [valued, empty] if self.nullable else [valued]
        if position.backwards:
            stretches.reverse()
        if position.pk is None:
            return stretches
        here = empty if position.value is None else valued
        beyond = Stretch(_beyond(position, "lt" if falling else "gt"), here.order)
        return [beyond, *stretches[stretches.index(here) + 1 :]]


def _beyond(position: Position, side: str) -> Q:
    tie_break = Q(**{f"pk__{side}": position.pk})
    if position.value is None:
        return _WITHOUT_VALUE & tie_break
    # The leading range is implied by the rest; it is what lets the database use its index.
    return Q(**{f"{SORT_KEY}__{side}e": position.value}) & (
        Q(**{f"{SORT_KEY}__{side}": position.value}) | tie_break
    )
