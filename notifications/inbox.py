"""Putting down who hears of what happened: by the table of audiences, and only for those who see it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from accounts.models import User
from core import clock
from core.models import Event
from discussion.watching import who_see
from notifications.audiences import audience_of
from notifications.models import Notification, Preferences
from notifications.news import News, read_news
from notifications.recipients import Found, Who
from notifications.timing import due
from notifications.topics import Cadence, Channel, Topic


class Telling(NamedTuple):
    """Somebody is to hear of one piece of news."""

    news: News
    person: User
    topic: Topic


def tell(events: list[Event]) -> None:
    """Write one row for each person, channel and event; what was written before stays as it is.

    Nobody hears of what they did themselves, nor of what does not exist for them now.
    """
    news = read_news(event for event in events if audience_of(event))
    wanted = _wanted(news)
    people = _people({person for each in wanted.values() for person in each})
    tellings = [
        Telling(each, people[person], topic)
        for each in news
        for person, topic in wanted[each.event.pk].items()
        if person in people
    ]
    seen = list(_in_sight(tellings))
    wishes = Preferences.objects.by_person({each.person.pk: each.person for each in seen}.values())
    rows = [row for each in seen for row in _rows(each, wishes[each.person.pk])]
    Notification.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _wanted(news: Sequence[News]) -> dict[int, dict[int, Topic]]:
    """For each event, who is to hear of it and why: the first line that names somebody."""
    wanted: dict[int, dict[int, Topic]] = {each.event.pk: {} for each in news}
    found = _found(news)
    for each in news:
        for hears in audience_of(each.event):
            for person in found[each.subject_type, hears.who].get(each.event.pk, ()):
                if person != each.event.actor_id:
                    wanted[each.event.pk].setdefault(person, hears.topic)
    return wanted


def _found(news: Iterable[News]) -> dict[tuple[str, Who], Found]:
    """What each word of the table finds, asked once for each kind of item."""
    asked: dict[tuple[str, Who], list[News]] = defaultdict(list)
    for each in news:
        for hears in audience_of(each.event):
            asked[each.subject_type, hears.who].append(each)
    return {(kind, who): who(some) for (kind, who), some in asked.items()}


def _people(keys: Iterable[int]) -> Mapping[int, User]:
    """Those who can sign in, with what decides about their sight."""
    found = User.objects.active().filter(pk__in=keys).with_rights()
    return {person.pk: person for person in found}


def _in_sight(tellings: Iterable[Telling]) -> Iterator[Telling]:
    """Those of which the item exists for the person now, and what is among agents only for agents."""
    by_kind: dict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        if each.person.is_agent or not each.news.is_for_agents:
            by_kind[each.news.subject_type].append(each)
    for alike in by_kind.values():
        asked: dict[int, dict[int, User]] = defaultdict(dict)
        for each in alike:
            asked[each.news.item.pk][each.person.pk] = each.person
        model = type(alike[0].news.item)
        seeing = who_see(model, {pk: people.values() for pk, people in asked.items()})
        yield from (each for each in alike if (each.person.pk, each.news.item.pk) in seeing)


def _rows(telling: Telling, wishes: Preferences) -> Iterator[Notification]:
    news, person, topic = telling
    said = {
        "person": person,
        "event": news.event,
        "topic": topic,
        "subject_type": news.subject_type,
        "subject_id": news.item.pk,
        "for_agents": news.is_for_agents,
    }
    if wishes.wants_in_app(topic):
        yield Notification(channel=Channel.IN_APP, **said)
    cadence = wishes.mail(topic)
    if cadence != Cadence.OFF:
        moment = due(cadence, wishes, at=clock.now())
        yield Notification(channel=Channel.MAIL, cadence=cadence, due_at=moment, **said)
