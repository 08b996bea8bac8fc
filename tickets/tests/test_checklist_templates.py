"""What always has to be done, written once and copied into each work order."""

import pytest
from django.test import Client

from conftest import PASSWORD
from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import change, create, perform, remove
from core.models import Event
from tests.conformance.admin_forms import as_shown
from tickets.models import ChecklistItem, ChecklistTemplate
from tickets.tests.making import ordered, report

URL = "/api/checklist-templates/"
POINTS = [{"text": "Main switch off"}, {"text": "Take a picture", "required": False}]


@pytest.fixture
def template(ada):
    """Makes a template of these points."""

    def make(items=POINTS, name="Server room", **fields):
        return create(ChecklistTemplate(name=name, items=items, **fields), actor=ada)

    return make


def points(work_order):
    """The checklist as it stands."""
    rows = work_order.checklist.order_by("position").values_list("position", "text", "is_required")
    return list(rows)


def test_a_work_order_begins_with_its_own_copies(ben, ada, template):
    plan = template()
    work_order = ordered(ben, checklist_template=plan)

    change(plan, actor=ada, items=[{"text": "Something else"}])

    assert points(work_order) == [(0, "Main switch off", True), (1, "Take a picture", False)]


def test_each_point_leaves_its_event(ben, template):
    work_order = ordered(ben, checklist_template=template())

    for point in work_order.checklist.all():
        assert [(each.action, each.actor) for each in Event.of(point)] == [("created", ben)]


def test_flowtrack_itself_makes_them_too(ben, template):
    work_order = ordered(None, checklist_template=template())

    assert len(points(work_order)) == 2


def test_points_are_appended_later_by_the_one_who_applies_them(as_, ben, template):
    work_order = ordered(ben)
    create(ChecklistItem(work_order=work_order, position=4, text="Ring the bell"), actor=ben)
    url = f"/api/work-orders/{work_order}/apply-checklist/"

    answer = as_(ben).post(url, {"template": template().pk}, format="json")

    assert answer.status_code == 200, answer.content
    shown = [(each["position"], each["text"]) for each in answer.json()["checklist"]]
    assert shown == [(4, "Ring the bell"), (5, "Main switch off"), (6, "Take a picture")]
    assert answer.json()["checklist_template"]["name"] == "Server room"
    last = Event.of(work_order).last()
    assert (last.action, last.actor, list(last.changes)) == ("changed", ben, ["checklist_template"])


def test_points_are_appended_on_the_admins_page(ben, template):
    work_order, browser = ordered(ben), Client()
    browser.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    url = f"/admin/tickets/workorder/{work_order.pk}/change/"

    form = as_shown(browser.get(url)) | {"checklist_template": template().pk}
    assert browser.post(url, form).status_code == 302

    assert [text for _, text, _ in points(work_order)] == ["Main switch off", "Take a picture"]


def test_applying_it_twice_adds_nothing(as_, ben, template):
    plan = template()
    work_order = ordered(ben, checklist_template=plan)
    url = f"/api/work-orders/{work_order}/apply-checklist/"

    assert as_(ben).post(url, {"template": plan.pk}, format="json").status_code == 200

    assert len(points(work_order)) == 2
    other = template(name="Roof")
    assert as_(ben).post(url, {"template": other.pk}, format="json").status_code == 200
    assert len(points(work_order)) == 4


def test_by_turns_they_add_nothing_either(as_, ben, ada, template):
    one, other = template(), template(name="Roof")  # the roof has a switch and a picture of its own
    work_order = ordered(ben)
    url = f"/api/work-orders/{work_order}/apply-checklist/"

    for plan in (one, other, one, other):
        assert as_(ben).post(url, {"template": plan.pk}, format="json").status_code == 200
    assert [text for _, text, _ in points(work_order)] == ["Main switch off", "Take a picture"] * 2

    change(one, actor=ada, items=[*POINTS, {"text": "Lock the door"}])
    assert as_(ben).post(url, {"template": one.pk}, format="json").status_code == 200
    assert points(work_order)[4:] == [(4, "Lock the door", True)]


