"""Who hears of an item: a question, answered from whom it concerns, who wrote, and who chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from django.db import connections, router
from django.db.models import Value

from accounts.models import User
from core.actors import Actor
from core.compiled import PERSON, ROW, Statements
from core.lifecycle import change, create
from core.lifecycle.holding import hold
from core.models import WorkItem
from core.querysets import visible_rows
from core.transactions import atomic_with_retry
from discussion.models import Comment, Watch

AT_ONCE = 400
"""Scopes in one statement: SQLite joins at most 500."""

NOTHING_ELSE: Mapping[int, Sequence[WorkItem]] = MappingProxyType({})


def watchers_of(item: WorkItem, *, also: Iterable[WorkItem] = ()) -> list[User]:
    """Everybody who hears of the item now, by name; of those of ``also``, who may see this item.

    ``also`` are items of the same kind. Somebody for whom the item does not exist never hears of it,
    whatever they once chose.
    """
    wanted = hearers_of([item], also={item.pk: list(also)})[item.pk]
    people = list(User.objects.active().filter(pk__in=wanted).with_rights().order_by("name", "pk"))
    seeing = who_see(type(item), {item.pk: people})
    return [each for each in people if (each.pk, item.pk) in seeing]


def hearers_of(
    items: Sequence[WorkItem], *, also: Mapping[int, Sequence[WorkItem]] = NOTHING_ELSE
) -> dict[int, set[int]]:
    """For each of these items, all of one kind, the ids of those who want to hear of it.

    They are those whom it, or one of its ``also``, concerns, who wrote on it or chose it, unless they
    want to hear nothing of it. Whether it exists for them is another question: `who_see()`.
    """
    everything = {each.pk: each for each in chain(*also.values(), items)}
    here: dict[str, Any] = {
        "subject_type": items[0]._meta.label_lower,
        "subject_id__in": list(everything),
    }
    heard = {pk: _concerned(each) for pk, each in everything.items()}
    authors = Comment.objects.filter(**here).exclude(author=None).order_by().distinct()
    for subject, person in authors.values_list("subject_id", "author"):
        heard[subject].add(person)
    unwilling: dict[int, set[int]] = {pk: set() for pk in everything}
    choices = Watch.objects.filter(**here).values_list("subject_id", "person", "is_watching")
    for subject, person, is_willing in choices:
        (heard if is_willing else unwilling)[subject].add(person)
    willing = {pk: heard[pk] - unwilling[pk] for pk in everything}
    return {
        item.pk: willing[item.pk].union(*(willing[other.pk] for other in also.get(item.pk, ())))
        - unwilling[item.pk]
        for item in items
    }


def who_see(model: type[WorkItem], wanted: Mapping[int, Iterable[User]]) -> set[tuple[int, int]]:
    """(person, item) for all those, of the people given for each item, for whom it exists now.

    Each is asked by their own scope, hundreds in one statement. Load people `with_rights()`.
    """
    question = _sight(model, router.db_for_read(model))
    asked = []
    for pk, people in wanted.items():
        for person in people:
            words = question.worded_for(person)
            if words.sql:
                asked.append((words.sql, words.filled({ROW: pk, PERSON: person.pk})))
    seeing: set[tuple[int, int]] = set()
    with connections[router.db_for_read(model)].cursor() as cursor:
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            sql = " UNION ALL ".join(sql for sql, _ in some)
            cursor.execute(sql, [param for _, params in some for param in params])
            seeing.update(cursor.fetchall())
    return seeing


def is_watching(item: WorkItem, person: Actor) -> bool:
    """Whether this person, for whom the item exists, hears of it."""
    chosen = Watch.objects.of(item).filter(person=person.pk).first()
    if chosen is not None:
        return chosen.is_watching
    wrote = Comment.objects.of(item).filter(author=person.pk)
    return person.pk in _concerned(item) or wrote.exists()


def choose(item: WorkItem, person: Actor, *, watching: bool) -> None:
    """Keep what this person chose; choosing the same again changes nothing."""

    def chosen() -> None:
        hold(type(item), item.pk)  # two choices of one person queue up here
        choice = Watch.objects.of(item).filter(person=person.pk).first()
        if choice is None:
            choice = Watch(person_id=person.pk, is_watching=watching).attach_to(item)
            create(choice, actor=person)
        else:
            change(choice, actor=person, is_watching=watching)

    atomic_with_retry(chosen)


@cache
def _sight(model: type[WorkItem], using: str) -> Statements:
    """Whether one item exists for one person, as a row that names both."""
    return Statements(
        lambda actor: (
            visible_rows(model, actor)
            .using(using)
            .filter(pk=ROW)
            .order_by()
            .values_list(Value(PERSON), "pk")
        )
    )


def _concerned(item: WorkItem) -> set[int]:
    return {pk for pk in (getattr(item, column) for column in item.concerned) if pk is not None}
