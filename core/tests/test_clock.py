"""The clock can be stopped by seeding and tests."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from core import clock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_clock_stands_still_inside_and_goes_on_afterwards():
    with clock.at(NOON):
        assert clock.now() == NOON
        assert clock.today() == date(2026, 11, 20)

    assert clock.now() != NOON


def test_stopped_clocks_nest():
    with clock.at(NOON), clock.at(NOON + timedelta(days=1)):
        assert clock.today() == date(2026, 11, 21)


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="time zone"), clock.at(NOON.replace(tzinfo=None)):
        pass


def test_timestamps_are_utc_to_the_microsecond():
    berlin = NOON.astimezone(timezone(timedelta(hours=1)))

    assert clock.timestamp(berlin) == "2026-11-20T12:00:00.000000Z"
