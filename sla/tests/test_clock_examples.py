"""What the clock says of lives that people can follow. 18 May 2026 is a Monday; offices open from nine to five."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from sla.clock import AROUND_THE_CLOCK, Calendar, Fact, Lifecycle, Reckoning, State, Terms, reckon
from sla.tests.clock_times import NIGHT_SHIFT, NINE_TO_FIVE, OFFICE, at, hours

LIFECYCLE = Lifecycle(done_in=frozenset({"resolved", "closed"}), void_in=frozenset({"cancelled"}))
WAITS = frozenset({"blocked"})
NORMAL = Terms(1, OFFICE, hours(4), hours(16), WAITS)
URGENT = Terms(2, OFFICE, hours(1), hours(4), WAITS)
NIGHT = Terms(3, Calendar("Europe/London", NIGHT_SHIFT), hours(4), hours(16), WAITS)
ALWAYS = Terms(4, Calendar("UTC", AROUND_THE_CLOCK), hours(4), hours(16), WAITS)
TERMS = {terms.policy: terms for terms in (NORMAL, URGENT, NIGHT, ALWAYS)}


def asked(when: str, *facts: Fact) -> Reckoning:
    """What the clock says when London's walls show this."""
    return reckon(facts, TERMS, LIFECYCLE, at(when))


def test_a_friday_afternoon_goes_on_after_the_weekend():
    told = asked("2026-05-16 12:00", Fact(at("2026-05-15 15:00"), "new", 1))

    assert told.response.used == told.resolution.used == hours(2)
    assert told.response.warns == at("2026-05-18 10:00")
    assert told.response.due == at("2026-05-18 11:00")
    assert told.resolution.due == at("2026-05-19 15:00")
    assert told.resolution.state is State.RUNNING


def test_a_holiday_moves_what_is_due():
    calendar = Calendar("Europe/London", NINE_TO_FIVE, {date(2026, 5, 25): "Spring bank holiday"})
    terms = {1: Terms(1, calendar, hours(4), hours(16))}

    told = reckon(
        [Fact(at("2026-05-22 15:00"), "new", 1)], terms, LIFECYCLE, at("2026-05-25 12:00")
    )

    assert [s.why for s in told.segments] == [
        "Working hours",
        "Outside working hours",
        "Spring bank holiday",
    ]
    assert told.response.due == at("2026-05-26 11:00")


def test_the_clock_rests_while_the_work_waits_for_somebody_else():
    new, blocked = Fact(at("2026-05-18 09:00"), "new", 1), Fact(at("2026-05-18 11:00"), "blocked")
    back = Fact(at("2026-05-19 10:00"), "in_progress")

    waiting = asked("2026-05-18 16:00", new, blocked, back).resolution
    going_on = asked("2026-05-19 10:00", new, blocked, back).resolution

    assert (waiting.used, waiting.due, waiting.warns) == (hours(2), None, None)
    assert waiting.state is State.PAUSED
    assert (going_on.used, going_on.due) == (hours(2), at("2026-05-20 16:00"))


def test_waiting_mends_no_breach():
    new, blocked = Fact(at("2026-05-18 09:00"), "new", 2), Fact(at("2026-05-18 14:00"), "blocked")

    told = asked("2026-05-20 12:00", new, blocked).resolution

    assert (told.due, told.warns) == (at("2026-05-18 13:00"), at("2026-05-18 12:00"))
    assert told.state is State.BREACHED


def test_a_target_used_up_at_closing_time_is_due_at_closing_time():
    new = Fact(at("2026-05-15 13:00"), "new", 1)
    in_time = Fact(at("2026-05-15 17:00"), responded=True)
    on_saturday = Fact(at("2026-05-16 12:00"), responded=True)

    assert asked("2026-05-15 17:00", new).response.due == at("2026-05-15 17:00")
    assert asked("2026-05-15 17:00", new).response.state is State.RUNNING
    assert asked("2026-05-16 12:00", new).response.state is State.BREACHED
    assert asked("2026-05-18 12:00", new, in_time).response.state is State.MET
    assert asked("2026-05-18 12:00", new, on_saturday).response.state is State.BREACHED


def test_only_the_first_response_counts():
    new = Fact(at("2026-05-18 09:00"), "new", 1)
    replies = [Fact(at(f"2026-05-18 {hour}:00"), responded=True) for hour in (10, 15)]

    told = asked("2026-05-18 16:00", new, *replies)

    assert (told.response.used, told.response.state) == (hours(1), State.MET)
    assert (told.resolution.used, told.resolution.state) == (hours(7), State.RUNNING)


def test_work_done_without_a_reply_was_an_answer():
    new, done = Fact(at("2026-05-18 09:00"), "new", 1), Fact(at("2026-05-18 12:00"), "resolved")
    again = Fact(at("2026-05-19 09:00"), "in_progress")

    assert asked("2026-05-22 09:00", new, done, again).response.state is State.MET


