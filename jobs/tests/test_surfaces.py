"""Jobs by API, in the admin and from a terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jobs.models import Job
from jobs.queue import enqueue

pytestmark = pytest.mark.django_db


def told(*arguments, **options):
    said = StringIO()
    call_command(*arguments, stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def test_one_sees_how_far_it_is_and_what_came_of_it(ann, as_, worked):
    job = worked(enqueue("lamps.several", owner=ann, count=2))

    shown = as_(ann).get(f"/api/jobs/{job.reference}/").json()

    assert shown["progress"] == {"done": 2, "total": 2, "percent": 100, "message": ""}
    assert shown["result"]["done"] == 2
    assert shown["available_transitions"] == []


def test_how_something_broke_only_admins_read(ann, ada, as_, worked, django_assert_num_queries):
    job = worked(enqueue("lamps.break", owner=ann))
    address, api = f"/api/jobs/{job.pk}/log/", as_(ann)

    with django_assert_num_queries(2):
        shown = api.get(address).json()["results"]
    assert [line["text"] for line in shown] == ["About to break."]
    assert "secret of the machine" in as_(ada).get(address).json()["results"][1]["text"]


def test_a_list_is_narrowed_by_kind_and_status(ann, as_):
    enqueue("lamps.slow", owner=ann)
    slow = as_(ann).get("/api/jobs/?kind=lamps.slow&status=queued").json()["results"]

    assert [each["kind"] for each in slow] == ["lamps.slow"]
    assert as_(ann).get("/api/jobs/?kind=lamps.once").json()["results"] == []


def test_jobs_are_not_made_by_api(ann, as_):
    assert as_(ann).post("/api/jobs/", {"kind": "lamps.once"}).status_code == 405


def test_admins_retry_from_the_page_and_see_the_log(ann, ada, browser_of, worked):
    job = worked(enqueue("lamps.refuse", owner=ann))
    page = f"/admin/jobs/job/{job.pk}/"

    shown = browser_of(ada).get(f"{page}change/").content.decode()
    assert "There is no lamp." in shown
    browser_of(ada).post(f"{page}transition/retry/", {"note": ""})

    assert Job.objects.get(pk=job.pk).status == "queued"


def test_the_terminal_shows_and_retries_what_failed(ann, worked):
    job = worked(enqueue("lamps.refuse", owner=ann))

    assert f"{job.reference}" in told("jobs", failed=True)
    assert "will be tried again" in told("jobs", "--retry", job.reference)
    with pytest.raises(CommandError, match="could not be tried again"):
        told("jobs", "--retry", str(job.pk))
    with pytest.raises(CommandError, match="There is no job"):
        told("jobs", "--retry", "JOB-999999")
