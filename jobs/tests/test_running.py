"""From asking for a job to what comes of it."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import ConditionUnmet, NotPermitted
from core.lifecycle import perform
from core.models import Event
from jobs import failing, running
from jobs.dispatching import hand_over
from jobs.models import Job, Run
from jobs.queue import enqueue
from jobs.work import Stopped, Work, stopping
from tests.bells.models import Bell

pytestmark = pytest.mark.django_db


def started(job):
    """The job as a worker has it that was just taken up."""
    return running._take_up(job.pk, job.attempt + 1)


def lapse(job):
    """Let the worker of this job have been silent for long enough."""
    Run.objects.filter(pk=job.pk).update(leased_until=clock.now() - timedelta(minutes=1))


def actions(job):
    return [event.action for event in Event.of(job)]


def test_a_job_runs_with_the_rights_of_whoever_asked(ann, worked):
    job = worked(enqueue("lamps.once", owner=ann))

    assert job.status == "succeeded"
    assert Bell.objects.get(pk=job.result["bell"]).created_by == ann
    assert actions(job) == ["created", "start", "succeed"]


def test_a_message_that_comes_twice_is_done_once(ann):
    job = enqueue("lamps.once", owner=ann)

    for _ in range(2):
        running.run(job.pk, 1)

    assert Bell.objects.filter(title=job.reference).count() == 1


def test_a_late_message_of_an_attempt_that_is_over_starts_no_other(ann, worked):
    job = worked(enqueue("lamps.break", owner=ann))
    assert (job.status, job.attempt) == ("queued", 1)

    running.run(job.pk, 1)

    job.refresh_from_db()
    assert (job.status, job.attempt) == ("queued", 1)


def test_what_breaks_is_tried_again_and_then_parked(ann, worked):
    job = worked(enqueue("lamps.break", owner=ann))
    assert (job.status, job.attempt) == ("queued", 1)
    assert job.due_at > clock.now()

    running.run(job.pk, 2)

    job = Job.objects.get(pk=job.pk)
    assert (job.status, job.attempt) == ("failed", 2)
    assert "secret" not in job.error
    assert [(line.attempt, line.level) for line in job.lines.order_by("pk")] == [
        (1, "info"),
        (1, "detail"),
        (2, "info"),
        (2, "detail"),
    ]


def test_a_refusal_is_told_and_not_tried_again(ann, worked):
    job = worked(enqueue("lamps.refuse", owner=ann))

    assert (job.status, job.attempt, job.error) == ("failed", 1, "There is no lamp.")


def test_whoever_was_deactivated_has_nothing_done_for_them(ann, ada, worked):
    job = enqueue("lamps.once", owner=ann)
    perform(ann, "deactivate", actor=ada)

    assert worked(job).status == "failed"
    assert not Bell.objects.exists()


def test_a_kind_that_is_gone_fails_its_jobs(ann, worked):
    job = enqueue("lamps.once", owner=ann)
    Job._base_manager.filter(pk=job.pk).update(kind="lamps.gone")

    assert worked(job).error == "There is no kind of job called lamps.gone."


def test_each_item_is_done_once_and_refusals_concern_only_theirs(ann, worked):
    job = worked(enqueue("lamps.several", owner=ann, count=4, unlucky=2))

    assert job.result == {
        "done": 3,
        "refused": 1,
        "refusals": [{"item": "2", "code": "condition_unmet", "detail": "This one is unlucky."}],
    }
    assert (job.run.done, job.run.total, job.run.percent) == (4, 4, 100)
    assert Bell.objects.count() == 3


def test_another_attempt_goes_on_where_the_last_one_was(ann, worked):
    job = started(enqueue("lamps.several", owner=ann, count=3))
    Work(job).each(range(3), lambda number: number == 2 and stopping.set())
    lapse(job)
    stopping.clear()
    failing.fall(job, "lost", pause=0)

    assert worked(job).status == "succeeded"
    assert Bell.objects.count() == 0  # the first attempt had done all three


def test_a_cancelled_job_stops_at_its_next_word(ann):
    job = started(enqueue("lamps.slow", owner=ann))
    work = Work(job)
    work.progress(1, 10)

    perform(job, "cancel", actor=ann)

    with pytest.raises(Stopped):
        work.progress(2, 10)
    running.end_quietly(job, "succeed", result={})
    assert Job.objects.get(pk=job.pk).status == "cancelled"


def test_a_worker_that_stops_puts_its_job_back(ann):
    job = enqueue("lamps.slow", owner=ann)
    stopping.set()

    running.run(job.pk, 1)

    job = Job.objects.for_display().get(pk=job.pk)
    assert (job.status, job.attempt, job.run.failures) == ("queued", 1, 0)
    assert hand_over() == 1


def test_a_silent_worker_loses_its_job_and_cannot_end_it_any_more(ann, worked):
    lost = started(enqueue("lamps.once", owner=ann))
    lapse(lost)

    assert failing.sweep() == 1

    running.end_quietly(lost, "succeed", result={"bell": 0})
    job = Job.objects.get(pk=lost.pk)
    assert (job.status, job.result, job.error) == ("queued", None, "Its worker fell silent.")
    with pytest.raises(Stopped):
        Work(lost).progress(1)


def test_a_job_that_kills_its_workers_is_parked(ann):
    job = enqueue("lamps.break", owner=ann)
    for _ in range(2):
        job = started(job)
        lapse(job)
        failing.sweep()
        job = Job.objects.get(pk=job.pk)

    assert job.status == "failed"


def test_a_failed_job_is_tried_again_from_the_beginning_of_its_attempts(ann, worked):
    job = worked(enqueue("lamps.refuse", owner=ann))

    job = perform(job, "retry", actor=ann)

    assert (job.status, job.run.failures, job.error) == ("queued", 0, "")
    assert worked(job).attempt == 2


def test_a_message_that_an_engine_lost_is_handed_over_again_later_and_later(ann):
    job = enqueue("lamps.once", owner=ann)
    waits = []
    for _ in range(3):
        assert hand_over() == 1
        run = Run.objects.get(pk=job.pk)
        waits.append(round((run.hand_over_at - clock.now()).total_seconds(), -1))
        assert hand_over() == 0
        Run.objects.filter(pk=job.pk).update(hand_over_at=clock.now() - timedelta(seconds=1))

    assert waits == [20, 30, 60] or waits == [10, 30, 60]


def test_a_job_waits_for_its_time(ann, worked):
    job = worked(enqueue("lamps.once", owner=ann, due_at=clock.now() + timedelta(hours=1)))

    assert job.status == "queued"


def test_a_key_is_under_way_once(ann, worked):
    first = enqueue("lamps.once", owner=ann, key="bells")

    assert enqueue("lamps.once", owner=ann, key="bells") == first
    worked(first)
    assert enqueue("lamps.once", owner=ann, key="bells") != first


def test_nobody_asks_for_a_job_on_behalf_of_somebody_else(ann, zoe, as_):
    job = enqueue("lamps.once", owner=ann)

    assert as_(zoe).get(f"/api/jobs/{job.pk}/").status_code == 404
    assert as_(zoe).post(f"/api/jobs/{job.pk}/cancel/").status_code == 404


def test_rights_are_those_of_each_moment(ann, ada):
    job = started(enqueue("lamps.several", owner=ann, count=3))
    done = []

    def make(number):
        done.append(number)
        if number == 1:
            perform(ann, "deactivate", actor=ada)

    with pytest.raises(NotPermitted):
        Work(job).each(range(3), make)
    assert done == [0, 1]


def test_what_is_kept_is_undone_with_its_effect_when_the_job_was_taken_away(ann, monkeypatch):
    job = enqueue("lamps.once", owner=ann)

    def taken_away(_):
        Run.objects.filter(pk=job.pk).update(leased_until=None)

    monkeypatch.setattr("tests.lamps.tasks.time.sleep", taken_away)

    running.run(job.pk, 1)

    assert not Bell.objects.exists()
    assert Run.objects.get(pk=job.pk).kept == {}


def test_only_one_of_a_key_is_tried_again(ann, worked):
    failed = worked(enqueue("lamps.refuse", owner=ann, key="bells"))
    enqueue("lamps.refuse", owner=ann, key="bells")

    with pytest.raises(ConditionUnmet):
        perform(failed, "retry", actor=ann)
