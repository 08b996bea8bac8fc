"""Whatever is done to the history behind FlowTrack's back shows."""

import os
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from core.ledger.checking import check, verify
from core.ledger.recomputing import Tampered
from core.models import Event, LedgerCheck
from core.tests.ledger import tampering
from core.tests.ledger.tampering import TAMPERINGS, overwrite, unguarded

pytestmark = pytest.mark.django_db

TIMES = int(os.environ.get("LEDGER_TAMPERINGS", "100"))
"""`LEDGER_TAMPERINGS=1000 pytest core/tests/ledger` tries each way at many more places."""


def finding(*checkpoints):
    with pytest.raises(Tampered) as found:
        verify(*checkpoints)
    return str(found.value)


def test_what_was_written_is_in_order(lamps):
    state = verify()

    assert state.events == Event.objects.count()
    assert state.subjects == Event.objects.values("subject_type", "subject_id").distinct().count()


@pytest.mark.timeout(300 + TIMES)
def test_every_tampering_is_found(lamps):
    assert check().finding == ""
    dice, unfound = Random(7), []  # noqa: S311 - to be repeated
    for n in range(TIMES):
        tamper = TAMPERINGS[n % len(TAMPERINGS)]
        event = dice.choice(list(Event.objects.exclude(actor=None)))
        with unguarded():
            tamper(event=event, dice=dice)
            try:
                verify()
            except Tampered:
                continue
        unfound.append((tamper.__name__, event.pk))

    assert unfound == []
    assert verify().events == Event.objects.count()


def test_the_event_that_was_changed_is_named(lamps):
    event = Event.of(lamps[3])[1]
    with unguarded():
        overwrite(event, note="It was always like this.")

        assert finding() == f"Event {event.pk} (lamps.lamp {lamps[3].pk}) was changed."


def test_so_is_the_one_after_an_event_that_was_sealed_anew(lamps):
    _, anew, after, _ = Event.of(lamps[3])
    with unguarded():
        tampering.one_is_sealed_anew(anew)

        assert finding() == (
            f"Event {after.pk} (lamps.lamp {lamps[3].pk})"
            " does not follow the event before it, which was changed."
        )


def test_so_is_the_one_after_a_gap(lamps):
    _, gone, after, _ = Event.of(lamps[3])
    with unguarded():
        tampering.one_is_gone(gone)

        assert finding() == (
            f"Event {after.pk} (lamps.lamp {lamps[3].pk}) is number 3, and number 2 is missing."
        )


def test_a_tail_that_was_cut_off_shows_by_the_checkpoint(lamps):
    check()
    with unguarded():
        tampering.the_tail_is_cut_off(Event.of(lamps[3])[2])

        assert finding() == "2 of the events that checkpoint 1 counted are missing."


def test_so_does_a_history_that_was_written_anew(lamps):
    check()
    with unguarded():
        tampering.all_that_follows_is_sealed_anew(Event.of(lamps[3])[2])

        assert finding() == "Events from before checkpoint 1 were rewritten, seals and all."


@pytest.mark.parametrize(
    "words",
    [
        '{"watts": 1e5000}',
        f'{{"watts": {"7" * 5_000}}}',
        f'{{"watts": {"[" * 990 + "]" * 990}}}',
    ],
    ids=["large", "long", "deep"],
)
def test_values_that_nobody_writes_are_a_finding(lamps, words):
    event = Event.of(lamps[3])[1]
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_event SET changes = %s WHERE id = %s", [words, event.pk])

        assert finding() == f"Event {event.pk} (lamps.lamp {lamps[3].pk}) was changed."


def test_the_database_keeps_the_checks_as_well(lamps):
    kept = check()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        overwrite(kept, finding="All was lost.")
    assert LedgerCheck.objects.get() == kept
