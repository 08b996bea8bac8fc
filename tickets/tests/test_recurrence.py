"""Rules of RFC 5545: read strictly, followed on the wall clock, searched no further than anybody plans."""

# ruff: noqa: DTZ001 - wall-clock times have no zone until the rule gives them one

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.recurrence import Recurrence, UnfitError

pytestmark = pytest.mark.once

BEFORE = datetime(2025, 12, 31, tzinfo=UTC)


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


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    ],
)
def test_a_rule_without_occurrence_is_found_out(rule):
    recurrence = Recurrence(rule, datetime(2026, 1, 1, 9), ZoneInfo("UTC"))

    assert recurrence.next_after(BEFORE) is None


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
]


@pytest.mark.parametrize("rule", REFUSED)
def test_what_is_no_rule_is_refused_with_a_sentence(rule):
    with pytest.raises(UnfitError) as refused:
        Recurrence(rule, datetime(2026, 1, 1, 9), ZoneInfo("UTC")).next_after(BEFORE)

    assert str(refused.value).endswith(".")


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
