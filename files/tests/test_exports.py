"""Long lists are exported by a job into a file of one's own."""

import pytest
from django.core.management import call_command

from core.lifecycle import create
from files.exporting import export_to_file
from files.models import File
from jobs.models import Job
from jobs.work import Work
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


def test_made_again_it_is_the_same_file(as_, ann, lamp):
    as_(ann).post("/api/lamps/exports/")
    work = Work(Job.objects.get(kind="files.export"))
    work.progress = lambda *args: None  # no worker holds it here

    assert export_to_file(work) == export_to_file(work)
    assert File.objects.count() == 1


@pytest.mark.once
@pytest.mark.parametrize("query", ["colour=red", "watts=x", "limit=5", "format=csv", "status="])
def test_a_wrong_query_is_refused_at_once(as_, ann, query):
    answer = as_(ann).post(f"/api/lamps/exports/?{query}")

    assert (answer.status_code, Job.objects.count()) == (400, 0)


@pytest.mark.once
def test_only_whom_we_know_exports(as_):
    assert as_(None).post("/api/lamps/exports/").status_code == 401
