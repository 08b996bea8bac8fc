"""`GET /api/sla/{reference}/explain/`: the example of the documentation, told by FlowTrack itself."""

import pytest

from core import clock
from core.lifecycle import change
from sla.tests.test_clock_worked_example import instant, span, tables
from tests.service_levels.conftest import london
from tests.service_levels.telling import does, mended, reported

EVENTS, SEGMENTS, STANDINGS = tables()


@pytest.fixture
def explained(when, as_):
    """What somebody is told about an item, at some time or now."""

    def ask(who, item, at=None, *, now="2026-06-30 12:00", query=None):
        client = as_(who)
        query = query or ({"at": clock.timestamp(at)} if at else {})
        with when(now):
            return client.get(f"/api/sla/{item.reference}/explain/", query)

    return ask


def shown(moment):
    return clock.timestamp(moment) if moment else None


def test_the_segments_are_those_of_the_documentation(ann, ben, when, promise, explained):
    promise()
    ticket = mended(when, ann, ben)

    answer = explained(ann, ticket).json()

    assert [(s["from"], s["to"], s["kind"], s["why"]) for s in answer["segments"]] == [
        (shown(instant(row["from"])), shown(instant(row["to"])), row["kind"], row["why"])
        for row in SEGMENTS
    ]


def test_the_segments_add_up(ann, ben, when, promise, explained):
    promise()
    ticket = mended(when, ann, ben)

    answer = explained(ann, ticket).json()

    ends = [london("2026-05-22 14:00"), london("2026-05-28 11:30")]
    worked = sum(s["seconds"] for s in answer["segments"] if s["kind"] == "working")
    assert sum(s["seconds"] for s in answer["segments"]) == (ends[1] - ends[0]).total_seconds()
    assert worked == answer["resolution"]["used_seconds"] == 15.5 * 3600


@pytest.mark.parametrize("row", STANDINGS, ids=lambda row: f"{row['asked at']} {row['promise']}")
def test_the_promises_stood_as_documented_at_any_past_instant(
    ann, ben, when, promise, explained, row
):
    promise()
    ticket = mended(when, ann, ben)

    answer = explained(ann, ticket, instant(row["asked at"])).json()

    names = {"response": "first_response", "resolution": "resolution"}
    assert answer[names[row["promise"]]] == {
        "target_minutes": span(row["target"]).total_seconds() / 60,
        "used_seconds": span(row["used"]).total_seconds(),
        "due_at": shown(instant(row["due"])),
        "warns_at": shown(instant(row["warning"])),
        "state": row["state"],
    }


def test_it_says_which_policy_and_calendar_counted(ann, ben, when, office, promise, explained):
    policy = promise()
    ticket = reported(when, ann)
    with when("2026-05-26 12:00"):
        change(office, actor=None, hours={**office.hours, "sat": [["09:00", "12:00"]]})

    before = explained(ben, ticket, london("2026-05-26 11:59")).json()
    after = explained(ben, ticket).json()

    assert before["item"] == ticket.summary()
    assert before["policy"] == {"id": policy.pk, "name": "Lifts", "version": 1}
    assert before["calendar"] == {"id": office.pk, "name": "London", "version": 1}
    assert after["calendar"] == {"id": office.pk, "name": "London", "version": 2}
    assert before["time_zone"] == "Europe/London"


def test_for_the_requester_there_are_neither_policies_nor_calendars(
    ann, as_, when, promise, office, explained
):
    promise()
    ticket = reported(when, ann)
    with when("2026-05-26 12:00"):
        change(office, actor=None, hours={"mon": [["09:00", "12:00"]]})

    answer = explained(ann, ticket).json()
    history = as_(ann).get(f"/api/tickets/{ticket.pk}/history/").json()["results"]

    assert (answer["policy"], answer["calendar"]) == (None, None)
    assert (answer["time_zone"], bool(answer["segments"])) == ("Europe/London", True)
    assert [event["note"] for event in history if event["note"]] == ["Its calendar was changed."]


def test_a_past_answer_never_changes(ann, ben, when, office, promise, explained):
    policy = promise()
    ticket = reported(when, ann)
    asked = london("2026-05-26 10:00")
    first = explained(ann, ticket, asked, now="2026-05-26 10:00").json()

    with when("2026-05-26 12:00"):
        change(office, actor=None, hours={"mon": [["00:00", "24:00"]]})
        change(policy, actor=None, resolution_minutes=1)

    assert explained(ann, ticket, asked).json() == first


def test_nothing_promised_is_explained_too(ann, ben, when, promise, explained):
    promise()
    survivor, ticket = reported(when, ann), reported(when, ann)
    does(when, "2026-05-22 15:00", ben, ticket, "merge", merged_into=survivor)

    answer = explained(ben, ticket).json()

    assert (answer["policy"], answer["calendar"], answer["resolution"]) == (None, None, None)
    assert answer["segments"][-1]["why"] == "No service level"


@pytest.mark.parametrize(
    "asked",
    [
        {"at": "2026-05-22T12:59:59Z"},
        {"at": "2026-07-01"},
        {"at": "yesterday"},
        {"at": ""},
        {"until": "2026-06-01"},
        {"at": ["2026-06-01", "2026-06-02"]},
    ],
    ids=str,
)
def test_instants_that_nobody_can_answer_for_are_refused(ann, when, promise, explained, asked):
    promise()
    ticket = reported(when, ann)

    answer = explained(ann, ticket, query=asked)

    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == list(asked)


def test_what_one_may_not_see_is_not_there(ann, zoe, when, promise, as_):
    promise()
    ticket = reported(when, ann)
    stranger = as_(zoe)

    references = [ticket.reference, "TCK-987654", "WO-1", "XYZ-1", "ticket-1", str(ticket.pk)]
    answers = [stranger.get(f"/api/sla/{each}/explain/") for each in references]

    assert {answer.status_code for answer in answers} == {404}
    bodies = [{**answer.json(), "request_id": ""} for answer in answers]
    assert bodies == [bodies[0]] * len(bodies)
