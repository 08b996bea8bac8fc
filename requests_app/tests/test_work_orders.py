"""Work orders that hang on a request."""

import pytest

from core.errors import ConditionUnmet, InvalidInput
from core.lifecycle import create, perform
from requests_app.tests.making import ask
from tickets.models import ChecklistItem, WorkOrder
from tickets.tests.making import ordered, report


@pytest.fixture
def carried(request_of_ann, ben):
    """Somebody carries it up, once the lift is switched off."""
    work_order = ordered(ben, request=request_of_ann, title="Carry it up")
    create(ChecklistItem(work_order=work_order, text="Lift off"), actor=ben)
    return work_order


def test_whoever_sees_the_request_sees_its_work(carried, ann, zoe, mia, ben):
    for person, sees_it in ((ann, True), (mia, True), (ben, True), (zoe, False)):
        assert WorkOrder.objects.for_user(person).filter(pk=carried.pk).exists() is sees_it
        assert ChecklistItem.objects.for_user(person).exists() is sees_it


def test_work_is_planned_below_the_request(request_of_ann, as_, ann, zoe, mia, ben):
    url = f"/api/requests/{request_of_ann}/work-orders/"

    made = as_(ben).post(url, {"title": "Carry it up"})

    assert made.status_code == 201
    assert made["Location"].endswith(f"/api/work-orders/{made.json()['id']}/")
    assert made.json()["request"]["reference"] == str(request_of_ann)
    for person in (ann, mia, ben):
        rows = as_(person).get(url).json()["results"]
        assert [row["title"] for row in rows] == ["Carry it up"]
    assert as_(ann).post(url, {"title": "Carry it up"}).status_code == 403
    assert as_(zoe).get(url).status_code == as_(zoe).post(url, {}).status_code == 404


def test_it_is_found_by_its_request(carried, as_, ann, ben):
    ordered(ben)

    rows = as_(ben).get("/api/work-orders/", {"request": str(carried.request)}).json()["results"]

    assert [row["reference"] for row in rows] == [str(carried)]


def test_a_request_that_has_ended_gets_no_more_work(request_of_ann, ann, ben):
    ended = perform(request_of_ann, "cancel", actor=ann)

    with pytest.raises(ConditionUnmet, match="has ended: it gets no more work orders"):
        ordered(ben, request=ended)


def test_it_is_for_one_thing_at_most(ann, ben):
    with pytest.raises(InvalidInput, match="not both"):
        ordered(ben, ticket=report(ann), request=ask(ann))
