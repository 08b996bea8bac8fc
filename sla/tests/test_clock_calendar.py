"""Business hours on the wall, as stretches of real time."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from sla.clock import AROUND_THE_CLOCK, Calendar, Kind, objection
from sla.clock.zones import parts
from sla.tests.clock_times import NIGHT_SHIFT, NINE_TO_FIVE, OFFICE, at, every_day, hours


def working(calendar, start, end):
    """The working stretches, as the wall of that place shows them."""
    zone = ZoneInfo(calendar.time_zone)
    return [
        f"{s.start.astimezone(zone):%a %H:%M} - {s.end.astimezone(zone):%a %H:%M}"
        for s in calendar.stretches(start, end)
        if s.kind is Kind.WORKING
    ]


def amount(calendar, start, end):
    """The working time in between."""
    spans = calendar.stretches(start, end)
    return sum((s.end - s.start for s in spans if s.kind is Kind.WORKING), timedelta())


def test_an_office_is_open_on_weekdays_only():
    friday, tuesday = at("2026-05-15 12:00"), at("2026-05-19 00:00")

    assert working(OFFICE, friday, tuesday) == ["Fri 12:00 - Fri 17:00", "Mon 09:00 - Mon 17:00"]


def test_a_lunch_break_is_closed():
    calendar = Calendar("Europe/London", every_day((540, 720), (780, 1020)))

    spans = working(calendar, at("2026-05-18 00:00"), at("2026-05-19 00:00"))

    assert spans == ["Mon 09:00 - Mon 12:00", "Mon 13:00 - Mon 17:00"]


def test_a_holiday_says_its_name_and_only_in_the_hours_it_takes():
    calendar = Calendar("Europe/London", NINE_TO_FIVE, {date(2026, 5, 25): "Spring bank holiday"})

    spans = list(calendar.stretches(at("2026-05-25 00:00"), at("2026-05-25 20:00")))

    assert [(s.kind, s.why) for s in spans] == [
        ("closed", "Outside working hours"),
        ("holiday", "Spring bank holiday"),
        ("closed", "Outside working hours"),
    ]
    assert (spans[1].start, spans[1].end) == (at("2026-05-25 09:00"), at("2026-05-25 17:00"))


def test_a_holiday_on_a_day_off_takes_nothing():
    calendar = Calendar("Europe/London", NINE_TO_FIVE, {date(2026, 5, 24): "Whit Sunday"})

    (whole,) = calendar.stretches(at("2026-05-24 00:00"), at("2026-05-25 00:00"))

    assert whole.kind is Kind.CLOSED


def test_a_night_shift_belongs_to_the_day_on_which_it_began():
    calendar = Calendar("Europe/London", NIGHT_SHIFT, {date(2026, 5, 25): "Spring bank holiday"})

    spans = working(calendar, at("2026-05-24 12:00"), at("2026-05-27 12:00"))

    assert spans == ["Sun 22:00 - Mon 06:00", "Tue 22:00 - Wed 06:00"]


def test_around_the_clock_is_one_stretch():
    calendar = Calendar("Asia/Kolkata", AROUND_THE_CLOCK)

    (whole,) = calendar.stretches(at("2026-01-01 00:00"), at("2027-01-01 00:00"))

    assert whole.kind is Kind.WORKING


@pytest.mark.parametrize(
    ("zone", "evening", "noon", "length"),
    [
        ("Europe/London", "2026-03-28 20:00", "2026-03-29 12:00", 7),
        ("Europe/London", "2026-10-24 20:00", "2026-10-25 12:00", 9),
        ("Australia/Lord_Howe", "2026-04-04 20:00", "2026-04-05 12:00", 8.5),
        ("Australia/Lord_Howe", "2026-10-03 20:00", "2026-10-04 12:00", 7.5),
        ("America/Sao_Paulo", "2017-10-14 20:00", "2017-10-15 12:00", 7),
        ("America/Sao_Paulo", "2018-02-17 20:00", "2018-02-18 12:00", 9),
        ("Asia/Kolkata", "2026-03-28 20:00", "2026-03-29 12:00", 8),
    ],
)
def test_a_night_shift_is_as_long_as_the_clocks_make_it(zone, evening, noon, length):
    calendar = Calendar(zone, NIGHT_SHIFT)

    assert amount(calendar, at(evening, zone), at(noon, zone)) == hours(length)


def test_hours_within_a_skipped_hour_do_not_exist():
    calendar = Calendar("Europe/London", every_day((60, 120)))

    assert working(calendar, at("2026-03-29 00:00"), at("2026-03-29 12:00")) == []


def test_both_passes_of_a_repeated_hour_are_open():
    calendar = Calendar("Europe/London", every_day((60, 90)))

    spans = list(calendar.stretches(at("2026-10-25 01:00"), at("2026-10-25 02:00")))

    assert [s.kind for s in spans] == ["working", "closed", "working", "closed"]
    assert calendar.is_open(at("2026-10-25 01:15"))
    assert calendar.is_open(at("2026-10-25 01:15", again=True))


def test_an_evening_that_midnight_repeats_counts_twice():
    calendar = Calendar("America/Sao_Paulo", every_day((23 * 60, 24 * 60)))
    saturday, sunday = (
        at("2018-02-17 12:00", calendar.time_zone),
        at("2018-02-18 12:00", calendar.time_zone),
    )

    assert amount(calendar, saturday, sunday) == hours(2)


def test_a_calendar_is_open_from_its_first_minute_to_before_its_last():
    assert OFFICE.is_open(at("2026-05-18 09:00"))
    assert OFFICE.is_open(at("2026-05-18 16:59:59.999999"))
    assert not OFFICE.is_open(at("2026-05-18 17:00"))
    assert not OFFICE.is_open(at("2026-05-17 12:00"))


def test_a_calendar_knows_when_it_opens_next():
    assert OFFICE.opens(at("2026-05-18 12:34")) == at("2026-05-18 12:34")
    assert OFFICE.opens(at("2026-05-15 17:00")) == at("2026-05-18 09:00")


def test_a_calendar_with_nothing_but_holidays_gives_up():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(12 * 366))
    calendar = Calendar("Europe/London", NINE_TO_FIVE, dict.fromkeys(days, "Closed for good"))

    assert calendar.opens(at("2026-05-15 17:00")) is None


def test_the_end_of_python_s_own_calendar_is_no_error():
    assert OFFICE.opens(at("9999-12-30 12:00")) is None


def test_a_good_calendar_meets_no_objection():
    nights = Calendar("Australia/Lord_Howe", NIGHT_SHIFT)
    long_days = Calendar("UTC", every_day((540, 540 + 1440)))

    assert [
        objection(c) for c in (OFFICE, nights, long_days, Calendar("UTC", AROUND_THE_CLOCK))
    ] == [None] * 4


@pytest.mark.parametrize(
    ("zone", "week", "sentence"),
    [
        ("Mars/Phobos", NINE_TO_FIVE, "“Mars/Phobos” is not a time zone."),
        ("../etc/passwd", NINE_TO_FIVE, "“../etc/passwd” is not a time zone."),
        ("UTC", ((),) * 7, "A calendar needs working hours on at least one weekday."),
        ("UTC", NINE_TO_FIVE[:5], "Hours are given for seven weekdays, Monday first."),
        (
            "UTC",
            every_day((540, 540)),
            "Hours on Monday begin within the day and end later, after 24 hours at most.",
        ),
        (
            "UTC",
            every_day((-1, 540)),
            "Hours on Monday begin within the day and end later, after 24 hours at most.",
        ),
        (
            "UTC",
            every_day((0, 1441)),
            "Hours on Monday begin within the day and end later, after 24 hours at most.",
        ),
        (
            "UTC",
            every_day((1440, 1500)),
            "Hours on Monday begin within the day and end later, after 24 hours at most.",
        ),
        ("UTC", every_day((540, 720), (700, 900)), "Hours on Monday overlap."),
        ("UTC", every_day((0, 60), (1380, 1501)), "Hours on Monday overlap with those on Tuesday."),
        (
            "UTC",
            (((0, 60),), *((),) * 5, ((1380, 1450),)),
            "Hours on Sunday overlap with those on Monday.",
        ),
        (
            "UTC",
            (((0, 1440),), *((),) * 5, ((1380, 1441),)),
            "Hours on Sunday overlap with those on Monday.",
        ),
    ],
)
def test_a_bad_calendar_is_told_why(zone, week, sentence):
    assert objection(Calendar(zone, week)) == sentence


@pytest.mark.parametrize(
    "zone", ["Pacific/Apia", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_twenty_years_of_days_are_cut_wherever_the_clocks_change(zone):
    first = date(2005, 1, 1)
    cut = [part for n in range(20 * 365) for part in parts(zone, first + timedelta(days=n))]

    assert all(before.end == after.start for before, after in pairwise(cut))
    for part in cut:
        moments = [
            part.start,
            part.start + (part.end - part.start) / 2,
            part.end - timedelta(seconds=1),
        ]
        assert {m.astimezone(ZoneInfo(zone)).utcoffset() for m in moments} == {part.offset}
