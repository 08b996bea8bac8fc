"""The work order's lifecycle, line by line as it was drawn: from where to where, by whom, with what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from core.errors import ConditionUnmet, InvalidInput, NotFound, NotPermitted, WrongStatus
from core.lifecycle import change, create, declared, offered, perform, remove
from core.models import Event
from tickets.models import ChecklistItem, WorkOrder
from tickets.tests.making import ordered, report, through

AGENTS = "ben carl ada"
ASSIGNEE = "ben ada"
WINDOW = "scheduled_start scheduled_end"
SAME = ""

# transition, from, to, who may when ben is the assignee, required inputs, other inputs
TABLE = [
    ("schedule", "draft", "scheduled", AGENTS, WINDOW, "site"),
    ("reschedule", "scheduled dispatched on_hold", SAME, AGENTS, WINDOW, "site"),
    ("dispatch", "draft scheduled", "dispatched", AGENTS, "assignee", ""),
    ("start", "dispatched", "in_progress", ASSIGNEE, "", ""),
    ("hold", "in_progress", "on_hold", ASSIGNEE, "reason", ""),
    ("resume", "on_hold", "in_progress", ASSIGNEE, "", ""),
    ("complete", "in_progress", "completed", ASSIGNEE, "completion_notes", "minutes_spent"),
    ("cancel", "draft scheduled dispatched on_hold", "cancelled", AGENTS, "reason", ""),
]
EVERYBODY = ("ann", "ben", "carl", "ada", "zoe")
EIGHT = datetime(2031, 3, 3, 8, tzinfo=UTC)


def window(start=0, length=2):
    """A window that begins so many hours after eight."""
    begins = EIGHT + timedelta(hours=start)
    return {"scheduled_start": begins, "scheduled_end": begins + timedelta(hours=length)}


@pytest.fixture
def everybody(ann, ben, carl, ada, zoe):
    """The people of the table by name: ann reported the ticket, ben goes there, carl is another agent."""
    return dict(zip(EVERYBODY, (ann, ben, carl, ada, zoe), strict=True))


@pytest.fixture
def standing(ann, ben):
    """`standing("on_hold")`: a work order for a ticket of ann's in that status; ben goes there."""
    scheduled = [(ben, "schedule", {**window(), "site": "Harbour office"})]
    dispatched = [*scheduled, (ben, "dispatch", {"assignee": ben})]
    started = [*dispatched, (ben, "start")]
    ways = {
        "draft": [],
        "scheduled": scheduled,
        "dispatched": dispatched,
        "in_progress": started,
        "on_hold": [*started, (ben, "hold", {"reason": "The door is locked."})],
        "completed": [*started, (ben, "complete", {"completion_notes": "Done."})],
        "cancelled": [(ben, "cancel", {"reason": "Not needed."})],
    }
    return lambda status: through(ordered(ben, ticket=report(ann)), *ways[status])


@pytest.fixture
def given(ben):
    """A value for each input."""
    return {
        **window(start=24),
        "site": "Lighthouse",
        "assignee": ben,
        "reason": "Because.",
        "completion_notes": "The fuse is new.",
        "minutes_spent": 85,
    }


def outcome(work_order, name, person, inputs):
    """Where it leads this person, or how they are refused; nothing is kept."""
    with transaction.atomic():
        try:
            return perform(work_order, name, actor=person, **inputs).status
        except (NotFound, WrongStatus, NotPermitted) as refused:
            return type(refused)
        finally:
            transaction.set_rollback(True)


def told_by(line, status):
    """What the table says becomes of each who tries this in that status."""
    _, sources, target, may, _, _ = line
    if status not in sources.split():
        return {**dict.fromkeys(EVERYBODY, WrongStatus), "zoe": NotFound}
    moved = {who: (target or status) if who in may.split() else NotPermitted for who in EVERYBODY}
    return {**moved, "zoe": NotFound}


@pytest.mark.parametrize("status", WorkOrder.Status.values)
def test_who_gets_where_from_where(status, everybody, standing, given):
    work_order = standing(status)

    for line in TABLE:
        name, _, _, _, required, other = line
        inputs = {asked: given[asked] for asked in (*required.split(), *other.split())}
        found = {who: outcome(work_order, name, each, inputs) for who, each in everybody.items()}
        assert found == told_by(line, status), name


def test_what_each_asks_for():
    for name, _, _, _, required, other in TABLE:
        asked = declared(WorkOrder)[name].inputs
        assert [each for each in asked if asked[each].required] == required.split(), name
        assert [each for each in asked if not asked[each].required] == other.split(), name


def test_the_table_has_every_transition():
    assert [line[0] for line in TABLE] == list(offered(WorkOrder))


