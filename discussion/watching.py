"""Who hears of an item: a question, answered from whom it concerns, who wrote, and who chose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Value

from accounts.models import User
from core.actors import Actor
from core.lifecycle import change, create
from core.models import WorkItem
from core.querysets import visible_rows
from core.transactions import atomic_with_retry
from discussion.holding import hold
from discussion.models import Comment, Watch

AT_ONCE = 400
"""Scopes in one statement: SQLite joins at most 500."""


def watchers_of(item: WorkItem, *, also: Iterable[WorkItem] = ()) -> list[User]:
    """Everybody who hears of the item now, by name; of those of ``also``, who may see this item.

    ``also`` are items of the same kind. Somebody for whom the item does not exist never hears of it,
    whatever they once chose.
    """
    wanted = _wanted([item, *also]) - _unwilling(item)
    people = User.objects.active().filter(pk__in=wanted).with_rights().order_by("name", "pk")
    return list(_who_see(item, list(people)))


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


def _wanted(items: Sequence[WorkItem]) -> set[int]:
    """Whom one of these items concerns, who wrote on it or chose it, unless they want to hear nothing of it."""
    ids = [item.pk for item in items]
    here: dict[str, Any] = {"subject_type": items[0]._meta.label_lower, "subject_id__in": ids}
    authors = Comment.objects.filter(**here).exclude(author=None).distinct()
    heard = set(authors.values_list("subject_id", "author"))
    heard |= {(item.pk, person) for item in items for person in _concerned(item)}
    choices = Watch.objects.filter(**here).values_list("subject_id", "person", "is_watching")
    for subject, person, is_willing in choices:
        (heard.add if is_willing else heard.discard)((subject, person))
    return {person for _, person in heard}


def _who_see(item: WorkItem, people: Sequence[User]) -> Iterator[User]:
    """Those for whom the item exists: each by their own scope, hundreds in one statement."""
    for start in range(0, len(people), AT_ONCE):
        asked = people[start : start + AT_ONCE]
        scopes = [
            visible_rows(type(item), each).filter(pk=item.pk).order_by().values_list(Value(each.pk))
            for each in asked
        ]
        seeing = set(scopes[0].union(*scopes[1:], all=True))
        yield from (each for each in asked if (each.pk,) in seeing)


def _concerned(item: WorkItem) -> set[int]:
    return {pk for pk in (getattr(item, column) for column in item.concerned) if pk is not None}


def _unwilling(item: WorkItem) -> set[int]:
    choices = Watch.objects.of(item).filter(is_watching=False)
    return set(choices.values_list("person", flat=True))
