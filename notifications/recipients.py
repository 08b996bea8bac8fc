"""The words of the table of audiences: each finds its people for many news of one kind of item at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import Approver, TeamMember, User
from core import clock
from discussion.models import Comment, Mention
from discussion.watching import hearers_of
from notifications.models import Notification
from notifications.news import News
from notifications.topics import Topic
from requests_app.models import Decision
from requests_app.policies import approver as may_decide
from tickets.audience import all_following
from tickets.models import Ticket

Found = Mapping[int, set[int]]
"""Ids of people by the id of the event of which they hear."""

Who = Callable[[Sequence[News]], Found]


def watchers(news: Sequence[News]) -> Found:
    """Whom the item concerns, who wrote on it or chose to hear of it; not who chose silence."""
    items = list({each.item.pk: each.item for each in news}.values())
    also = all_following(items) if isinstance(items[0], Ticket) else {}
    hearing = hearers_of(items, also=also)
    return {each.event.pk: hearing[each.item.pk] for each in news}


def others_watching(news: Sequence[News]) -> Found:
    """The watchers of the item without whoever hung this on it."""
    hung = [each for each in news if each.row is not each.item]
    found = watchers(hung) if hung else {}
    return {each.event.pk: found[each.event.pk] - {each.row.created_by_id} for each in hung}


def uploader(news: Sequence[News]) -> Found:
    """Who hung it there."""
    return {each.event.pk: _known(each.row.created_by_id) for each in news}


def assignee(news: Sequence[News]) -> Found:
    """Who has it now; of several news of one item the last one says so."""
    last = {each.item.pk: each for each in sorted(news, key=_event_of) if _has_assignee(each)}
    return {each.event.pk: _known(each.item.assignee_id) for each in last.values()}


def new_assignee(news: Sequence[News]) -> Found:
    """Who was given it by an edit."""
    given = [each for each in news if "assignee" in each.event.changes]
    return assignee(given)


def assignee_or_team(news: Sequence[News]) -> Found:
    """Who has it; while nobody has, everybody in whose queue it is."""
    taken = [each for each in news if _has_assignee(each) and each.item.assignee_id]
    free = [each for each in news if _has_assignee(each) and not each.item.assignee_id]
    return {**assignee(taken), **team(free)}


def team(news: Sequence[News]) -> Found:
    """Everybody in the team whose queue it is in."""
    teams: dict[int, Any] = {each.event.pk: getattr(each.item, "team_id", None) for each in news}
    rows = TeamMember.objects.filter(team__in=set(teams.values()) - {None})
    members = _grouped(rows.values_list("team", "user"))
    return {event: members[of_team] for event, of_team in teams.items()}


def approvers(news: Sequence[News]) -> Found:
    """Who may decide on it from a seat in its department, today, and has not."""
    waiting = [each for each in news if each.item.status == "pending"]
    if not waiting:
        return {}
    departments = {each.item.department_id for each in waiting}
    seats = Approver.objects.deciding(OuterRef("pk"), on=clock.today())
    seated = Exists(seats.filter(department__in=departments))
    people = list(User.objects.active().with_rights().filter(seated))
    decided = set(
        Decision.objects.filter(request__in={each.item.pk for each in waiting}).values_list(
            "request", "person"
        )
    )
    return {
        each.event.pk: {
            person.pk
            for person in people
            if each.item.department_id in person.decides_for()
            and may_decide(each.item, person)
            and (each.item.pk, person.pk) not in decided
        }
        for each in waiting
    }


def mentioned(news: Sequence[News]) -> Found:
    """Whom the comment names; after an edit, whom it had not named before."""
    told = _told_already(news)
    rows = Mention.objects.filter(comment__in={each.row.pk for each in news})
    named = _grouped(rows.values_list("comment", "person"))
    found = {}
    for each in sorted(news, key=_event_of):
        found[each.event.pk] = named[each.row.pk] - told[each.row.pk]
        told[each.row.pk] |= named[each.row.pk]
    return found


def themselves(news: Sequence[News]) -> Found:
    """Whom the row itself is about."""
    return {each.event.pk: {each.row.person_id} for each in news}


def owner(news: Sequence[News]) -> Found:
    """On whose behalf it was done."""
    return {each.event.pk: _known(each.item.owner_id) for each in news}


def admins(news: Sequence[News]) -> Found:
    """Everybody who can repair it."""
    everybody = set(User.objects.admins().values_list("pk", flat=True))
    return {each.event.pk: everybody for each in news}


def _told_already(news: Sequence[News]) -> defaultdict[int, set[int]]:
    """Whom the comments named when they were told of before."""
    edited = {each.event.subject_id for each in news if each.event.action != "created"}
    if not edited:
        return defaultdict(set)
    told = Notification.objects.filter(
        topic=Topic.MENTIONED,
        event__subject_type=Comment._meta.label_lower,
        event__subject_id__in=edited,
    )
    rows = told.values_list("event__subject_id", "person")
    return _grouped((int(comment), person) for comment, person in rows)


def _grouped(rows: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, person in rows:
        found[key].add(person)
    return found


def _event_of(news: News) -> int:
    return news.event.pk


def _has_assignee(news: News) -> bool:
    return hasattr(news.item, "assignee_id")


def _known(person: int | None) -> set[int]:
    return set() if person is None else {person}
