"""Who hears of an item: a question, answered from whom it concerns, who wrote, and who chose."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from core.actors import Actor
from core.lifecycle import change, create
from core.models import WorkItem
from core.querysets import visible_row
from core.transactions import atomic_with_retry
from discussion.holding import hold
from discussion.models import Comment, Watch


def watchers_of(item: WorkItem, *, also: Iterable[WorkItem] = ()) -> list[User]:
    """Everybody who hears of the item now, by name; of those of ``also``, who may see this item.

    Somebody for whom the item does not exist never hears of it, whatever they once chose.
    """
    wanted = set[int]().union(*(_wanted(each) for each in (item, *also))) - _unwilling(item)
    people = User.objects.active().filter(pk__in=wanted).with_rights().order_by("name", "pk")
    model = type(item)
    return [each for each in people if visible_row(model, each, item.pk, shown=False)]


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


def _wanted(item: WorkItem) -> set[int]:
    authors = Comment.objects.of(item).exclude(author=None).values_list("author", flat=True)
    willing = Watch.objects.of(item).filter(is_watching=True).values_list("person", flat=True)
    return {*_concerned(item), *authors.distinct(), *willing} - _unwilling(item)


def _concerned(item: WorkItem) -> set[int]:
    return {pk for pk in (getattr(item, column) for column in item.concerned) if pk is not None}


def _unwilling(item: WorkItem) -> set[int]:
    choices = Watch.objects.of(item).filter(is_watching=False)
    return set(choices.values_list("person", flat=True))
