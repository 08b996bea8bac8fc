"""Every event is told once, whatever stands before it."""

from __future__ import annotations

from core.lifecycle import create, perform
from core.models import Event
from notifications import outbox
from notifications.models import Notification
from tickets.models import Ticket

POISON = "no.such.kind"


def poison(subject: str) -> Event:
    """Something on which one of those who tell chokes, every time."""
    return Event.objects.create(subject_type=POISON, subject_id=subject, action="created")


def test_what_cannot_be_told_keeps_nobody_else_from_hearing(ann, ben, monkeypatch):
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    monkeypatch.setattr(outbox, "TELLERS", (*outbox.TELLERS, _spit_out))
    outbox.tell_untold()
    for subject in ("1", "2", "3", "1"):
        poison(subject)
    perform(create(Ticket(title="Dark"), actor=ann), "triage", actor=ben, priority="high")

    assert outbox.tell_untold() == 2

    assert Notification.objects.filter(person=ann).count() == 1
    assert set(Event.objects.filter(told_at=None).values_list("subject_type", flat=True)) == {
        POISON
    }
    assert outbox.tell_untold() == 0


def _spit_out(events: list[Event]) -> None:
    if any(event.subject_type == POISON for event in events):
        raise RuntimeError("It tastes bad.")