def test_from_an_idea_to_done(ann, ben):
    work_order = through(
        ordered(ben, ticket=report(ann)),
        (ben, "schedule", {**window(), "site": "Harbour office"}),
        (ben, "dispatch", {"assignee": ben}),
        (ben, "start"),
        (ben, "hold", {"reason": "The door is locked."}),
        (ben, "resume"),
        (ben, "complete", {"completion_notes": "The fuse is new.", "minutes_spent": 85}),
    )

    assert (work_order.site, work_order.minutes_spent) == ("Harbour office", 85)
    assert work_order.started_at <= work_order.completed_at
    told = [event.action for event in Event.of(work_order)]
    assert told == [
        "created",
        "schedule",
        "dispatch",
        "start",
        "hold",
        "resume",
        "complete",
    ]


@pytest.mark.parametrize("name", ["schedule", "reschedule"])
@pytest.mark.parametrize("length", [0, -1])
def test_a_window_ends_after_it_starts(standing, ben, name, length):
    work_order = standing("draft" if name == "schedule" else "scheduled")

    with pytest.raises(InvalidInput, match="It has to end after it starts") as refused:
        perform(work_order, name, actor=ben, **window(length=length))

    assert [error.field for error in refused.value.errors] == ["scheduled_end"]


def test_another_time_keeps_the_site_that_it_does_not_name(standing, ben):
    moved = perform(standing("scheduled"), "reschedule", actor=ben, **window(start=5))

    assert (moved.site, moved.scheduled_start) == ("Harbour office", EIGHT + timedelta(hours=5))


def test_only_active_agents_are_sent(standing, ann, ben, carl, ada):
    perform(carl, "deactivate", actor=ada)

    for unfit in (ann, carl):
        with pytest.raises(InvalidInput) as refused:
            perform(standing("draft"), "dispatch", actor=ben, assignee=unfit)
        assert [error.field for error in refused.value.errors] == ["assignee"]


@pytest.fixture
def planned(ben):
    """`planned(1, 2)`: a scheduled work order that begins an hour after eight and takes two."""
    return lambda start, length: perform(
        ordered(ben), "schedule", actor=ben, **window(start, length)
    )


@pytest.fixture
def sent(planned, ben):
    """The same, and ben goes there."""
    return lambda start, length: perform(
        planned(start, length), "dispatch", actor=ben, assignee=ben
    )


@pytest.mark.parametrize(("start", "length"), [(0, 2), (1, 1), (-1, 2), (1, 9), (-1, 9)])
def test_nobody_is_booked_twice_in_one_window(planned, sent, ben, carl, start, length):
    first, second = sent(0, 2), planned(start, length)

    with pytest.raises(ConditionUnmet, match=f"Ben is booked for {first} in that time"):
        perform(second, "dispatch", actor=ben, assignee=ben)

    assert perform(second, "dispatch", actor=ben, assignee=carl).assignee == carl


def test_windows_may_touch(planned, sent, ben):
    sent(2, 2)

    for start in (0, 4):
        perform(planned(start, 2), "dispatch", actor=ben, assignee=ben)


def test_nobody_is_booked_twice_by_another_time_either(sent, ben):
    first, second = sent(0, 2), sent(2, 2)

    with pytest.raises(ConditionUnmet, match=f"booked for {first}"):
        perform(second, "reschedule", actor=ben, **window(1, 2))

    assert perform(second, "reschedule", actor=ben, **window(3, 2)).status == "dispatched"


def test_what_waits_keeps_its_place_in_the_calendar(planned, sent, ben):
    held = through(sent(0, 2), (ben, "start"), (ben, "hold", {"reason": "Locked."}))
    second = planned(1, 2)

    with pytest.raises(ConditionUnmet):
        perform(second, "dispatch", actor=ben, assignee=ben)

    perform(held, "cancel", actor=ben, reason="Another day.")
    assert perform(second, "dispatch", actor=ben, assignee=ben).status == "dispatched"


def test_what_has_no_window_takes_nobodys_time(sent, ben):
    sent(0, 2)

    assert perform(ordered(ben), "dispatch", actor=ben, assignee=ben).status == "dispatched"


def point(work_order, actor, **fields):
    return create(
        ChecklistItem(work_order=work_order, text="Main switch off", **fields), actor=actor
    )


def test_it_is_not_completed_before_what_is_required_is_ticked(standing, ben):
    work_order = standing("in_progress")
    required, _ = point(work_order, ben), point(work_order, ben, is_required=False)
    with pytest.raises(ConditionUnmet, match="Tick the required items"):
        perform(work_order, "complete", actor=ben, completion_notes="Done.")

    ticked = perform(required, "tick", actor=ben)

    assert (ticked.status, ticked.ticked_by) == ("done", ben)
    done = perform(work_order, "complete", actor=ben, completion_notes="Done.")
    assert done.status == "completed"