def test_work_done_while_nothing_was_promised_was_no_answer():
    told = asked(
        "2026-05-18 16:00",
        Fact(at("2026-05-18 09:00"), "new", policy=1),
        Fact(at("2026-05-18 10:00"), policy=None),
        Fact(at("2026-05-18 11:00"), "resolved"),
        Fact(at("2026-05-18 15:00"), "new", policy=1),
    )

    assert (told.response.used, told.response.state) == (hours(2), State.RUNNING)


def test_the_story_ends_when_the_work_is_done():
    new, done = Fact(at("2026-05-18 09:00"), "new", 1), Fact(at("2026-05-18 12:00"), "resolved")
    closed = Fact(at("2026-06-01 12:00"), "closed")

    told = asked("2027-05-18 09:00", new, done, closed)

    assert [(s.start, s.end) for s in told.segments] == [(new.at, done.at)]
    assert (told.resolution.used, told.resolution.due) == (hours(3), at("2026-05-19 17:00"))
    assert told.resolution.state is State.MET


def test_work_done_late_stays_breached():
    new, done = Fact(at("2026-05-18 09:00"), "new", 2), Fact(at("2026-05-18 15:00"), "resolved")

    told = asked("2026-06-01 12:00", new, done).resolution

    assert (told.used, told.due, told.state) == (hours(6), at("2026-05-18 13:00"), State.BREACHED)


def test_reopened_work_goes_on_from_what_was_used():
    new, done = Fact(at("2026-05-18 09:00"), "new", 1), Fact(at("2026-05-18 12:00"), "resolved")
    reopened = Fact(at("2026-05-20 10:00"), "in_progress")

    told = asked("2026-05-20 11:00", new, done, reopened)

    assert [(s.kind, s.why) for s in told.segments] == [
        ("working", "Working hours"),
        ("paused", "Done: resolved"),
        ("working", "Working hours"),
    ]
    assert (told.resolution.used, told.resolution.due) == (hours(4), at("2026-05-21 15:00"))
    assert told.resolution.state is State.RUNNING


def test_cancelled_work_is_owed_nothing():
    new, cancelled = (
        Fact(at("2026-05-18 09:00"), "new", 2),
        Fact(at("2026-05-18 15:00"), "cancelled"),
    )

    told = asked("2026-06-01 12:00", new, cancelled)

    assert (told.resolution.due, told.resolution.warns, told.resolution.state) == (
        None,
        None,
        State.VOID,
    )
    assert told.response.state is State.VOID
    assert told.segments[-1].end == cancelled.at


def test_cancelled_work_that_is_taken_up_again_goes_on():
    facts = [
        Fact(at("2026-05-18 09:00"), "new", 1),
        Fact(at("2026-05-18 10:00"), "cancelled"),
        Fact(at("2026-05-18 15:00"), "new"),
    ]

    told = asked("2026-05-18 16:00", *facts)

    assert [s.why for s in told.segments] == ["Working hours", "Void: cancelled", "Working hours"]
    assert (told.resolution.used, told.resolution.state) == (hours(2), State.RUNNING)


def test_a_reply_before_the_cancellation_keeps_its_credit():
    facts = [
        Fact(at("2026-05-18 09:00"), "new", 1),
        Fact(at("2026-05-18 10:00"), responded=True),
        Fact(at("2026-05-18 11:00"), "cancelled"),
    ]

    told = asked("2026-06-01 12:00", *facts)

    assert (told.response.state, told.resolution.state) == (State.MET, State.VOID)


def test_a_higher_priority_counts_what_was_used():
    new, urgent = Fact(at("2026-05-18 09:00"), "new", 1), Fact(at("2026-05-18 12:00"), policy=2)

    before, after = asked("2026-05-18 11:59", new, urgent), asked("2026-05-18 12:00", new, urgent)

    assert before.resolution.due == at("2026-05-19 17:00")
    assert (after.resolution.used, after.resolution.due) == (hours(3), at("2026-05-18 13:00"))
    assert (after.response.due, after.response.state) == (at("2026-05-18 10:00"), State.BREACHED)


def test_a_lower_priority_gives_time_back():
    new, normal = Fact(at("2026-05-18 09:00"), "new", 2), Fact(at("2026-05-18 15:00"), policy=1)

    assert asked("2026-05-18 14:59", new, normal).resolution.state is State.BREACHED
    assert asked("2026-05-18 15:00", new, normal).resolution.state is State.RUNNING


def test_a_kept_promise_stays_kept_when_the_priority_rises():
    facts = [
        Fact(at("2026-05-18 09:00"), "new", 1),
        Fact(at("2026-05-18 12:00"), responded=True),
        Fact(at("2026-05-18 13:00"), policy=2),
    ]

    told = asked("2026-05-18 16:00", *facts)

    assert (told.response.target, told.response.state) == (hours(4), State.MET)
    assert (told.resolution.target, told.resolution.state) == (hours(4), State.BREACHED)


def test_a_priority_that_changes_as_the_work_is_done_is_the_one_that_counts():
    new = Fact(at("2026-05-18 09:00"), "new", 1)
    done = Fact(at("2026-05-18 15:00"), "resolved", 2)

    assert asked("2026-05-18 16:00", new, done).resolution.state is State.BREACHED


