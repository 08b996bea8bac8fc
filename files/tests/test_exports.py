"""Long lists are exported by a job into a file of one's own."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.management import call_command

from core import clock
from core.lifecycle import create
from files.exporting import export_to_file
from files.models import File
from files.storage import place_of, store
from jobs.models import Job, Run
from jobs.work import Stopped, Work
from tests.lamps.models import Lamp


@pytest.mark.django_db(transaction=True)
def test_ann_exports_her_lamps(as_, ann, zoe, lamp):
    create(Lamp(title="=SUM(A1)", watts=60), actor=ann)
    create(Lamp(title="Somebody else's"), actor=zoe)
    client = as_(ann)

    promised = client.post("/api/lamps/exports/?created_by=me")
    assert (promised.status_code, promised.json()["status"]) == (202, "queued")
    for _ in range(3):
        call_command("work", "--once")

    result = client.get(promised["Location"]).json()["result"]
    file = client.get(f"/api/files/{result['file']}/").json()
    assert file["item"] is None
    assert file["title"].startswith("lamps 20")
    text = b"".join(client.get(file["download"])).decode()
    second = Lamp.objects.get(watts=60)
    assert text.splitlines() == [
        "reference,title",
        f"{lamp.reference},Desk lamp",
        f"{second.reference},'=SUM(A1)",
    ]
    assert File.objects.get().created_by == ann


@pytest.fixture
def attempt(as_, ann, lamp):
    """`attempt()`: the next worker takes up Ann's export, and the one before has fallen silent."""
    as_(ann).post("/api/lamps/exports/")
    number = count(1)

    def taken_up():
        job = Job.objects.for_display().get(kind="files.export")
        job.attempt = next(number)
        until = clock.now() + timedelta(minutes=1)
        Run.objects.filter(pk=job.pk).update(attempt=job.attempt, leased_until=until)
        return Work(job)

    return taken_up


def test_made_again_it_is_the_same_file(attempt):
    assert export_to_file(attempt()) == export_to_file(attempt())
    assert File.objects.count() == 1


def test_an_attempt_that_wakes_too_late_leaves_the_file_of_the_next_one_alone(attempt, stored):
    late = attempt()
    made = export_to_file(attempt())
    file = File.objects.get(pk=made["file"])

    with pytest.raises(Stopped):
        export_to_file(late)

    assert (File.objects.count(), stored()) == (1, 1)
    assert b"".join(store().chunks(place_of(file.key))).startswith(b"reference,title")


def test_an_attempt_that_is_lost_while_it_writes_leaves_nothing(attempt, stored):
    late = attempt()
    late.progress = lambda *args: attempt() and None  # somebody else takes it up at its first word

    with pytest.raises(Stopped):
        export_to_file(late)

    assert (File.objects.count(), stored()) == (0, 0)


@pytest.mark.once
@pytest.mark.parametrize("query", ["colour=red", "watts=x", "limit=5", "format=csv", "status="])
def test_a_wrong_query_is_refused_at_once(as_, ann, query):
    answer = as_(ann).post(f"/api/lamps/exports/?{query}")

    assert (answer.status_code, Job.objects.count()) == (400, 0)


@pytest.mark.once
def test_only_whom_we_know_exports(as_):
    assert as_(None).post("/api/lamps/exports/").status_code == 401
