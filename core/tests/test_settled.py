"""Up to which key the history is complete, though events appear out of order."""

import time
from threading import Event as Signal
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from core import clock
from core.db import settled as waiting
from core.db.settled import settled
from core.errors import Unavailable
from core.models import ChoreRun, Event

needs_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's writers come one after the other"
)


def say(subject):
    return Event.objects.create(subject_type="some.thing", subject_id=subject, action="said")


class Slow(Thread):
    """Writes an event, and commits when it is told to."""

    def __init__(self):
        super().__init__()
        self.has_written, self.may_commit = Signal(), Signal()

    def write(self):
        self.start()
        assert self.has_written.wait(60)

    def run(self):
        with transaction.atomic():
            say("slow")
            self.has_written.set()
            self.may_commit.wait(60)
        connection.close()

    def commit(self):
        self.may_commit.set()
        self.join()


@pytest.fixture
def slow(transactional_db):
    writer = Slow()
    yield writer
    writer.commit()


def test_it_is_the_last_key_where_nobody_else_writes(db):
    assert settled(Event) == 0

    last = say("quick")

    assert settled(Event) == last.pk


@needs_postgresql
def test_whoever_took_a_lower_key_is_waited_for(slow, monkeypatch):
    with transaction.atomic():
        ChoreRun.objects.create(name="quick", started_at=clock.now())  # began first, and yet …
        slow.write()
        later = say("quick").pk
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        slow.commit()

    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pause))

    assert settled(Event) == later
    assert len(pauses) == 1
    assert Event.objects.get(subject_id="slow").pk < later


@needs_postgresql
def test_but_not_for_ever(slow, monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0)
    slow.write()

    with pytest.raises(Unavailable, match="open for too long"):
        settled(Event)
