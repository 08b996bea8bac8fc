"""Tables of more rows than one waits for."""

import pytest

from core.lifecycle import perform
from files.importing import import_from_file
from files.models import File
from jobs.lease import lease_end
from jobs.models import Job, Run
from jobs.work import Work
from jobs.worker import work_once
from workflows.models import Task

ROWS = 201
MANY = "title\n" + "\n".join(f"Box {number}" for number in range(ROWS)) + "\n"


@pytest.fixture
def brought(eve, workflow, as_):
    """Sends the text as eve, and answers with the job when it has run."""

    def send(text, **more):
        url = f"/api/workflows/{workflow}/import/"
        answer = as_(eve).post(url, {"file": text, **more}, format="json")
        assert answer.status_code == 202, answer.content
        work_once()
        return Job.objects.get(pk=answer.json()["id"])

    return send


@pytest.mark.once
def test_all_rows_become_tasks_of_whoever_brought_them(eve, brought):
    job = brought(MANY)

    assert job.status == "succeeded", job.error
    assert job.result == {"rows": ROWS, "imported": ROWS, "dry_run": False, "bad_rows": []}
    assert Task.objects.filter(created_by=eve).count() == ROWS


def test_a_wrong_row_is_named_and_nothing_is_imported(brought):
    job = brought("title\n" + "\n" * 250 + " \n")

    assert job.status == "failed"
    assert job.error.startswith("1 of 1 rows are wrong, so nothing was imported. Line 252: ")
    assert not Task.objects.exists()


def test_a_dry_run_tells_what_is_wrong_and_changes_nothing(brought):
    job = brought("title\n" + "\n" * 250 + " \n", dry_run=True)

    assert (job.result["imported"], job.result["dry_run"]) == (0, True)
    assert [each["line"] for each in job.result["bad_rows"]] == [252]


@pytest.mark.once
def test_there_is_an_end_to_how_many(brought):
    assert brought("title\n" + "Box\n" * 1_001).error == "At most 1000 rows at once."


def test_what_was_taken_away_meanwhile_is_refused_with_a_sentence(eve, workflow, as_):
    url = f"/api/workflows/{workflow}/import/"
    answer = as_(eve).post(url, {"file": MANY}, format="json")
    perform(File.objects.get(), "discard", actor=eve)

    work_once()

    job = Job.objects.get(pk=answer.json()["id"])
    assert (job.status, Task.objects.exists()) == ("failed", False)
    assert job.error.endswith("was taken away or put away meanwhile: send it again.")


def test_another_attempt_does_not_import_the_rows_again(eve, workflow, as_):
    as_(eve).post(f"/api/workflows/{workflow}/import/", {"file": MANY}, format="json")
    job = Job.objects.for_display().get(kind="files.import")
    Run.objects.filter(pk=job.pk).update(attempt=job.attempt, leased_until=lease_end())

    assert import_from_file(Work(job)) == import_from_file(Work(job))
    assert Task.objects.count() == ROWS
