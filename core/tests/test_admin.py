"""The admin keeps what people typed, whatever is refused."""

import pytest
from django.test import Client

from conftest import PASSWORD
from core.errors import ConditionUnmet
from core.lifecycle import change, create, perform
from core.models import Event
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


@pytest.fixture
def desk(ben):
    """Ben's browser."""
    client = Client()
    client.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    return client


def form(lamp, **changes):
    shown = {"title": lamp.title, "watts": lamp.watts, "room": "", "seen_version": lamp.version}
    return shown | changes


def test_an_edit_leaves_one_event_with_its_editor(desk, ben, lamp):
    desk.post(f"/admin/lamps/lamp/{lamp.pk}/change/", form(lamp, title="Reading lamp"))

    last = Event.of(lamp).last()
    assert (last.actor, last.changes) == (ben, {"title": ["Desk lamp", "Reading lamp"]})


def test_nobody_overwrites_what_they_have_not_seen(desk, ann, lamp):
    change(lamp, actor=ann, watts=60)

    answer = desk.post(f"/admin/lamps/lamp/{lamp.pk}/change/", form(lamp, title="Reading lamp"))

    page = answer.content.decode()
    assert "Somebody changed this after you opened it" in page
    assert 'value="Reading lamp"' in page
    assert Lamp.objects.get().title == "Desk lamp"


def test_a_refusal_under_the_lock_keeps_what_was_typed(desk, lamp, monkeypatch):
    def refuse(lamp, changed, actor):
        raise ConditionUnmet

    monkeypatch.setattr(Lamp, "before_change", refuse)

    answer = desk.post(f"/admin/lamps/lamp/{lamp.pk}/change/", form(lamp, title="Reading lamp"))

    page = answer.content.decode()
    assert "Something else has to happen first." in page
    assert 'value="Reading lamp"' in page


def test_a_transition_with_missing_input_shows_where(desk, lamp):
    answer = desk.post(
        f"/admin/lamps/lamp/{lamp.pk}/transition/smash/", {"crack": "", "note": "Hm"}
    )

    page = answer.content.decode()
    assert "This field is required." in page
    assert "Hm" in page
    assert Lamp.objects.get().status == "dark"


def test_a_bulk_action_asks_once_and_tells_of_each(desk, ann, lamp):
    heavy = create(Lamp(title="Flood light", watts=900), actor=ann)
    chosen = {"action": "light", "_selected_action": [lamp.pk, heavy.pk]}

    asked = desk.post("/admin/lamps/lamp/", chosen)
    done = desk.post("/admin/lamps/lamp/", {**chosen, "confirmed": "1"}, follow=True)

    assert f"LMP-{heavy.pk}" in asked.content.decode()
    page = done.content.decode()
    assert "Light: 1 of 2." in page
    assert f"LMP-{heavy.pk}: It draws too much." in page
    assert sorted(Lamp.objects.values_list("status", flat=True)) == ["dark", "lit"]


def test_the_timeline_tells_what_happened(desk, ann, lamp):
    change(lamp, actor=ann, watts=60, note="Brighter.")

    page = desk.get(f"/admin/lamps/lamp/{lamp.pk}/change/").content.decode()
    assert "Watts: 40 → 60" in page
    assert "Brighter." in page


def test_history_names_people_instead_of_ids(desk, ann, ben, lamp):
    perform(lamp, "light", actor=ann, keeper=ben)

    page = desk.get(f"/admin/lamps/lamp/{lamp.pk}/history/").content.decode()
    assert "Keeper: — → Ben" in page


def test_what_is_not_possible_says_why_instead_of_asking(desk, ann, lamp):
    perform(lamp, "smash", actor=ann, crack="Fell")

    answer = desk.get(f"/admin/lamps/lamp/{lamp.pk}/transition/light/", follow=True)

    assert "It is broken; light needs it to be dark." in answer.content.decode()


def test_after_a_transition_the_list_is_still_filtered(desk, lamp):
    kept = "?_changelist_filters=status%3Ddark"
    page = desk.get(f"/admin/lamps/lamp/{lamp.pk}/change/{kept}").content.decode()
    assert f"/transition/light/{kept}" in page

    done = desk.post(f"/admin/lamps/lamp/{lamp.pk}/transition/light/{kept}", {"note": ""})
    assert done["Location"].endswith(f"/change/{kept}")
