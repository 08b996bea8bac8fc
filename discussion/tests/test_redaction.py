"""What was taken away is read by nobody any more, on no surface; the ledger alone remembers."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from conftest import PASSWORD
from core.lifecycle import change, perform
from core.models import Event

READS_CHANGES = re.compile(r"\.changes\b|changes__")
HIDES = re.compile(r"\.hidden_in_(any_)?history\(")
HIDE_WHAT_IS_WITHHELD = {
    "core/admin/timeline.py",
    "core/api/serializers.py",
    "jobs/serializers.py",
    "notifications/webhooks/bodies.py",
}
READ_COLUMNS_OF_THEIR_OWN = {
    "core/models/event.py",  # all of them, to seal them
    "notifications/recipients.py",
    "notifications/wording.py",
    "sla/evidence.py",
    "sla/repercussions.py",
    "tickets/merging.py",
}


@pytest.fixture
def comment(ann, ben, say):
    """Ann's: one version in the words' first form, one in the second; then it was taken away."""
    said = change(say(ann, "My password is swordfish, @ben."), actor=ann, body="Swordfish!")
    return perform(said, "redact", actor=ben)


@pytest.fixture
def browser(ada):
    client = Client()
    client.post("/sign-in/", {"email": ada.email, "password": PASSWORD})
    return client


def test_no_route_tells_it(as_, ann, ben, ada, lamp, comment):
    one, item = f"/api/comments/{comment.pk}/", f"/api/lamps/{lamp.pk}/"
    pages = [one, f"{one}history/", "/api/comments/", f"{item}comments/", item, f"{item}history/"]

    for reader in (ann, ben, ada):
        client = as_(reader)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200
            assert "swordfish" not in answer.content.decode().lower(), page


def test_no_page_of_the_admin_tells_it(browser, lamp, comment):
    one, item = f"/admin/discussion/comment/{comment.pk}/", f"/admin/lamps/lamp/{lamp.pk}/"
    pages = [f"{one}change/", f"{one}history/", "/admin/discussion/comment/", f"{item}change/"]

    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "swordfish" not in answer.content.decode().lower(), page
    found = browser.get("/admin/discussion/comment/", {"q": "swordfish"}).content.decode()
    assert str(comment) not in found


def test_the_ledger_remembers_and_says_when_it_was_taken_away(comment, ben):
    edited, taken = Event.of(comment).filter(action__in=["changed", "redact"])

    assert edited.changes["body"] == ["My password is swordfish, @ben.", "Swordfish!"]
    assert (taken.actor, taken.action) == (ben, "redact")


def test_whoever_reads_what_changed_hides_what_is_withheld():
    """A new reader of `Event.changes` asks what is hidden, or reads columns that are never withheld."""
    root = Path(settings.BASE_DIR)
    known = HIDE_WHAT_IS_WITHHELD | READ_COLUMNS_OF_THEIR_OWN
    found = {
        path.relative_to(root).as_posix()
        for path in root.glob("*/**/*.py")
        if not {"tests", "migrations", "node_modules", ".venv"} & set(path.parts)
        and READS_CHANGES.search(path.read_text())
    }

    assert found == known
    for name in HIDE_WHAT_IS_WITHHELD:
        assert HIDES.search((root / name).read_text())
