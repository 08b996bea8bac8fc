"""Hours and holidays as people write them."""

from datetime import date

import pytest

from sla.clock import AROUND_THE_CLOCK
from sla.hours import UnreadableError, read_holidays, read_hours, write_holidays
from sla.tests.promising import ALWAYS


def test_hours_are_minutes_after_midnight_and_the_next_day_goes_on_counting():
    written = {"mon": [["09:00", "12:30"], ["13:30", "17:30"]], "fri": [["22:00", "06:00"]]}

    monday, *_, friday, saturday, sunday = read_hours(written)

    assert monday == ((540, 750), (810, 1050))
    assert friday == ((1320, 1800),)
    assert (saturday, sunday) == ((), ())


@pytest.mark.parametrize("end", ["24:00", "00:00"])
def test_midnight_has_two_names(end):
    assert read_hours({"mon": [["18:00", end]]})[0] == ((1080, 1440),)


def test_around_the_clock():
    assert read_hours(ALWAYS) == AROUND_THE_CLOCK


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ([], "by weekday"),
        (None, "by weekday"),
        ({"monday": []}, "“monday” is not one of"),
        ({"mon": "09:00"}, "pairs of times"),
        ({"mon": [["09:00", "10:00"]] * 13}, "at most 12"),
        ({"mon": [["09:00"]]}, "pairs of times"),
        ({"mon": [["09:00", "17:30", "18:00"]]}, "pairs of times"),
        ({"mon": [{"from": "09:00"}]}, "pairs of times"),
        ({"mon": [["9:00", "17:30"]]}, "as in 09:00"),
        ({"mon": [["09:00", "24:01"]]}, "as in 09:00"),
        ({"mon": [["09:60", "10:00"]]}, "as in 09:00"),
        ({"mon": [["٠٩:00", "10:00"]]}, "as in 09:00"),
        ({"mon": [[540, 600]]}, "as in 09:00"),
        ({"mon": [["24:00", "06:00"]]}, "00:00 of the next day"),
    ],
    ids=str,
)
def test_what_says_nothing_is_refused_with_a_sentence(written, words):
    with pytest.raises(UnreadableError, match=words):
        read_hours(written)


def test_holidays_by_day_and_back_in_their_order():
    written = [
        {"date": "2026-12-25", "name": "Christmas Day"},
        {"date": "2026-01-01", "name": "New Year"},
    ]

    holidays = read_holidays(written)

    assert holidays[date(2026, 12, 25)] == "Christmas Day"
    assert write_holidays(holidays) == written[::-1]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({}, "Give a list"),
        ([{}] * 2_001, "at most 2000"),
        (["2026-12-25"], "A holiday is"),
        ([{"date": "2026-12-25"}], "A holiday is"),
        ([{"date": "2026-12-25", "name": "X", "half": True}], "A holiday is"),
        ([{"date": "2026-12-25", "name": " "}], "has a name"),
        ([{"date": "2026-12-25", "name": 1}], "has a name"),
        ([{"date": "2026-12-25", "name": "x" * 101}], "at most 100"),
        ([{"date": "25.12.2026", "name": "X"}], "as in 2026-12-25"),
        ([{"date": "20261225", "name": "X"}], "as in 2026-12-25"),
        ([{"date": "2026-02-30", "name": "X"}], "as in 2026-12-25"),
        ([{"date": None, "name": "X"}], "as in 2026-12-25"),
        ([{"date": "2026-12-25", "name": "X"}] * 2, "2026-12-25 is there twice"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_holidays_that_say_nothing_are_refused_with_a_sentence(written, words):
    with pytest.raises(UnreadableError, match=words):
        read_holidays(written)
