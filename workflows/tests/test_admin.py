"""The admin's pages of projects: agents find their own there, and of others' not even a key."""

from __future__ import annotations

import re

import pytest

from workflows.models import Member
from workflows.tests.making import project_of

pytestmark = pytest.mark.django_db

ABSENT = 987_654


@pytest.fixture
def change_page(ben, browser_of):
    """Posts the page of ben's own project with this key in a row of its members."""
    mine = project_of(ben, name="Ben's")

    def posted(key):
        return browser_of(ben).post(
            f"/admin/workflows/project/{mine.pk}/change/",
            {
                "name": "Renamed",
                "description": "",
                "workflows-TOTAL_FORMS": 0,
                "workflows-INITIAL_FORMS": 0,
                "members-TOTAL_FORMS": 1,
                "members-INITIAL_FORMS": 1,
                "members-0-id": key,
                "members-0-project": mine.pk,
                "members-0-person": ben.pk,
                "members-0-role": "owner",
            },
        )

    posted.project = mine
    return posted


def test_a_row_of_anothers_project_is_as_unknown_as_one_that_is_not_there(change_page, project):
    theirs = Member.objects.get(project=project)

    foreign, absent = change_page(theirs.pk), change_page(ABSENT)

    assert foreign.status_code == absent.status_code == 200
    assert "errornote" in foreign.content.decode()
    assert _said(foreign, theirs.pk) == _said(absent, ABSENT)
    change_page.project.refresh_from_db()
    assert change_page.project.name == "Ben's"


def test_ones_own_rows_are_known(change_page):
    assert change_page(Member.objects.get(project=change_page.project).pk).status_code == 302


def _said(answer, key):
    """The page, without what is new on every page."""
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    return page.replace(f'value="{key}"', "")
