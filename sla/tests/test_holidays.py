"""`manage.py fill_holidays`: what a country celebrates, added to what is there."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.lifecycle import change
from sla.models import Calendar
from sla.tests.promising import around_the_clock

GB = {"country": "GB", "subdivision": "ENG"}


@pytest.fixture
def calendar(db):
    return around_the_clock()


def filled(name="Around the clock", *, years=(2026,), **options):
    said = StringIO()
    call_command("fill_holidays", name, years=list(years), stdout=said, **GB | options)
    return said.getvalue()


def days(calendar):
    return {each["date"]: each["name"] for each in Calendar.objects.get(pk=calendar.pk).holidays}


def test_the_holidays_of_a_country_are_added(calendar):
    said = filled(years=(2026, 2027))

    assert days(calendar)["2026-12-25"] == "Christmas Day"
    assert "2027-05-31" in days(calendar)
    assert "2026-12-25 Christmas Day" in said
    assert calendar.versions.count() == 2


def test_twice_adds_nothing(calendar):
    filled()
    before = days(calendar)

    assert filled().startswith("0 holidays added")
    assert days(calendar) == before
    assert calendar.versions.count() == 2


def test_what_is_there_keeps_its_name(calendar):
    change(calendar, actor=None, holidays=[{"date": "2026-12-25", "name": "We are closed"}])

    filled()

    assert days(calendar)["2026-12-25"] == "We are closed"
    assert len(days(calendar)) > 5


def test_a_dry_run_changes_nothing(calendar):
    assert "would be added" in filled(dry_run=True)

    assert days(calendar) == {}


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("Mars", {}, "There is no calendar Mars"),
        (
            "Around the clock",
            {"country": "XX", "subdivision": None},
            "No public holidays are known for XX",
        ),
        ("Around the clock", {"subdivision": "ZZ"}, "No public holidays are known for ZZ in GB"),
    ],
)
def test_what_nobody_knows_is_said(calendar, name, options, words):
    with pytest.raises(CommandError, match=words):
        filled(name, **options)


@pytest.mark.parametrize("year", ["1969", "99999", "next"])
def test_years_are_those_of_people_who_live(calendar, year):
    with pytest.raises(CommandError, match="Years are 1970 to 2100"):
        call_command("fill_holidays", "Around the clock", "--country", "GB", "--years", year)
