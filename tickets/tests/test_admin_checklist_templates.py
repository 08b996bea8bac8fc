"""Checklist templates in the admin: a point is a line."""

import pytest
from django.test import Client

from conftest import PASSWORD
from core.lifecycle import create
from tests.conformance.admin_forms import as_shown
from tickets.models import ChecklistTemplate

PAGE = "/admin/tickets/checklisttemplate/{}/change/"
SWITCH = {"text": "Main switch off", "required": True}
PICTURE = {"text": "Take a picture", "required": False}
AS_LINES = "Main switch off\n(optional) Take a picture"


@pytest.fixture
def template(ada):
    return create(ChecklistTemplate(name="Server room", items=[SWITCH, PICTURE]), actor=ada)


@pytest.fixture
def browser_of():
    def sign_in(person):
        browser = Client()
        browser.post("/sign-in/", {"email": person.email, "password": PASSWORD})
        return browser

    return sign_in


def test_points_are_written_as_lines(browser_of, ada, template):
    browser, url = browser_of(ada), PAGE.format(template.pk)
    form = as_shown(browser.get(url))
    assert form["items"] == AS_LINES

    lines = "(optional)  Knock\r\n\r\n  Main switch off \r\n"
    assert browser.post(url, {**form, "items": lines}).status_code == 302

    template.refresh_from_db()
    assert template.items == [{"text": "Knock", "required": False}, SWITCH]


def test_a_line_that_is_too_long_comes_back_as_it_was_typed(browser_of, ada, template):
    browser, url = browser_of(ada), PAGE.format(template.pk)
    typed = {**as_shown(browser.get(url)), "items": f"Knock\n{'x' * 301}"}

    page = browser.post(url, typed)

    shown = page.context["adminform"].form
    assert shown.errors["items"] == ["Point 2: At most 300 characters."]
    assert shown["items"].value() == typed["items"]


def test_an_agent_reads_them_as_lines(browser_of, ben, template):
    page = browser_of(ben).get(PAGE.format(template.pk)).content.decode()

    assert "<div>Main switch off</div><div>(optional) Take a picture</div>" in page
    assert "&quot;required&quot;" not in page
