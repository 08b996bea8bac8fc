"""Reads the whole ledger and recomputes every seal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from core.ledger.merkle import Tree
from core.models import Event
from core.sealing import NOTHING_YET, Facts, Head, digest, seal

AT_ONCE = 5_000
BESIDE = ("pk", "salt", "note", "words", "hash")
"""What is read of an event beside the facts that are sealed as they are."""

Told = Callable[[int], object]


class Tampered(Exception):  # noqa: N818 - a finding, not a fault of ours
    """The ledger is not what was written; says where that shows first."""


@dataclass(frozen=True)
class State:
    """What the ledger was when this was the key of its last event."""

    up_to: int
    events: int
    subjects: int
    root: str


class Link(NamedTuple):
    """An event whose seal is right, and which follows the one before it."""

    pk: int
    hash: str
    is_first: bool


def recompute(boundaries: Collection[int], *, tell: Told = lambda done: None) -> list[State]:
    """The state of the ledger at each of these keys.

    Raises Tampered at the first event that is not what was written. ``tell`` is called now and then
    with how many events have been read.
    """
    counts = [_Count(each) for each in boundaries]
    for done, link in enumerate(_links(max(boundaries))):
        if done % AT_ONCE == 0:
            tell(done)
        for count in counts:
            count.take(link)
    return [count.state() for count in counts]


class _Count:
    """Grows to the state at one boundary."""

    def __init__(self, up_to: int) -> None:
        self.up_to, self.events, self.tree, self.last = up_to, 0, Tree(), ""

    def take(self, link: Link) -> None:
        if link.is_first:
            self._end_subject()
        if link.pk <= self.up_to:
            self.events += 1
            self.last = link.hash

    def state(self) -> State:
        self._end_subject()
        return State(self.up_to, self.events, self.tree.leaves, self.tree.root)

    def _end_subject(self) -> None:
        if self.last:
            self.tree.add(self.last)
            self.last = ""


def _links(up_to: int) -> Iterator[Link]:
    """Every event up to this key, subject by subject, always in the same order."""
    for subject_type in sorted(_types()):
        subject, head, before = "", NOTHING_YET, 0
        for pk, salt, note, words, hash_, *rest in _rows(subject_type, up_to):
            facts = Facts(*rest)
            if is_first := facts.subject_id != subject:
                subject, head, before = facts.subject_id, NOTHING_YET, 0
            what = "was changed" if hash_ != _recomputed(facts, salt, note, words) else ""
            if what := what or _out_of_line(facts, head, is_late=pk <= before):
                raise Tampered(f"Event {pk} ({subject_type} {subject}) {what}.")
            head, before = Head(facts.sequence, hash_), pk
            yield Link(pk, hash_, is_first)


def _recomputed(facts: Facts, salt: str, note: str, words: str) -> str:
    try:
        return seal(facts, digest(salt, note, words))
    except (ValueError, TypeError, RecursionError):
        return ""  # no JSON, or such as nobody writes: endless numbers, depths, half characters


def _out_of_line(facts: Facts, head: Head, *, is_late: bool) -> str:
    """How an event does not follow the one before it; nothing where it does."""
    if facts.sequence != head.sequence + 1:
        return f"is number {facts.sequence}, and number {head.sequence + 1} is missing"
    if facts.previous_hash != head.hash:
        return "does not follow the event before it, which was changed"
    return "stands before one that it follows" if is_late else ""


def _types() -> Iterator[str]:
    """The kinds of subjects, each found by one look into the index."""
    rows, last = Event.objects.order_by("subject_type").values_list("subject_type", flat=True), ""
    while found := rows.filter(subject_type__gt=last).first():
        yield found
        last = found


def _rows(subject_type: str, up_to: int) -> Iterator[tuple[Any, ...]]:
    """In pages by index, so that no statement runs long however many there are."""
    events = Event.objects.filter(subject_type=subject_type, pk__lte=up_to)
    in_order = events.annotate(words=Cast("changes", TextField())).order_by(
        "subject_id", "sequence"
    )
    columns = in_order.values_list(*BESIDE, *Facts._fields)
    beyond = Q()
    while page := list(columns.filter(beyond)[:AT_ONCE]):
        yield from page
        last = Facts(*page[-1][len(BESIDE) :])
        # The leading range is implied by the rest; it is what lets the database use its index.
        beyond = Q(subject_id__gte=last.subject_id) & (
            Q(subject_id__gt=last.subject_id) | Q(sequence__gt=last.sequence)
        )