def test_what_was_unticked_is_open_again(standing, ben):
    work_order = standing("in_progress")
    item = through(point(work_order, ben), (ben, "tick"), (ben, "untick"))

    assert (item.status, item.ticked_by, item.ticked_at) == ("open", None, None)
    with pytest.raises(ConditionUnmet):
        perform(work_order, "complete", actor=ben, completion_notes="Done.")


def test_the_checklist_stays_as_it_was_at_the_end(standing, ben):
    work_order = standing("in_progress")
    item = point(work_order, ben, is_required=False)
    perform(work_order, "complete", actor=ben, completion_notes="Done.")

    for attempt in (
        lambda: perform(item, "tick", actor=ben),
        lambda: change(item, actor=ben, text="Another switch"),
        lambda: point(work_order, ben),
    ):
        with pytest.raises(ConditionUnmet, match="its checklist stays as it is"):
            attempt()


def test_a_checklist_has_an_end(standing, ben, monkeypatch):
    monkeypatch.setattr("tickets.models.checklist.MOST_POINTS", 2)
    work_order = standing("draft")
    for _ in range(2):
        point(work_order, ben)

    with pytest.raises(ConditionUnmet, match="at most 2 points"):
        point(work_order, ben)


def test_whoever_reported_it_ticks_nothing(standing, ann, ben):
    item = point(standing("in_progress"), ben)

    with pytest.raises(NotPermitted, match="Only agents do this"):
        perform(item, "tick", actor=ann)


def test_who_is_no_agent_any_more_works_no_more(ben, ada):
    work_order = through(
        ordered(ben, ticket=report(ben)), (ben, "dispatch", {"assignee": ben}), (ben, "start")
    )
    item = point(work_order, ben)
    demoted = change(ben, actor=ada, role="requester")

    for attempt in (
        lambda: perform(work_order, "hold", actor=demoted, reason="Later."),
        lambda: perform(item, "tick", actor=demoted),
        lambda: change(item, actor=demoted, text="Nothing"),
        lambda: point(work_order, demoted),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert perform(work_order, "hold", actor=ada, reason="Ben is gone.").status == "on_hold"


@pytest.mark.parametrize("status", ["in_progress", "on_hold"])
def test_once_the_work_has_begun_what_is_required_stays_required(standing, as_, ben, ada, status):
    item = point(standing(status), ben)
    client, url = as_(ben), f"/api/checklist-items/{item.pk}/"

    refused = client.patch(url, {"is_required": False})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted")
    assert client.delete(url).status_code == 403
    assert client.patch(url, {"text": "Main switch off, twice"}).status_code == 200

    assert as_(ada).patch(url, {"is_required": False}).status_code == 200
    last = Event.of(item).last()
    assert (last.actor, last.changes) == (ada, {"is_required": [True, False]})
    assert client.patch(url, {"is_required": True}).status_code == 200
    assert as_(ada).delete(url).status_code == 204


def test_what_need_not_be_done_may_go_and_before_the_work_anything(standing, ben):
    loose = point(standing("in_progress"), ben, is_required=False)
    remove(loose, actor=ben)
    early = point(ordered(ben), ben)
    loosened = change(early, actor=ben, is_required=False)
    remove(point(early.work_order, ben), actor=ben)

    assert not loosened.is_required
    assert ChecklistItem.objects.get() == loosened


def test_what_has_ended_gets_no_more_work(ann, ben):
    ticket = perform(report(ann), "cancel", actor=ann, reason="It was the bulb.")

    with pytest.raises(ConditionUnmet, match="has ended: it gets no more work orders"):
        ordered(ben, ticket=ticket)


def test_a_merged_ticket_gets_its_work_where_it_follows(ann, ben):
    merged = perform(report(ann), "merge", actor=ben, merged_into=report(ann))

    with pytest.raises(ConditionUnmet, match="plan the work for the ticket that it follows"):
        ordered(ben, ticket=merged)


def test_what_it_is_for_it_stays_for(ann, ben):
    work_order = ordered(ben, ticket=report(ann))

    with pytest.raises(InvalidInput) as refused:
        change(work_order, actor=ben, ticket=report(ann))
    assert [(each.field, each.code) for each in refused.value.errors] == [("ticket", "settled")]


def test_only_agents_plan_work(ann):
    with pytest.raises(NotPermitted):
        ordered(ann, ticket=report(ann))