def test_every_stretch_is_measured_by_the_calendar_of_its_time():
    new, by_night = Fact(at("2026-05-18 16:00"), "new", 1), Fact(at("2026-05-18 20:00"), policy=3)

    told = asked("2026-05-19 12:00", new, by_night)

    assert [(s.kind, s.policy, s.end - s.start) for s in told.segments] == [
        ("working", 1, hours(1)),
        ("closed", 1, hours(3)),
        ("closed", 3, hours(2)),
        ("working", 3, hours(8)),
        ("closed", 3, hours(6)),
    ]
    assert (told.resolution.used, told.resolution.due) == (hours(9), at("2026-05-20 05:00"))


def test_without_a_policy_nothing_is_promised_and_nothing_is_used():
    facts = [
        Fact(at("2026-05-18 09:00"), "new", 1),
        Fact(at("2026-05-18 10:00"), policy=None),
        Fact(at("2026-05-18 15:00"), policy=1),
    ]

    between, after = asked("2026-05-18 12:00", *facts), asked("2026-05-18 16:00", *facts)

    assert (between.response, between.resolution) == (None, None)
    assert between.segments[-1][2:] == ("paused", "No service level", None)
    assert after.resolution.used == hours(2)


def test_a_policy_may_promise_only_one_of_the_two():
    terms = {1: Terms(1, OFFICE, None, hours(16))}

    told = reckon(
        [Fact(at("2026-05-18 09:00"), "new", 1)], terms, LIFECYCLE, at("2026-05-18 10:00")
    )

    assert told.response is None
    assert told.resolution.used == hours(1)


def test_around_the_clock_every_hour_counts():
    told = asked("2026-05-16 03:00", Fact(at("2026-05-15 23:00"), "new", 4))

    assert told.resolution.used == hours(4)
    assert told.resolution.due == at("2026-05-16 15:00")


def test_a_night_is_shorter_when_the_clocks_go_forward():
    told = asked("2026-03-28 23:00", Fact(at("2026-03-28 22:00"), "new", 3))

    assert told.response.due == at("2026-03-29 03:00")


def test_a_night_is_longer_when_the_clocks_go_back():
    told = asked("2026-10-24 23:00", Fact(at("2026-10-24 22:00"), "new", 3))

    assert told.response.warns == at("2026-10-25 01:00")
    assert told.response.due == at("2026-10-25 01:00", again=True)


def test_before_its_first_fact_there_is_nothing_to_measure():
    new = Fact(at("2026-05-18 09:00"), "new", 1)

    assert asked("2026-05-18 08:59", new) == Reckoning((), None, None)
    assert asked("2026-05-18 09:00", new).segments == ()
    assert asked("2026-05-18 09:00", new).resolution.due == at("2026-05-19 17:00")


def test_facts_may_come_in_any_order():
    facts = [
        Fact(at("2026-05-18 09:00"), "new", 1),
        Fact(at("2026-05-18 10:00"), "blocked"),
        Fact(at("2026-05-18 11:00"), "in_progress"),
    ]

    assert asked("2026-05-18 12:00", *facts[::-1]) == asked("2026-05-18 12:00", *facts)


def test_moments_of_any_zone_are_told_in_utc():
    tokyo = ZoneInfo("Asia/Tokyo")
    blocked = Fact(at("2026-05-18 09:00").astimezone(tokyo), "blocked", 1)
    new = Fact(at("2026-05-18 10:00").astimezone(tokyo), "new")

    told = reckon([blocked, new], TERMS, LIFECYCLE, at("2026-05-18 11:00").astimezone(tokyo))

    assert {moment.tzname() for s in told.segments for moment in s[:2]} == {"UTC"}
    assert told.resolution.due.tzname() == "UTC"


def test_a_calendar_with_only_holidays_left_has_no_due_instant():
    days = (date(2026, 5, 19) + timedelta(days=n) for n in range(11 * 366))
    closed = Calendar("Europe/London", NINE_TO_FIVE, dict.fromkeys(days, "Closed for good"))
    terms = {1: Terms(1, closed, None, hours(16))}

    told = reckon(
        [Fact(at("2026-05-18 09:00"), "new", 1)], terms, LIFECYCLE, at("2026-05-20 10:00")
    )

    assert (told.resolution.used, told.resolution.due) == (hours(8), None)
    assert told.resolution.state is State.RUNNING


def test_a_distant_target_is_found():
    terms = {1: Terms(1, OFFICE, None, hours(8 * 5 * 52))}

    told = reckon(
        [Fact(at("2026-05-18 09:00"), "new", 1)], terms, LIFECYCLE, at("2026-05-18 09:00")
    )

    assert told.resolution.due == at("2027-05-14 17:00")


@pytest.mark.parametrize("target", [timedelta(0), hours(-1)])
def test_a_target_of_nothing_is_refused(target):
    with pytest.raises(ValueError, match="longer than nothing"):
        Terms(1, OFFICE, None, target)


def test_a_life_begins_with_a_status():
    with pytest.raises(ValueError, match="has a status"):
        asked("2026-05-18 10:00", Fact(at("2026-05-18 09:00"), policy=1))
