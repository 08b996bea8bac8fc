"""Rules of RFC 5545: read strictly, followed on the wall clock, searched no further than anybody plans."""

# ruff: noqa: DTZ001 - wall-clock times have no zone until the rule gives them one

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from tickets.recurrence import AHEAD, Recurrence, Rule, UnfitError, walk
from tickets.tests.hostile import COUNTED_FROM_LONG_AGO, HOPELESS

pytestmark = pytest.mark.once

BEFORE = datetime(2025, 12, 31, tzinfo=UTC)
A_YEAR = 366


@pytest.fixture
def days(monkeypatch):
    """Every day that was tried."""
    tried = []
    fits = walk._fits
    monkeypatch.setattr(walk, "_fits", lambda day, rule: tried.append(day) or fits(day, rule))
    return tried


def local_times(rule, *, start, zone, count=4, after=BEFORE):
    there = ZoneInfo(zone)
    coming = islice(Recurrence(rule, start, there).after(after), count)
    return [f"{at.astimezone(there):%m-%d %H:%M}" for at in coming]


def test_the_wall_clock_time_stays_through_the_year():
    start = datetime(2026, 3, 27, 9)

    found = local_times("FREQ=DAILY", start=start, zone="Europe/London")

    assert found == ["03-27 09:00", "03-28 09:00", "03-29 09:00", "03-30 09:00"]


@pytest.mark.parametrize(
    ("zone", "start", "moved"),
    [
        ("Europe/London", datetime(2026, 3, 29, 1, 30), "03-29 02:30"),
        ("America/New_York", datetime(2026, 3, 8, 2, 30), "03-08 03:30"),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), "10-04 02:45"),
    ],
)
def test_a_time_that_does_not_exist_moves_forward_with_the_clocks(zone, start, moved):
    assert local_times("FREQ=DAILY", start=start, zone=zone, count=1) == [moved]


def test_of_two_same_hours_the_first_counts():
    start, zone = datetime(2026, 10, 25, 1, 30), ZoneInfo("Europe/London")

    first, second = islice(Recurrence("FREQ=DAILY", start, zone).after(BEFORE), 2)

    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_two_wall_clock_times_that_are_one_instant_come_once():
    start, zone = datetime(2026, 3, 29, 0), ZoneInfo("Europe/London")

    found = list(islice(Recurrence("FREQ=HOURLY", start, zone).after(BEFORE), 5))

    assert len(set(found)) == 5
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", ["01-05", "01-12", "01-19", "01-26"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", ["01-30", "02-27", "03-27", "04-24"]),
        ("freq=monthly;bymonthday=31", ["01-31", "03-31", "05-31", "07-31"]),
        ("FREQ=DAILY;COUNT=2", ["01-01", "01-02"]),
        ("FREQ=DAILY;UNTIL=20260102", ["01-01"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["02-29"] * 4),
    ],
)
def test_what_rules_say(rule, expected):
    found = local_times(rule, start=datetime(2026, 1, 1, 9), zone="UTC")

    assert [each.split()[0] for each in found] == expected


def test_counting_begins_at_the_start_and_not_at_the_question():
    start, after = datetime(2026, 1, 1, 9), datetime(2026, 1, 3, 12, tzinfo=UTC)

    found = local_times("FREQ=DAILY;COUNT=4", start=start, zone="UTC", after=after)

    assert found == ["01-04 09:00"]


@pytest.mark.parametrize("rule", HOPELESS)
def test_a_rule_without_occurrence_is_not_searched_for_ever(rule, days):
    recurrence = Recurrence(rule, datetime(2026, 1, 1, 9), ZoneInfo("UTC"))

    assert recurrence.next_after(BEFORE) is None
    # The last period is looked through to its end.
    assert len(days) <= AHEAD[Rule.read(rule).frequency].days + A_YEAR


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4",
        "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=-31,31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-30,30,31;INTERVAL=5;BYDAY=MO,TU;UNTIL=20200101T000000",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    ],
)
def test_a_day_that_no_month_has_is_refused_without_a_search(rule):
    with pytest.raises(UnfitError, match="no month that it names has such a day"):
        Rule.read(rule)


