"""Files are looked at before anybody gets them, by a server that speaks ClamAV's protocol."""

import pytest
from django.core.management import call_command

from core import clock
from core.doctor import examine
from core.errors import Unavailable
from core.lifecycle import perform
from core.models import Event
from files import upkeep
from files.models import File
from files.storage import place_of
from files.tests.clamd import EICAR, MOST, running
from jobs.models import Job


def what_doctor_says(name):
    return [each.what for named, found in examine() if named == name for each in found]


@pytest.mark.parametrize("over_unix", [False, True])
def test_a_harmless_file_becomes_available(ann, bring, settings, tmp_path, over_unix):
    file = bring(ann, content=b"Hello, " * 50_000)

    with running(at=tmp_path / "clamd.ctl" if over_unix else None) as clamd:
        settings.CLAMAV = clamd.address
        file = upkeep.examine(file)

    assert (file.status, file.finding) == ("available", "")
    assert clamd.seen == [b"Hello, " * 50_000]
    assert [each.action for each in Event.of(file)] == ["created", "scan", "release"]


def test_a_harmful_file_is_put_away(as_, ann, bring, settings):
    file = bring(ann, content=EICAR)

    with running() as clamd:
        settings.CLAMAV = clamd.address
        file = upkeep.examine(file)

    assert (file.status, file.finding) == ("quarantined", "Eicar-Test-Signature")
    assert as_(ann).get(f"/api/files/{file.pk}/").json()["finding"] == "Eicar-Test-Signature"
    assert as_(ann).get(f"/api/files/{file.pk}/download/").status_code == 409


@pytest.mark.once
def test_with_the_scanner_down_it_waits(ann, bring, settings):
    file = bring(ann)
    settings.CLAMAV = "tcp://127.0.0.1:9"

    with pytest.raises(Unavailable):
        upkeep.examine(file)

    assert File.objects.get().status == "scanning"
    assert what_doctor_says("scanner") == [
        "ClamAV at tcp://127.0.0.1:9 does not answer; new files wait for it."
    ]


@pytest.mark.once
def test_a_scanner_that_says_nothing_is_given_up(ann, bring, settings):
    file = bring(ann)
    settings.CLAMAV_SECONDS = 0.2

    with running(is_mute=True) as clamd:
        settings.CLAMAV = clamd.address
        with pytest.raises(Unavailable):
            upkeep.examine(file)

    assert File.objects.get().status == "scanning"


@pytest.mark.once
def test_what_is_too_large_for_the_scanner_is_never_available(ann, bring, settings):
    file = bring(ann, content=b"x" * (MOST + 2_000_000))

    with running() as clamd:
        settings.CLAMAV = clamd.address
        file = upkeep.examine(file)

    assert (file.status, file.finding) == ("quarantined", "Too large to scan.")
    assert not File.objects.unexamined(since=clock.now()).exists()


def test_what_has_lost_its_bytes_is_put_away_and_the_scanner_not_blamed(
    ann, bring, settings, bytes_at
):
    file = bring(ann)
    (bytes_at / place_of(file.key)).unlink()

    with running() as clamd:
        settings.CLAMAV = clamd.address
        file = upkeep.examine(file)

    assert (file.status, file.finding) == ("quarantined", "Its bytes are lost.")


def test_while_the_whole_storage_is_away_nothing_is_put_away(ann, bring, settings, bytes_at):
    file = bring(ann)
    bytes_at.rename(bytes_at.with_name("elsewhere"))

    with running() as clamd:
        settings.CLAMAV = clamd.address
        with pytest.raises(Unavailable):
            upkeep.examine(file)

    assert File.objects.get().status == "scanning"


def test_a_socket_that_is_not_there_is_the_scanners_fault(ann, bring, settings, tmp_path):
    file = bring(ann)
    settings.CLAMAV = f"unix://{tmp_path}/clamd.ctl"

    with pytest.raises(Unavailable, match="scanner"):
        upkeep.examine(file)


def test_a_file_taken_away_meanwhile_is_left_alone(ann, bring):
    file = bring(ann)
    perform(file, "discard", actor=ann)

    assert upkeep.examine(file).status == "received"
    assert File.objects.get().status == "deleted"


def test_without_a_scanner_doctor_says_so(db, settings):
    settings.DEBUG = True
    assert what_doctor_says("scanner") == []

    settings.DEBUG = False
    assert what_doctor_says("scanner") == ["Nobody scans files: each is given out as it came."]


@pytest.mark.django_db(transaction=True)
def test_a_worker_scans_what_came(as_, ann, send, settings):
    file = send(ann, "note.txt", b"Hello").json()
    settings.CLAMAV = "tcp://127.0.0.1:9"

    call_command("work", "--once")
    waits = Job.objects.get(kind="files.scan")
    assert (waits.status, waits.error) == ("queued", "The scanner does not answer.")

    settings.CLAMAV = ""
    upkeep.examine(File.objects.get(pk=file["id"]))
    assert as_(ann).get(f"/api/files/{file['id']}/").json()["status"] == "available"
