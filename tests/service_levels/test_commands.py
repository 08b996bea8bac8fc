"""`sla_check` and `sla_preview`, as the support team uses them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import Event
from tests.service_levels.conftest import london
from tests.service_levels.telling import mended, reported, started
from tickets.models import Ticket


def run(command, *arguments):
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def spoilt(ann, ben, when, promise):
    """Three tickets, of which two keep something that the clock did not say."""
    promise()
    right = reported(when, ann)
    late, done = started(when, ben, reported(when, ann)), mended(when, ann, ben)
    Ticket._base_manager.filter(pk=late.pk).update(due_at=london("2027-01-01 09:00"))
    Ticket._base_manager.filter(pk=done.pk).update(response_due_at=None)
    return right, late, done


def test_what_is_right_is_said_to_be_right(ann, when, promise):
    promise()
    reported(when, ann)

    assert run("sla_check") == "Every item keeps what the clock says.\n"


def test_every_wrong_row_is_named_and_left_alone(spoilt):
    right, late, done = spoilt
    said = StringIO()

    with pytest.raises(CommandError, match="2 items keep something else"):
        call_command("sla_check", stdout=said)

    assert said.getvalue().splitlines() == [
        f"{late.reference}: resolution due 2027-01-01T09:00:00.000000Z → 2026-05-27T12:00:00.000000Z",
        f"{done.reference}: first response due none → 2026-05-26T08:30:00.000000Z",
    ]
    assert Ticket.objects.get(pk=late.pk).due_at == london("2027-01-01 09:00")
    assert right.reference not in said.getvalue()


def test_fix_mends_them_and_leaves_a_trace(spoilt):
    _, late, done = spoilt

    assert "2 items mended." in run("sla_check", "--fix")
    assert "Every item" in run("sla_check")

    assert Ticket.objects.get(pk=late.pk).due_at == late.due_at
    assert Event.of(late).last().note == "Found by sla_check."
    assert Event.of(done).last().action == "due_changed"


@pytest.fixture
def file(tmp_path):
    """A file with this in it."""

    def write(content):
        path = tmp_path / "new.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return write


def test_the_preview_of_hours_lists_what_would_move_and_moves_nothing(ann, when, promise, file):
    promise()
    ticket = reported(when, ann)
    hours = {day: [["09:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

    with when("2026-05-22 15:00"):
        said = run("sla_preview", "--calendar", "london", "--hours", file(hours))

    told, counted = said.splitlines()
    assert told.startswith(f"{ticket.reference}: ")
    assert "response due 2026-05-26T08:30:00.000000Z → 2026-05-22T17:00:00.000000Z" in told
    assert "resolution due 2026-05-27T12:00:00.000000Z → 2026-05-27T09:00:00.000000Z" in told
    assert counted == "1 open items would change. Nothing was changed."
    ticket.refresh_from_db()
    assert ticket.due_at == london("2026-05-27 13:00")
    assert ticket.sla_policy.calendar.versions.count() == 1


def test_the_preview_of_holidays_and_of_a_promise(ann, when, promise, file):
    promise()
    ticket = reported(when, ann)

    with when("2026-05-22 15:00"):
        no_holidays = run("sla_preview", "--calendar", "London", "--holidays", file([]))
        longer = run("sla_preview", "--policy", "Lifts", "--resolution-minutes", "1200")
        elsewhere = run("sla_preview", "--policy", "Lifts", "--in-hours-of", "Around the clock")
        waiting = run("sla_preview", "--policy", "Lifts", "--waits-in", "new")
        nowhere = run("sla_preview", "--policy", "Lifts", "--waits-in", "nowhere")
        nothing = run("sla_preview", "--policy", "Lifts", "--response-minutes", "none")

    assert "→ 2026-05-26T12:00:00.000000Z" in no_holidays
    assert "→ 2026-05-27T16:00:00.000000Z" in longer
    assert "→ 2026-05-23T05:00:00.000000Z" in elsewhere
    assert "resolution due 2026-05-27T12:00:00.000000Z → none" in waiting
    assert nowhere.startswith("0 open items")
    assert "first response due 2026-05-26T08:30:00.000000Z → none" in nothing
    told = (no_holidays, longer, elsewhere, waiting, nothing)
    assert all(said.startswith(ticket.reference) for said in told)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--calendar", "Paris"], "There is no calendar Paris"),
        (["--policy", "Stairs"], "There is no policy Stairs"),
        (["--policy", "Lifts", "--time-zone", "UTC"], "--time-zone does not go with this"),
        (["--calendar", "London", "--response-minutes", "5"], "does not go with this"),
        (["--calendar", "London", "--waits-in", "new"], "--waits-in does not go with this"),
        (["--policy", "Lifts", "--waits-in", "resolved"], "can wait in"),
        (["--policy", "Lifts", "--response-minutes", "soon"], "Give minutes, or none"),
        (["--policy", "Lifts", "--response-minutes", "0"], "response_minutes"),
        (["--calendar", "London", "--time-zone", "Mars"], "is not a time zone"),
        (["--calendar", "London", "--hours", "nowhere.json"], "cannot be read"),
        ([], "required"),
    ],
    ids=str,
)
def test_a_preview_of_what_cannot_be_is_refused(promise, arguments, words):
    promise()

    with pytest.raises(CommandError, match=words):
        run("sla_preview", *arguments)


@pytest.mark.parametrize("content", ["{", '{"mon": []}', '{"mon": 1}', "[]"])
def test_a_file_that_says_nothing_is_refused(promise, file, content):
    promise()

    with pytest.raises(CommandError):
        run("sla_preview", "--calendar", "London", "--hours", file(content))