@pytest.mark.parametrize("rule", COUNTED_FROM_LONG_AGO)
def test_a_start_long_ago_costs_nothing(rule, days):
    recurrence = Recurrence(rule, datetime(1700, 11, 1), ZoneInfo("Europe/London"))

    assert recurrence.next_after(BEFORE)
    assert len(days) <= 2 * A_YEAR


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=WEEKLY;WKST=SU;COUNT=3", datetime(1, 1, 1)),
        ("FREQ=DAILY", datetime(9999, 12, 31, 23)),
        ("FREQ=YEARLY", datetime(9998, 12, 31)),
    ],
)
def test_no_rule_leads_out_of_the_calendar(rule, start):
    coming = Recurrence(rule, start, ZoneInfo("America/New_York")).after(BEFORE)

    with suppress(UnfitError):
        assert len(list(coming)) <= 1


def test_positions_are_those_of_the_whole_week_also_in_the_first():
    friday = datetime(2026, 1, 2, 9)

    found = local_times("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", start=friday, zone="UTC", count=2)

    assert found == ["01-05 09:00", "01-12 09:00"]


def test_days_and_counted_days_may_stand_side_by_side():
    start = datetime(2026, 1, 1, 9)

    found = local_times("FREQ=MONTHLY;BYDAY=SU,1MO", start=start, zone="UTC", count=5)

    assert [each.split()[0] for each in found] == ["01-04", "01-05", "01-11", "01-18", "01-25"]


REFUSED = [
    "",
    "MONDAY",
    "FREQ=SECONDLY",
    "FREQ=MINUTELY",
    "FREQ=OFTEN",
    "INTERVAL=2",
    "FREQ=DAILY;FREQ=WEEKLY",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=99999",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;COUNT=3;UNTIL=20271231",
    "FREQ=DAILY;UNTIL=20271231T000000Z",
    "FREQ=DAILY;UNTIL=soon",
    "FREQ=DAILY;BYSECOND=1",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=DAILY;BYHOUR=99",
    "FREQ=DAILY\nEXRULE:FREQ=WEEKLY",
    "DTSTART:20260101T090000\nRRULE:FREQ=DAILY",
    "FREQ=DAILY;BYSETPOS=0",
    "FREQ=DAILY;" + "BYDAY=MO," * 100 + "TU",
    "FREQ=MONTHLY;BYDAY=1MO,10MO",
    "FREQ=MONTHLY;BYDAY=60MO",
    "FREQ=MONTHLY;BYDAY=-60MO",
    "FREQ=MONTHLY;BYDAY=0MO",
    "FREQ=YEARLY;BYDAY=60MO",
    "FREQ=YEARLY;BYDAY=54MO",
    "FREQ=YEARLY;BYMONTH=2;BYDAY=53MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
    "FREQ=YEARLY;BYMONTH=13;BYDAY=1MO",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=YEARLY;BYYEARDAY=367",
    "FREQ=YEARLY;BYYEARDAY=0",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=WEEKLY;WKST=XX",
    "FREQ=MONTHLY;BYWEEKNO=1",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=MONTHLY;BYMONTHDAY=-32",
    "FREQ=MONTHLY;BYMONTHDAY=1,,2",
    "FREQ=DAILY;BYMONTH=13",
    "FREQ=DAILY;BYSETPOS=1",
    "FREQ=DAILY;BYHOUR=8;BYSETPOS=367",
    "FREQ=DAILY;BYMONTH=" + "1" * 200,
    "FREQ=DAILY;COUNT=1001",
    "FREQ=DAILY;INTERVAL=1,2",
    "FREQ=DAILY;UNTIL=20260230",
    "FREQ=DAILY;UNTIL=00000101",
    "FREQ=HOURLY;BYHOUR=25",
    "FREQ=HOURLY;BYHOUR=-1",
    "FREQ=HOURLY;BYMINUTE=70",
    "FREQ=HOURLY;BYMINUTE=0,30",
    "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40",
]


