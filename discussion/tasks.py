"""What the discussion does in the background: forgets choices of those who lost sight of an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from core.chores import chore
from core.lifecycle import remove
from core.querysets import visible_rows
from discussion.models import Watch

AT_ONCE = 500


@chore(every=timedelta(hours=1))
def forget_lost_watches() -> int:
    """Losing sight of an item ends watching it: whoever comes back later than this runs chooses anew.

    Until then nobody is told anything either: sight is asked whenever something is told.
    """
    last = forgotten = 0
    while batch := list(
        Watch.objects.filter(pk__gt=last).select_related("person").order_by("pk")[:AT_ONCE]
    ):
        for choice in _lost(batch):
            remove(choice, actor=None)
            forgotten += 1
        last = batch[-1].pk
    return forgotten


def _lost(choices: Iterable[Watch]) -> Iterator[Watch]:
    """Those about items that do not exist for the person any more; asked once for each kind of item."""
    for _, alike in groupby(sorted(choices, key=_whose), key=_whose):
        of_one = list(alike)
        seen = _seen(of_one)
        yield from (choice for choice in of_one if choice.subject_id not in seen)


def _whose(choice: Watch) -> tuple[int, str]:
    return choice.person_id, choice.subject_type


def _seen(choices: list[Watch]) -> set[int]:
    person, model = choices[0].person, choices[0].subject_model
    if not person.is_active:
        return set()
    items = visible_rows(model, person).filter(pk__in=[each.subject_id for each in choices])
    return set(items.values_list("pk", flat=True))
