"""What is raced for: the people and items of each race, and what each of eight attempts in a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Approver, Department, User
from core.ledger.checking import verify
from core.lifecycle import create, perform
from core.models import Event
from core.registry import find
from requests_app.tests.making import ask
from tests.races.attempts import WIDTH, Attempt, Crew, Round, by_turns
from tests.races.project_scenes import PROJECT_SCENES, more_about
from tickets.models import Ticket, WorkOrder

EIGHT = datetime(2031, 3, 3, 8, tzinfo=UTC)


def prepare(scene: str, rounds: int) -> list[Round]:
    """The rounds of a scene, with everybody and everything that they need."""
    with transaction.atomic():
        legal, _ = Department.objects.get_or_create(slug="legal", defaults={"name": "Legal"})
        crew = {name: _somebody(name, role, legal) for name, role in ROLES.items()}
        return [SCENES[scene](crew, number) for number in range(rounds)]


def tell(references: list[str]) -> dict[str, Any]:
    """What became of these items; whatever it was, each event was written after the one before it."""
    verify()
    return {each: found(each) for each in references}


def found(reference: str) -> dict[str, Any]:
    """What became of an item: its status, what happened to it, and what it follows."""
    item: Any = find(reference)
    survivor = getattr(item, "merged_into_id", None)
    told = [event.action for event in Event.of(item)]
    known = {"status": item.status, "told": told, "survivor": survivor and f"TCK-{survivor}"}
    return known | more_about(item)


ROLES = {"ann": "requester", "mia": "requester", "tom": "requester", "ben": "agent"}


def _somebody(name: str, role: str, department: Department) -> User:
    if known := User.objects.filter(name=name).first():
        return known
    user = User(email=f"{name}@race.example", name=name, role=role, department=department)
    user.save()
    if name in {"mia", "tom"}:
        Approver(department=department, user=user).save()
    return user


def approve(crew: Crew, number: int) -> Round:
    """Two approvers, four times each, give the one approval that is needed."""
    item = str(ask(crew["ann"], approvals=1))
    return by_turns(*(Attempt(by, item, "approve") for by in ("mia", "tom")))


def resolve(crew: Crew, number: int) -> Round:
    """Its assignee resolves a ticket eight times."""
    item = str(_started(crew))
    return by_turns(Attempt("ben", item, "resolve", {"resolution": "A new fuse."}))


def cancel_or_triage(crew: Crew, number: int) -> Round:
    """Its requester cancels a new ticket while an agent triages it."""
    item = str(_reported(crew))
    return by_turns(
        Attempt("ann", item, "cancel", {"reason": "It was the bulb."}),
        Attempt("ben", item, "triage", {"priority": "high"}),
    )


def dispatch(crew: Crew, number: int) -> Round:
    """One person is sent to eight places, each at a time that overlaps all the others."""
    to = {"assignee": crew["ben"].pk}
    orders = list(_orders(crew, EIGHT + timedelta(days=number)))
    return [Attempt("ben", str(each), "dispatch", to) for each in orders]


def merge_each_other(crew: Crew, number: int) -> Round:
    """Two tickets are merged into each other."""
    one, other = str(_reported(crew)), str(_reported(crew))
    return by_turns(
        Attempt("ben", one, "merge", {"merged_into": other}),
        Attempt("ben", other, "merge", {"merged_into": one}),
    )


def merge_into_what_ends(crew: Crew, number: int) -> Round:
    """A ticket is merged into one that is resolved in that moment."""
    survivor, duplicate = str(_started(crew)), str(_reported(crew))
    return by_turns(
        Attempt("ben", duplicate, "merge", {"merged_into": survivor}),
        Attempt("ben", survivor, "resolve", {"resolution": "A new fuse."}),
    )


SCENES: Mapping[str, Callable[[Crew, int], Round]] = {
    scene.__name__: scene
    for scene in (
        approve,
        resolve,
        cancel_or_triage,
        dispatch,
        merge_each_other,
        merge_into_what_ends,
        *PROJECT_SCENES,
    )
}


def _reported(crew: Crew) -> Ticket:
    return create(Ticket(title="The lamp is dark"), actor=crew["ann"])


def _started(crew: Crew) -> Ticket:
    triaged = perform(_reported(crew), "triage", actor=crew["ben"], priority="high")
    return perform(triaged, "start", actor=crew["ben"])


def _orders(crew: Crew, day: datetime) -> Iterator[WorkOrder]:
    for number in range(WIDTH):
        begins = day + timedelta(minutes=10 * number)
        window = {"scheduled_start": begins, "scheduled_end": begins + timedelta(hours=2)}
        yield create(WorkOrder(title="Change the fuse", **window), actor=crew["ben"])
