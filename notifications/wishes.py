"""Choosing how one hears of things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core import clock
from core.errors import InvalidInput
from core.transactions import atomic_with_retry
from notifications.models import Preferences
from notifications.topics import Cadence, Topic


def choose(
    person: Any, *, topics: Mapping[str, Mapping[str, Any]] | None = None, **fields: Any
) -> Preferences:
    """Keep what this person chose; what they say nothing about stays as it is."""

    def chosen(wishes: Preferences) -> None:
        for name, value in fields.items():
            setattr(wishes, name, value)
        for topic, choice in (topics or {}).items():
            wishes.choose(topic, **choice)
        _refuse_half_a_night(wishes)

    return _changed(person.pk, chosen)


def stop_mail(person: int, topics: Iterable[Topic]) -> Preferences:
    """No e-mail about these any more; about nothing, where none is named."""
    stopped = list(topics) or list(Topic)

    def chosen(wishes: Preferences) -> None:
        for topic in stopped:
            wishes.choose(topic, mail=Cadence.OFF.value)

    return _changed(person, chosen)


def _changed(person: int, change: Callable[[Preferences], None]) -> Preferences:
    def saved() -> Preferences:
        Preferences.objects.get_or_create(person_id=person)
        wishes = Preferences.objects.select_for_update().get(person_id=person)
        change(wishes)
        wishes.updated_at = clock.now()
        wishes.save()
        return wishes

    return atomic_with_retry(saved)


def _refuse_half_a_night(wishes: Preferences) -> None:
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        missing = "quiet_until" if wishes.quiet_until is None else "quiet_from"
        raise InvalidInput.of(missing, "Quiet hours have a beginning and an end.")
    if wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        raise InvalidInput.of("quiet_until", "Quiet hours end at another time than they begin.")
