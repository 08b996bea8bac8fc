"""Calendars: what is refused, what a version keeps, and who may."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import InvalidInput, NotPermitted
from core.lifecycle import change, create
from core.models import Event
from sla.models import Calendar, CalendarVersion

WEEKDAYS = {day: [["09:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def london(ada):
    with clock.at(NEW_YEAR):
        made = Calendar(name="London", time_zone="Europe/London", hours=WEEKDAYS)
        return create(made, actor=ada)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"hours": {}}, "hours", "cannot be blank"),
        ({"hours": {"mon": []}}, "hours", "working hours on at least one weekday"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "hours", "overlap"),
        ({"hours": {"sun": [["22:00", "06:00"]], "mon": [["05:00", "9:00"]]}}, "hours", "09:00"),
        ({"hours": {"sun": [["22:00", "06:00"]], "mon": [["05:00", "09:00"]]}}, "hours", "overlap"),
        ({"time_zone": "Europe/Londinium"}, "time_zone", "is not a time zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "is not a time zone"),
        ({"holidays": [{"date": "2026-12-25"}]}, "holidays", "A holiday is"),
    ],
    ids=str,
)
def test_what_would_stop_the_clock_is_refused(ada, london, fields, field, words):
    whole = {"name": "Paris", "time_zone": "Europe/Paris", "hours": WEEKDAYS}

    for save in (
        lambda: create(Calendar(**whole | fields), actor=ada),
        lambda: change(london, actor=ada, **fields),
    ):
        with pytest.raises(InvalidInput, match=words) as refused:
            save()
        assert {error.field for error in refused.value.errors} == {field}


def test_what_matters_is_kept_in_a_version_from_its_moment_on(ada, london):
    later = NEW_YEAR + timedelta(days=1)
    with clock.at(later):
        change(london, actor=ada, hours={"mon": [["10:00", "11:00"]]})

    first, second = london.versions.order_by("number")
    assert (first.number, first.valid_from, first.hours) == (1, NEW_YEAR, WEEKDAYS)
    assert (second.number, second.valid_from) == (2, later)
    assert second.hours == {"mon": [["10:00", "11:00"]]}
    assert [event.action for event in Event.of(london)] == ["created", "changed"]


def test_another_name_is_no_version(ada, london):
    change(london, actor=ada, name="London, England")

    assert london.versions.count() == 1


def test_a_version_never_begins_before_its_predecessor(ada, london):
    with clock.at(NEW_YEAR - timedelta(hours=1)):
        change(london, actor=ada, time_zone="UTC")

    assert [each.valid_from for each in london.versions.order_by("number")] == [NEW_YEAR] * 2


def test_a_version_is_never_rewritten(london):
    version = london.versions.get()
    with pytest.raises(TypeError):
        version.save()

    for rewrite in (
        lambda: CalendarVersion.objects.update(time_zone="UTC"),
        lambda: CalendarVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rewrite()


def test_only_admins_write_and_only_agents_read(ann, ben, london, as_):
    with pytest.raises(NotPermitted, match="Only admins"):
        change(london, actor=ben, name="Mine")

    assert as_(ben).get(f"/api/sla/calendars/{london.pk}/").json()["hours"] == WEEKDAYS
    assert as_(ann).get(f"/api/sla/calendars/{london.pk}/").status_code == 404
    assert london.name not in str(as_(ann).get("/api/sla/calendars/").content)


def test_a_new_installation_has_two(db):
    names = Calendar.objects.order_by("pk").values_list("name", flat=True)

    assert {"Around the clock", "Office hours"} <= set(names)
    assert all(calendar.versions.count() == 1 for calendar in Calendar.objects.all())