def test_a_point_that_was_removed_can_be_fetched_again(ben, template):
    one, other = template(), template([{"text": "Ladder"}], name="Roof")
    work_order = ordered(ben, checklist_template=one)
    remove(work_order.checklist.get(text="Take a picture"), actor=ben)

    for plan in (other, one):
        work_order = change(work_order, actor=ben, checklist_template=plan)

    texts = [text for _, text, _ in points(work_order)]
    assert texts == ["Main switch off", "Ladder", "Take a picture"]


def test_what_has_ended_gets_no_more_points(as_, ben, template):
    work_order = perform(ordered(ben), "cancel", actor=ben, reason="It works again.")
    url = f"/api/work-orders/{work_order}/apply-checklist/"

    answer = as_(ben).post(url, {"template": template().pk}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "condition_unmet")
    with pytest.raises(ConditionUnmet):
        change(work_order, actor=ben, checklist_template=template(name="Roof"))
    assert points(work_order) == []


def test_only_agents_apply_and_see_which_it_was(as_, ann, zoe, ben, template):
    plan = template()
    work_order = ordered(ben, ticket=report(ann), checklist_template=plan)
    url = f"/api/work-orders/{work_order}/"

    shown = as_(ann).get(url).json()

    assert (len(shown["checklist"]), shown["checklist_template"]) == (2, None)
    refused = as_(ann).post(f"{url}apply-checklist/", {"template": plan.pk}, format="json")
    assert refused.json()["errors"][0]["code"] == "does_not_exist"
    with pytest.raises(NotPermitted):
        change(work_order, actor=ann, checklist_template=None)
    assert as_(zoe).post(f"{url}apply-checklist/", {}, format="json").status_code == 404


def test_what_is_no_longer_offered_is_not_chosen(as_, ben, template):
    old = template(is_active=False)
    with pytest.raises(InvalidInput):
        ordered(ben, checklist_template=old)
    work_order = ordered(ben)

    url = f"/api/work-orders/{work_order}/apply-checklist/"
    answer = as_(ben).post(url, {"template": old.pk}, format="json")

    assert answer.json()["errors"][0]["code"] == "does_not_exist"
    assert points(work_order) == []


def test_a_stale_page_applies_nothing(as_, ben, template):
    work_order = ordered(ben)
    url = f"/api/work-orders/{work_order}/apply-checklist/"
    stale = {"If-Match": f'"{work_order.pk}-{work_order.version - 1}"'}

    answer = as_(ben).post(url, {"template": template().pk}, format="json", headers=stale)

    assert answer.status_code == 412
    assert points(work_order) == []


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ({"text": "One"}, "Give a list"),
        (["One"], "Point 1: Give"),
        ([{"text": "One"}, {"txt": "Two"}], "Point 2: Give"),
        ([{"text": "One", "required": "yes"}], "Point 1: Give"),
        ([{"text": "One", "done": True}], "Point 1: Give"),
        ([{"text": 1}], "Point 1: Say"),
        ([{"text": "  "}], "Point 1: Say"),
        ([{"text": "x" * 301}], "Point 1: At most 300"),
        ([{"text": "One"}] * 101, "At most 100 points"),
    ],
)
def test_every_point_is_complete(template, items, words):
    with pytest.raises(InvalidInput, match=words):
        template(items)


def test_points_are_kept_whole(template):
    kept = template([{"text": " Main switch off "}, {"required": False, "text": "x" * 300}])

    assert kept.items == [
        {"text": "Main switch off", "required": True},
        {"text": "x" * 300, "required": False},
    ]


def test_admins_write_templates_agents_read_them_and_others_find_nothing(as_, ann, ben, ada):
    body = {"name": "Roof", "items": POINTS}

    made = as_(ada).post(URL, body, format="json")
    assert made.status_code == 201, made.content
    assert made.json()["items"][0] == {"text": "Main switch off", "required": True}
    assert as_(ben).get(made["Location"]).json()["items"] == made.json()["items"]
    assert as_(ben).patch(made["Location"], {"name": "Mine"}, format="json").status_code == 403
    assert as_(ann).get(made["Location"]).status_code == 404

    wrong = {"items": [{"text": "One", "done": True}, {"text": ""}]}
    refused = as_(ada).patch(made["Location"], wrong, format="json").json()["errors"]
    assert [each["field"] for each in refused] == ["items.0.done", "items.1.text"]
