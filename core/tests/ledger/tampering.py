"""What somebody with the database in their hands could do to the history."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from core.db import append_only
from core.models import Event, LedgerCheck
from core.sealing import NOTHING_YET, Head

WORDS = ("action", "source", "target", "note", "request_id", "salt", "hash", "previous_hash")


@contextmanager
def unguarded() -> Iterator[None]:
    """The triggers are off, and afterwards everything is as before."""
    with transaction.atomic():
        append_only.remove(connection, Event._meta.db_table)
        append_only.remove(connection, LedgerCheck._meta.db_table)
        yield
        transaction.set_rollback(True)


def a_word(event: Event, dice: Random, **_: Any) -> None:
    overwrite(event, **{dice.choice(WORDS): secrets.token_hex(8)})


def the_moment(event: Event, **_: Any) -> None:
    overwrite(event, at=event.at + timedelta(microseconds=1))


def the_person(event: Event, **_: Any) -> None:
    overwrite(event, actor=None)


def the_values(event: Event, dice: Random, **_: Any) -> None:
    overwrite(event, changes={**event.changes, "watts": [40, dice.randrange(1_000)]})


def its_subject(event: Event, **_: Any) -> None:
    overwrite(event, subject_id=f"{event.subject_id}-another")


def its_place(event: Event, dice: Random, **_: Any) -> None:
    overwrite(event, sequence=event.sequence + 1_000 + dice.randrange(9))


def its_key(event: Event, **_: Any) -> None:
    """Behind the last checkpoint, as if it had come later."""
    overwrite(event, id=_last_key() + 1)


def one_is_gone(event: Event, **_: Any) -> None:
    _raw_delete(pk=event.pk)


def the_tail_is_cut_off(event: Event, **_: Any) -> None:
    _raw_delete(**_subject(event), sequence__gte=event.sequence)


def a_subject_is_gone(event: Event, **_: Any) -> None:
    _raw_delete(**_subject(event))


def two_change_places(event: Event, dice: Random, **_: Any) -> None:
    other = dice.choice([each for each in Event.objects.all() if each.note != event.note])
    overwrite(event, note=other.note)
    overwrite(other, note=event.note)


def one_is_slipped_in(event: Event, **_: Any) -> None:
    """With a seal that is right, under a key from before the checkpoint."""
    last = Event.objects.filter(**_subject(event)).latest("sequence")
    free = Event.objects.order_by("pk").first().pk - 1
    forged = Event(pk=free, action="light", **_subject(event))
    forged.follow(Head(last.sequence, last.hash))
    super(Event, forged).save(force_insert=True)


def one_is_sealed_anew(event: Event, **_: Any) -> None:
    """Its seal is right then, and not the one that the next event names."""
    event.note = "It was always like this."
    event.follow(Head(event.sequence - 1, event.previous_hash))
    overwrite(event, **{name: getattr(event, name) for name in ("note", "salt", "hash")})


def all_that_follows_is_sealed_anew(event: Event, **_: Any) -> None:
    """What nothing but a checkpoint tells from the truth."""
    head = NOTHING_YET
    for each in Event.objects.filter(**_subject(event)).order_by("sequence"):
        if each.pk == event.pk:
            each.note = "It was like this from the start."
        if each.sequence >= event.sequence:
            each.follow(head)
            columns = ("note", "salt", "hash", "previous_hash")
            overwrite(each, **{name: getattr(each, name) for name in columns})
        head = Head(each.sequence, each.hash)


TAMPERINGS: tuple[Callable[..., None], ...] = (
    a_word,
    the_moment,
    the_person,
    the_values,
    its_subject,
    its_place,
    its_key,
    one_is_gone,
    the_tail_is_cut_off,
    a_subject_is_gone,
    two_change_places,
    one_is_slipped_in,
    one_is_sealed_anew,
    all_that_follows_is_sealed_anew,
)


def overwrite(row: Any, **values: Any) -> None:
    """Past all that the models say: a queryset of Django's own, which knows no rules."""
    QuerySet(type(row)).filter(pk=row.pk).update(**values)


def _subject(event: Event) -> dict[str, str]:
    return {"subject_type": event.subject_type, "subject_id": event.subject_id}


def _raw_delete(**which: Any) -> None:
    rows = Event.objects.filter(**which)
    rows._raw_delete(rows.db)


def _last_key() -> int:
    last: int = Event.objects.aggregate(last=Max("pk"))["last"]
    return last
