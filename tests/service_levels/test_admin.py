"""Calendars and policies in the admin: what an edit means is listed before it is saved."""

import json

import pytest
from django.urls import reverse

from core.models import Event
from tests.conformance.admin_forms import as_shown
from tests.service_levels.conftest import london
from tests.service_levels.telling import mended, reported


def page_of(record):
    return reverse(f"admin:sla_{record._meta.model_name}_change", args=[record.pk])


@pytest.fixture
def editing(ada, browser_of, when):
    """Sends the form of a record as ada changed it; `_preview` or `_save`."""
    browser = browser_of(ada)

    def send(record, button, **edit):
        page = page_of(record)
        with when("2026-05-22 15:00"):
            return browser.post(page, {**as_shown(browser.get(page)), **edit, button: "1"})

    return send


def longer(calendar):
    return json.dumps({day: [["09:00", "19:00"]] for day in calendar.hours})


def test_the_preview_lists_open_tickets_and_saves_nothing(ann, ben, when, office, promise, editing):
    promise()
    done, ticket = mended(when, ann, ben), reported(when, ann)

    page = editing(office, "_preview", hours=longer(office))

    assert page.status_code == 200
    [told] = page.context["differences"]
    assert (told.item, told.after.due_at) == (ticket, london("2026-05-27 10:00"))
    assert done.reference not in page.content.decode()
    office.refresh_from_db()
    assert office.versions.count() == 1


def test_what_the_preview_sends_on_is_what_is_saved(ann, when, office, promise, editing, ada):
    promise()
    ticket = reported(when, ann)
    page = editing(office, "_preview", hours=longer(office))

    answer = editing(office, "_save", **dict(page.context["sent"]))

    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert ticket.due_at == london("2026-05-27 10:00")
    assert Event.of(office).last().actor == ada


def test_a_policy_has_its_preview_too(ann, when, promise, editing):
    policy, ticket = promise(), reported(when, ann)

    page = editing(policy, "_preview", resolution_minutes=60)

    assert [each.item for each in page.context["differences"]] == [ticket]
    assert "No open item would change" in editing(policy, "_preview").content.decode()


def test_what_cannot_be_saved_has_no_preview(office, editing):
    page = editing(office, "_preview", hours="{}")

    assert "differences" not in page.context
    assert page.context["errors"]


def test_the_versions_are_shown_and_agents_only_look(ben, browser_of, office):
    page = browser_of(ben).get(page_of(office)).content.decode()

    assert "London, version 1" in page
    assert "_preview" not in page
    assert browser_of(ben).post(page_of(office), {"_preview": "1"}).status_code == 403
