"""The ledger as admins see it: every event, and whether all is what was written."""

import pytest

from core.lifecycle import change, create
from core.models import Event
from core.tests.ledger.tampering import overwrite, unguarded
from discussion.models import Comment
from jobs.models import Job
from jobs.queue import enqueue
from jobs.schedules import all_schedules
from jobs.worker import work_once
from notifications.models import Notification
from notifications.outbox import tell_untold
from notifications.wording import sentence
from tests.lamps.models import Lamp

pytestmark = pytest.mark.django_db


def worked(job):
    """The job after all that is due was done."""
    work_once()
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def lamp(ann):
    return change(create(Lamp(title="Desk lamp"), actor=ann), actor=ann, watts=60)


def test_admins_read_every_event_with_its_seal(lamp, ann, ada, as_):
    api = as_(ada)

    row = api.get("/api/events/", {"item": lamp.reference}).json()["results"][0]

    event = Event.of(lamp).last()
    assert row["changes"] == {"watts": [40, 60]}
    assert row["actor"] == {"id": ann.pk, "name": "Ann"}
    assert (row["subject_type"], row["subject_id"]) == ("lamps.lamp", str(lamp.pk))
    assert (row["sequence"], row["previous_hash"], row["hash"]) == (
        2,
        Event.of(lamp)[0].hash,
        event.hash,
    )
    assert "salt" not in row


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "lamps.lamp"}, 2),
        ({"kind": "lamps.lamp", "action": "changed"}, 1),
        ({"kind": "lamps.lamp", "actor": "none"}, 0),
        ({"kind": "lamps.lamp", "at_before": "2026-01-01"}, 0),
        ({"kind": "lamps.lamp", "at_after": "2026-01-01"}, 2),
        ({"kind": "of.nothing"}, 0),
    ],
)
def test_the_ledger_can_be_narrowed(lamp, ada, as_, asked, found):
    assert len(as_(ada).get("/api/events/", asked).json()["results"]) == found


def test_what_was_redacted_is_withheld_here_too(lamp, ann, ada, as_):
    comment = create(Comment(body="My password is rosebud").attach_to(lamp), actor=ann)
    change(comment, actor=ann, body="Never mind")

    rows = as_(ada).get("/api/events/", {"kind": "discussion.comment"})

    assert [row["action"] for row in rows.json()["results"]] == ["changed", "created"]
    assert "rosebud" not in rows.content.decode()


def test_events_of_what_there_is_no_more_tell_no_values(ada, as_):
    Event.objects.create(
        subject_type="gone.app", subject_id="1", action="said", changes={"a": [1, 2]}
    )

    row = as_(ada).get("/api/events/", {"kind": "gone.app"}).json()["results"][0]

    assert row["changes"] == {"a": None}


@pytest.mark.parametrize("path", ["/api/events/", "/api/events/verify/"])
def test_nobody_else_reads_it(ann, ben, as_, path):
    for person in (ann, ben):
        answer = as_(person).get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_an_admin_asks_for_a_check_and_reads_what_it_found(lamp, ada, as_):
    api = as_(ada)
    assert api.get("/api/events/verify/").json()["intact"] is None

    promised = api.post("/api/events/verify/", {}, format="json")
    job = worked(Job.objects.get(pk=promised.json()["id"]))

    assert promised.status_code == 202
    assert job.status == "succeeded"
    found = api.get("/api/events/verify/").json()
    assert (found["intact"], found["finding"], found["number"]) == (True, "", 1)
    assert found["events"] == job.result["events"] > 2


def test_two_who_ask_get_one_check(ada, as_):
    first, second = (as_(ada).post("/api/events/verify/", {}, format="json") for _ in range(2))

    assert first.json()["id"] == second.json()["id"]


def test_a_failed_check_is_told_to_admins(lamp, ada, ben, as_):
    with unguarded():
        overwrite(Event.of(lamp).last(), note="It was always like this.")
        job = worked(enqueue("ledger.verify", owner=None))

        assert (job.status, job.attempt) == ("failed", 1)
        assert job.error.endswith(f"(lamps.lamp {lamp.pk}) was changed.")
        found = as_(ada).get("/api/events/verify/").json()
        assert (found["intact"], found["finding"]) == (False, job.error)
        assert found["number"] is None
        while tell_untold():
            pass
        told = Notification.objects.filter(event__subject_type="jobs.job", topic="alert")
        assert {note.person for note in told} == {ada}
        assert {sentence(note) for note in told} == {
            f"{job.error} It is not tried again by itself."
        }


def test_it_is_checked_every_night():
    assert "30 3 * * *" in [each.cron for each in all_schedules() if each.kind == "ledger.verify"]