@pytest.mark.parametrize("rule", REFUSED)
def test_what_is_no_rule_is_refused_with_a_sentence(rule):
    with pytest.raises(UnfitError) as refused:
        Recurrence(rule, datetime(2026, 1, 1, 9), ZoneInfo("UTC")).next_after(BEFORE)

    assert str(refused.value).endswith(".")


def some(values, most=3):
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)
    return chosen.map(lambda found: ",".join(map(str, found)))


DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
COUNTED_DAYS = [f"{place}{day}" for place in (1, 2, 5, -1, -2, -5) for day in DAYS]
OPTIONS = {
    "INTERVAL": st.integers(1, 40).map(str),
    "COUNT": st.integers(1, 60).map(str),
    "BYMONTH": some(range(1, 13), 4),
    "BYMONTHDAY": some([*range(-31, 0), *range(1, 32)], 6),
    "BYYEARDAY": some([*range(-366, 0), *range(1, 367)], 20),
    "BYWEEKNO": some([-10, -2, -1, *range(1, 54)]),
    "BYDAY": some(DAYS) | some(COUNTED_DAYS),
    "BYHOUR": some(range(24)),
    "BYMINUTE": some(range(60), 1),
    "BYSETPOS": some([1, 2, 5, -1, -2]),
    "WKST": st.sampled_from(DAYS),
}
FITTING = st.builds(
    lambda frequency, options: ";".join([f"FREQ={frequency}", *map("=".join, options.items())]),
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
    st.sets(st.sampled_from(sorted(OPTIONS)), max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: OPTIONS[name] for name in sorted(names)})
    ),
)
DATES = st.datetimes(datetime(2000, 1, 1), datetime(2027, 1, 1))


def plain_walk(rule, start, *, earliest, latest):
    """Every time from the start on, as another reader of the standard finds them one by one.

    It looks for what never comes until the calendar ends. So it walks nineteen cycles of the calendar
    later, in years that are like ours.
    """
    later = 19 * 400
    try:
        walked = rrulestr(rule, dtstart=start.replace(year=start.year + later))
    except ValueError:  # it finds out by itself that some rules never come
        return []
    times = (local.replace(year=local.year - later) for local in walked)
    return [local for local in takewhile(lambda at: at <= latest, times) if local >= earliest]


@settings(max_examples=150, deadline=None)
@given(FITTING, DATES, DATES)
def test_to_begin_near_the_question_finds_what_a_plain_walk_finds(text, start, earliest):
    try:
        rule = Rule.read(text)
    except UnfitError:
        reject()
    # In the first week it has other positions than in all that follow.
    assume(not (rule.frequency == "WEEKLY" and rule.positions))
    window = {"earliest": earliest, "latest": earliest + timedelta(days=400)}

    found = list(walk.local_times(rule, start, **window))

    assert found == plain_walk(text, start, **window)


NAMES = st.sampled_from(["FREQ", "INTERVAL", "COUNT", "BYDAY", "BYMONTHDAY", "BYSETPOS", "X", ""])
VALUES = st.sampled_from(["DAILY", "YEARLY", "1", "-1", "0", "31", "MO", "5MO", "-53SU", "366", ""])
RULES = st.lists(st.tuples(NAMES, VALUES).map("=".join), max_size=5).map(";".join)


@given(RULES | st.text(max_size=60))
def test_any_text_is_a_rule_or_refused(text):
    recurrence = Recurrence(text, datetime(2026, 1, 1, 9), ZoneInfo("Europe/London"))
    try:
        found = recurrence.next_after(BEFORE)
    except UnfitError:
        return
    assert found is None or BEFORE < found < BEFORE + timedelta(days=366 * 41)
