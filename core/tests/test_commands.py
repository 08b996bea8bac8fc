"""What support teams type: move, lifecycles, doctor, work."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core import chores
from core.chores import Chore, run_due
from core.db import append_only
from core.lifecycle import create
from core.models import ChoreRun, Event
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


def said(capsys, *command):
    call_command(*command)
    return capsys.readouterr().out


def test_move_without_a_transition_shows_what_could_be_done(lamp, ann, capsys):
    shown = said(capsys, "move", lamp.reference, "--as", ann.email)

    assert "light(keeper?): possible" in shown
    assert "smash(crack): possible" in shown


def test_move_performs_for_each_item_and_says_so(lamp, ann, ben, capsys):
    other = create(Lamp(title="Floor lamp"), actor=ann)

    shown = said(
        capsys,
        "move",
        str(lamp),
        str(other),
        "light",
        "--set",
        f"keeper={ben.email}",
        "--note",
        "Dusk",
    )

    assert f"{lamp}: light, dark → lit" in shown
    assert Lamp.objects.filter(status="lit", keeper=ben).count() == 2
    last = Event.of(other).last()
    assert (last.actor, last.note) == (None, "Dusk")


def test_move_as_somebody_obeys_their_rights(lamp, zoe, capsys):
    with pytest.raises(CommandError, match="1 of 1 were refused"):
        call_command("move", str(lamp), "light", "--as", zoe.email)

    assert "nothing here that you may see" in capsys.readouterr().err
    assert Lamp.objects.get().status == "dark"


def test_move_dry_run_changes_nothing(lamp, capsys):
    assert "would succeed" in said(
        capsys, "move", str(lamp), "smash", "--set", "crack=x", "--dry-run"
    )

    with pytest.raises(CommandError):
        call_command("move", str(lamp), "smash", "--dry-run")
    assert Event.of(lamp).count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["LMP-999", "light"], "There is no item LMP-999"),
        (["LMP-999"], "There is no item LMP-999"),
        (["NO-1", "light"], "There is no item NO-1"),
        (["{lamp}", "explode"], "has no transition explode"),
        (["{lamp}", "light", "--as", "nobody@flowtrack.example"], "There is nobody"),
    ],
)
def test_move_says_what_it_does_not_know(lamp, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("move", *(each.format(lamp=lamp) for each in arguments))


def test_where_nothing_can_be_written_lifecycles_says_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("lifecycles", "--output", tmp_path / "nowhere" / "lifecycles.md")
    assert not (tmp_path / "nowhere").exists()


def test_lifecycles_are_drawn_from_the_declarations(tmp_path, capsys):
    page = tmp_path / "lifecycles.md"
    call_command("lifecycles", "--output", page)

    text = page.read_text()
    assert "## Lamp (`LMP-n`)" in text
    assert "    dark --> lit: light" in text
    assert (
        "| smash | dark, lit → broken | Only its owner or an agent may do this. | **crack** |"
        in text
    )
    assert "up to date" in said(capsys, "lifecycles", "--check", "--output", page)

    page.write_text("old")
    with pytest.raises(CommandError, match="out of date"):
        call_command("lifecycles", "--check", "--output", page)


def test_the_doctor_finds_missing_workers_and_missing_triggers(db, capsys):
    with append_only_removed(), pytest.raises(SystemExit) as ended:
        call_command("doctor")

    shown = capsys.readouterr().out
    assert ended.value.code == 1
    assert "✓ database" in shown
    assert "triggers that keep core_event append-only are gone" in shown
    assert "Start a worker: manage.py work." in shown


def test_the_doctor_is_content_with_a_working_installation(db, capsys, settings):
    settings.DEBUG = True  # what a deployment needs beyond that is tested with real settings
    call_command("work", "--once")

    assert "Everything is well." in said(capsys, "doctor")


def test_a_chore_runs_once_however_many_workers_ask(db):
    runs = []
    chore = Chore("count", lambda: runs.append(1), timedelta(hours=1))

    assert [run_due([chore]), run_due([chore])] == [1, 0]
    ChoreRun.objects.update(started_at=timezone.now() - timedelta(hours=2))
    assert run_due([chore]) == 1
    assert len(runs) == 2


def test_a_failing_chore_stops_nobody_else(db, caplog):
    runs = []
    broken = Chore("broken", lambda: 1 / 0, timedelta(0))

    assert run_due([broken, Chore("fine", lambda: runs.append(1), timedelta(0))]) == 2
    assert runs == [1]
    assert "broken failed" in caplog.text


def test_every_app_declares_its_chores_beside_its_tasks():
    assert {"core.tasks.purge", "accounts.tasks.purge"} <= {
        each.name for each in chores.all_chores()
    }


@contextmanager
def append_only_removed():
    """For the time of a `with`, the history is unguarded."""
    append_only.remove(connection, "core_event")
    yield
    append_only.install(connection, "core_event")
