"""Tasks from a file over HTTP: all or none, tried first where one wishes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.lifecycle import perform
from core.models import Event
from workflows.models import Task
from workflows.tests.making import board

GOOD = "title,priority,due_on,estimate_minutes,assignee\nPack,high,2031-03-01,90,Eve@flowtrack.example\nCarry,,,,\n"


@pytest.fixture
def bring(workflow, as_):
    """Sends the text as a file; or in JSON, with more in the body."""

    def send(person, text, **more):
        url, api = f"/api/workflows/{workflow}/import/", as_(person)
        if more:
            return api.post(url, {"file": text, **more}, format="json")
        file = SimpleUploadedFile("tasks.csv", text.encode("utf-8-sig"), "text/csv")
        return api.post(url, {"file": file}, format="multipart")

    return send


def test_good_rows_become_tasks_of_whoever_brings_them(eve, workflow, bring):
    answer = bring(eve, GOOD)

    assert answer.status_code == 200, answer.content
    assert answer.json() == {"rows": 2, "imported": 2, "dry_run": False, "bad_rows": []}
    pack, carry = Task.objects.order_by("pk")
    assert (pack.workflow, pack.assignee, pack.estimate_minutes) == (workflow, eve, 90)
    assert (carry.title, carry.priority, carry.created_by) == ("Carry", "medium", eve)
    (event,) = Event.of(carry)
    assert (event.actor, event.note) == (eve, "Imported.")


def test_a_dry_run_tells_what_is_wrong_and_changes_nothing(eve, zoe, bring):
    wrong = "title,assignee,estimate_minutes\n,,\nA,zoe@flowtrack.example,\nB,,1e9\nC\nD,no@one.example,\n"

    tried = bring(eve, wrong, dry_run=True).json()
    refused = bring(eve, wrong)

    assert (tried["rows"], tried["imported"], tried["dry_run"]) == (5, 0, True)
    assert [each["line"] for each in tried["bad_rows"]] == [2, 3, 4, 5, 6]
    reasons = [each["reason"] for each in tried["bad_rows"]]
    # zoe is there, and nobody whom eve knows.
    assert reasons[1] == reasons[4].replace("no@one.example", "zoe@flowtrack.example")
    assert refused.status_code == 400
    assert refused.json()["detail"] == "5 of 5 rows are wrong, so nothing was imported."
    assert [(each["field"], each["message"]) for each in refused.json()["errors"]] == [
        (f"file.{each['line']}", each["reason"]) for each in tried["bad_rows"]
    ]
    assert bring(eve, GOOD, dry_run=True).json()["bad_rows"] == []
    assert not Task.objects.exists()


def test_words_have_no_blanks_around_them(eve, bring):
    assert bring(eve, 'title,description\n" Pack ", all \n').status_code == 200
    blank = bring(eve, 'title\n" "\n').json()

    assert [(each.title, each.description) for each in Task.objects.all()] == [("Pack", "all")]
    assert blank["errors"][0]["message"] == "title: This field cannot be blank."
    assert bring(eve, 'title\n"One\n\nTwo"\n').status_code == 400


def test_only_editors_bring_tasks(vic, zoe, ben, workflow, bring):
    assert [bring(person, GOOD).status_code for person in (vic, zoe, ben)] == [403, 404, 404]
    assert bring(vic, "title\n", dry_run=True).status_code == 403
    perform(workflow, "cancel", actor=workflow.project.owner, reason="No.")
    assert bring(workflow.project.owner, GOOD).status_code == 409


@pytest.mark.once
def test_what_is_no_such_table_is_refused(eve, workflow, bring, as_):
    assert "no columns workflow" in bring(eve, f"title,workflow\nA,{workflow}\n").json()["detail"]
    assert "columns title are missing" in bring(eve, "", dry_run=True).json()["detail"]
    url, api = f"/api/workflows/{workflow}/import/", as_(eve)
    latin = SimpleUploadedFile("tasks.csv", "title\nBüro\n".encode("latin-1"))
    answers = [
        api.post(url, {"file": latin}, format="multipart"),
        api.post(url, {"file": 5}, format="json"),
        api.post(url, {}, format="multipart"),
        api.post(url, {"file": "title\nA\n", "more": 1}, format="json"),
        api.post(url, b"--nothing", content_type="multipart/form-data"),
        api.post(url, b"--x\r\n", content_type="multipart/form-data; boundary=x"),
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert api.post(url, "title", content_type="text/csv").status_code == 415


def test_the_same_file_sent_again_is_brought_once(eve, workflow, as_):
    api, url = as_(eve), f"/api/workflows/{workflow}/import/"
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ntitle\nA\n\r\n--x--\r\n'
    sent = {"content_type": "multipart/form-data; boundary=x", "headers": {"Idempotency-Key": "1"}}

    first, second = (api.post(url, body, **sent) for _ in range(2))

    assert (first.status_code, first.content) == (200, second.content)
    assert Task.objects.count() == 1


def test_a_full_column_stops_them_all(ann, eve, project, as_):
    limited = board(project, wip_limits={"todo": 1})

    answer = as_(eve).post(f"/api/workflows/{limited}/import/", {"file": GOOD}, format="json")

    assert [each["field"] for each in answer.json()["errors"]] == ["file.3"]
    assert not Task.objects.exists()


def test_a_file_that_is_too_large_is_not_even_read(eve, bring, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000

    answer = bring(eve, "title\n" + "A" * 2_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    assert not Task.objects.exists()
