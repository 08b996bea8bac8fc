"""What is removed behind the requests, and what is found to be damaged."""

import os
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from core.doctor import examine
from core.lifecycle import mark, perform
from core.models import Event
from files import upkeep
from files.models import File
from files.storage import place_of, store
from files.tasks import remember_what_is_owed
from jobs.models import Job


def leave_bytes(bytes_at, *, hours):
    """What an upload left that was cut off so many hours ago."""
    place = place_of(uuid4())
    with store().open(place, "wb") as content:
        content.write(b"Half of it")
    then = time.time() - hours * 3600
    os.utime(bytes_at / place, (then, then))
    return bytes_at / place


def said(capsys, *command, **options):
    call_command(*command, **options)
    return capsys.readouterr().out


def test_what_was_taken_away_loses_its_bytes_once(ann, available, stored):
    file = perform(available(ann), "discard", actor=ann)
    available(ann)

    assert (upkeep.purge(file), upkeep.purge(File.objects.get(pk=file.pk)), stored()) == (
        True,
        False,
        1,
    )
    assert upkeep.purge(file) is False  # by somebody who has not heard of it
    assert [each.action for each in Event.of(file)][-2:] == ["discard", "purged"]


def test_taking_away_promises_the_purge(ann, available):
    file = perform(available(ann), "discard", actor=ann)

    job = Job.objects.get(kind="files.purge")
    assert (job.arguments, job.status) == ({"file": file.pk}, "queued")


def test_orphans_are_swept_after_a_day(ann, available, bytes_at, stored, capsys):
    available(ann)
    old, young = leave_bytes(bytes_at, hours=25), leave_bytes(bytes_at, hours=23)
    (bytes_at / "README").write_text("Not ours.")

    assert "Would remove" in said(capsys, "files", sweep=True, dry_run=True)
    assert old.exists()
    assert "1 orphans." in said(capsys, "files", sweep=True)
    assert (old.exists(), young.exists(), stored()) == (False, True, 3)


def test_bytes_that_outlived_their_purge_are_orphans(ann, available, bytes_at):
    file = perform(available(ann), "discard", actor=ann)
    mark(file, "purged", purged_at=file.updated_at)

    assert list(upkeep.orphans(older_than=timedelta(0))) == [place_of(file.key)]


def test_verify_names_what_is_damaged(ann, available, bytes_at, capsys):
    whole, lost, longer, changed = (available(ann) for _ in range(4))
    assert "4 files are as they were stored." in said(capsys, "files", verify=True)

    (bytes_at / place_of(lost.key)).unlink()
    (bytes_at / place_of(longer.key)).write_bytes(b"It flickers more.")
    (bytes_at / place_of(changed.key)).write_bytes(b"It flickers!")
    with pytest.raises(CommandError) as refused:
        call_command("files", verify=True)

    named = ", ".join(each.reference for each in (lost, longer, changed))
    assert str(refused.value) == f"3 of 4 files are damaged: {named}."
    assert "(note.txt): its bytes have changed" in capsys.readouterr().err
    assert whole.reference not in str(refused.value)


@pytest.mark.once
def test_the_command_asks_what_to_do(db):
    with pytest.raises(CommandError, match="--verify or --sweep"):
        call_command("files")


def test_what_no_job_sees_to_is_promised_again(ann, bring, monkeypatch):
    waiting = bring(ann)
    Job.objects.all().delete()
    assert remember_what_is_owed() == 0

    monkeypatch.setattr("files.tasks.PATIENCE", timedelta(0))
    assert remember_what_is_owed() == 1
    assert remember_what_is_owed() == 1
    assert Job.objects.get().arguments == {"file": waiting.pk}


@pytest.mark.once
def test_doctor_finds_a_storage_that_takes_nothing(db, settings, tmp_path):
    (tmp_path / "a file").touch()
    own = {"BACKEND": "files.storage.Folder", "OPTIONS": {"location": tmp_path / "a file"}}
    settings.STORAGES = {**settings.STORAGES, "files": own}

    found = [each.what for name, found in examine() if name == "files" for each in found]

    assert found
    assert found[0].startswith("The storage of files does not take any")


@pytest.mark.once
def test_a_full_storage_is_no_crash(ann, send, settings, tmp_path):
    (tmp_path / "a file").touch()
    own = {"BACKEND": "files.storage.Folder", "OPTIONS": {"location": tmp_path / "a file"}}
    settings.STORAGES = {**settings.STORAGES, "files": own}

    answer = send(ann, "note.txt", b"Hello")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert File.objects.count() == 0
