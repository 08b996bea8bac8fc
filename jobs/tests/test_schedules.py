"""What comes again by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from jobs import schedules
from jobs.models import Job, Tick
from jobs.schedules import Schedule

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def hourly(monkeypatch):
    """Declares a schedule at every full hour that treats missed moments like this."""

    def declare(missed):
        schedule = Schedule(name="bells", cron="0 * * * *", kind="lamps.once", missed=missed)
        monkeypatch.setattr(schedules, "_schedules", {"bells": schedule})
        with clock.at(START):
            assert schedules.tick() == 0

    return declare


def fired(after):
    with clock.at(START + after):
        return schedules.tick()


def test_it_fires_once_for_each_moment_however_many_schedulers_look(hourly):
    hourly("once")

    assert [fired(timedelta(minutes=29)), fired(timedelta(minutes=30))] == [0, 1]
    assert fired(timedelta(minutes=31)) == 0
    assert Tick.objects.exclude(job=None).get().fire_at == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert Job.objects.get().owner is None


@pytest.mark.parametrize(("missed", "jobs"), [("once", 1), ("skip", 0), ("all", 3)])
def test_what_was_missed_is_made_up_for_by_policy(hourly, missed, jobs, worked):
    hourly(missed)
    with clock.at(START + timedelta(hours=3)):
        assert schedules.tick() == jobs
    assert Job.objects.count() == jobs


def test_a_moment_that_another_scheduler_took_is_left_alone(hourly):
    hourly("once")
    Tick.objects.create(schedule="bells", fire_at=datetime(2026, 11, 2, 9, tzinfo=UTC))

    assert fired(timedelta(minutes=40)) == 0


def test_what_is_no_schedule_is_refused_where_it_is_declared():
    with pytest.raises(ValueError, match="is no schedule"):
        schedules.every("sometimes", "lamps.once")
