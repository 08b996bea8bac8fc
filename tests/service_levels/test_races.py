"""Many workers, and people who edit while others work: everything is said once, nothing stays wrong."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core import clock
from core.errors import Refused
from core.lifecycle import change, create, perform
from core.models import Event
from sla.alarms import ALARM_NAMES
from sla.checking import wrong_items
from sla.tasks import mend_races, raise_alarms
from tests.service_levels.conftest import london
from tests.service_levels.telling import reported
from tickets.models import Ticket

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
WIDTH = 4


def at_once(*works):
    """Everything begins together; a refusal is an answer too."""
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    connection.close()
    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result() for each in [pool.submit(run, work) for work in works]]


def test_however_many_workers_look_each_alarm_is_raised_once(ann, when, promise):
    promise()
    tickets = [reported(when, ann) for _ in range(25)]

    def look():
        with clock.at(london("2026-06-10 12:00")):
            return raise_alarms()

    raised = at_once(*[look] * WIDTH)

    assert sum(raised) == 2 * len(tickets)
    events = Event.objects.filter(action__in=ALARM_NAMES)
    assert events.count() == events.values("subject_id", "action").distinct().count()
    assert list(wrong_items()) == []


@pytest.mark.parametrize("turn", range(10))
def test_edits_moves_and_reports_at_once_leave_nothing_wrong(ann, ben, office, promise, turn):
    policy = promise()
    tickets = [create(Ticket(title="A lamp"), actor=ann) for _ in range(6)]
    longer = {day: [["09:00", f"{18 + turn % 3}:00"]] for day in office.hours}

    def move(mine):
        for ticket in mine:
            perform(ticket, "triage", actor=ben, priority="high")
            create(Ticket(title="Another lamp"), actor=ann)

    at_once(
        lambda: move(tickets[:3]),
        lambda: move(tickets[3:]),
        lambda: change(office, actor=None, hours=longer),
        lambda: change(policy, actor=None, resolution_minutes=480 + turn),
    )
    mend_races()

    assert list(wrong_items()) == []
