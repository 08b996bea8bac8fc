"""What was said of the ledger outside the database, and who can tell."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core import clock
from core.doctor import examine
from core.ledger.checking import check
from core.ledger.checkpoints import read
from core.ledger.recomputing import Tampered
from core.lifecycle import change
from core.models import Event, LedgerCheck
from core.tests.ledger import tampering
from core.tests.ledger.tampering import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path, settings):
    """The file that checkpoints are added to."""
    settings.LEDGER_CHECKPOINTS = tmp_path / "ledger.txt"
    return settings.LEDGER_CHECKPOINTS


def verified(*options):
    out = StringIO()
    call_command("verify_ledger", *options, stdout=out)
    return out.getvalue().strip()


def refusal(*options):
    with pytest.raises(CommandError) as refused:
        verified(*options)
    return str(refused.value)


def test_each_check_adds_a_line_that_is_chained_to_the_one_before(lamps, ann, outside):
    check()
    change(lamps[0], actor=ann, room="Cellar")
    check()

    first, second = read(outside.read_text())

    assert [first.number, second.number] == [1, 2]
    assert second.previous == first.digest
    assert second.state.events == first.state.events + 1
    assert second.state.root != first.state.root
    assert verified("--checkpoint", str(outside)) == (
        f"{Event.objects.count():,} events of {second.state.subjects} subjects are what was written, "
        f"as in checkpoint 2 of {second.at}."
    )


def test_what_came_after_a_checkpoint_is_no_finding(lamps, ann, outside):
    check()
    change(lamps[0], actor=ann, room="Cellar")

    assert "what was written" in verified("--checkpoint", str(outside))


def test_the_file_tells_even_when_the_checks_in_the_database_are_gone_too(lamps, outside):
    check()
    with unguarded():
        rows = LedgerCheck.objects.all()
        rows._raw_delete(rows.db)
        tampering.a_subject_is_gone(Event.of(lamps[0])[0])

        assert "are what was written" in verified()
        assert refusal("--checkpoint", str(outside)) == (
            "4 of the events that checkpoint 1 counted are missing."
        )
        assert check().finding == "4 of the events that checkpoint 1 counted are missing."


def test_without_a_file_the_log_has_it(lamps, caplog, tmp_path):
    with caplog.at_level(logging.INFO, logger="flowtrack.ledger"):
        check()
        check()
    log = tmp_path / "worker.log"
    log.write_text("\n".join(f"INFO flowtrack.ledger [-] {each}" for each in caplog.messages))

    assert "as in checkpoint 2" in verified("--checkpoint", str(log))


def test_a_file_that_comes_later_gets_what_was_before_it(lamps, outside):
    check()
    written = outside.read_text()
    check()
    outside.write_text(written)

    check()

    assert [each.number for each in read(outside.read_text())] == [1, 2, 3]


def test_a_line_whose_row_was_never_committed_is_gone_on_from(lamps, outside):
    """A worker was killed, or the database, between both."""
    check()
    with transaction.atomic():
        check()
        transaction.set_rollback(True)

    assert check().number == 3

    assert [each.number for each in read(outside.read_text())] == [1, 2, 3]
    assert "as in checkpoint 3" in verified("--checkpoint", str(outside))


def test_a_line_that_is_missing_or_changed_is_found(lamps, outside):
    for _ in range(3):
        check()
    first, second, third = outside.read_text().splitlines(keepends=True)

    outside.write_text(first + third)
    assert refusal("--checkpoint", str(outside)) == "Checkpoint 3 does not follow checkpoint 1."
    other = f"{second[:-2]}{'A' if second[-2] != 'A' else 'B'}\n"
    outside.write_text(first + other + third)
    assert refusal("--checkpoint", str(outside)) == "Checkpoint 3 does not follow checkpoint 2."


def test_only_this_installation_signs(lamps, outside, settings):
    key = settings.SECRET_KEY
    check()

    settings.SECRET_KEY = "another" * 10
    assert refusal("--checkpoint", str(outside)) == "Checkpoint 1 is not signed with a key of ours."
    settings.SECRET_KEY_FALLBACKS = [key]
    assert "as in checkpoint 1" in verified("--checkpoint", str(outside))


@pytest.mark.parametrize("payload", ["bm8", "e30", "W10", "bnVsbA", "eyJudW1iZXIiOjF9", "_"])
def test_what_cannot_be_read_is_a_finding(payload):
    with pytest.raises(Tampered, match="cannot be read"):
        read(f"checkpoint={payload}:signature")


def test_a_file_that_is_not_there_or_says_nothing_is_told(lamps, tmp_path):
    empty, binary = tmp_path / "empty", tmp_path / "binary"
    empty.write_text("Nothing to see here.\n")
    binary.write_bytes(b"\xff\xfe\x00")

    assert refusal("--checkpoint", str(empty)) == f"There is no checkpoint in {empty}."
    assert "cannot be read" in refusal("--checkpoint", str(binary))
    assert "cannot be read" in refusal("--checkpoint", str(tmp_path / "absent"))


def test_it_says_how_far_it_is_to_whoever_wants_to_hear_it(lamps):
    err = StringIO()
    call_command("verify_ledger", verbosity=2, stdout=StringIO(), stderr=err)

    assert "events read" in err.getvalue()


def findings_of_the_doctor():
    return [finding.what for name, found in examine() for finding in found if name == "history"]


def test_the_doctor_repeats_what_a_check_found(lamps):
    check()
    with unguarded():
        tampering.one_is_gone(Event.of(lamps[0])[1])
        found = check().finding
    LedgerCheck.objects.create(up_to=0, finding=found)

    assert findings_of_the_doctor() == [f"The last check of the ledger found: {found}"]


def test_the_doctor_misses_a_check(lamps):
    with clock.at(clock.now() - timedelta(days=3)) as then:
        check()

    assert findings_of_the_doctor() == [f"The ledger was last checked {then:%Y-%m-%d}."]
