"""Who sees which tickets, work orders and checklists."""

import pytest

from core.lifecycle import create, perform
from tickets.models import ChecklistItem, Ticket, WorkOrder
from tickets.policies import sees
from tickets.tests.making import ordered, report


@pytest.fixture
def planned(ben):
    """`planned(ticket=…)`: a work order with one point."""

    def plan(**parent):
        work_order = ordered(ben, **parent)
        item = ChecklistItem(work_order=work_order, text="Main switch off")
        return work_order, create(item, actor=ben)

    return plan


def seen(model, person):
    return set(model.objects.for_user(person))


def test_agents_see_all_tickets_and_others_their_own(ann, zoe, ben, ada):
    hers, reported_for_her, another = report(ann), report(ben, requester=ann), report(zoe)

    assert seen(Ticket, ann) == {hers, reported_for_her}
    assert seen(Ticket, zoe) == {another}
    assert seen(Ticket, ben) == seen(Ticket, ada) == {hers, reported_for_her, another}


def test_what_a_loaded_row_is_asked_is_what_the_queryset_asks(ann, zoe, ben, ada, mia):
    tickets = [report(ann), report(zoe), report(ben), report(ben, requester=mia)]

    for person in (ann, zoe, ben, ada, mia):
        assert {each for each in tickets if sees(each, person)} == seen(Ticket, person)


def test_whoever_sees_the_ticket_sees_its_work(planned, ann, zoe, mia, ben):
    work_order, item = planned(ticket=report(ann))

    for person, sees_it in ((ann, True), (ben, True), (zoe, False), (mia, False)):
        assert (work_order in seen(WorkOrder, person)) is sees_it
        assert (item in seen(ChecklistItem, person)) is sees_it


def test_work_for_nothing_in_particular_is_the_agents_own(planned, ann, ben):
    work_order, item = planned()

    assert seen(WorkOrder, ann) == seen(ChecklistItem, ann) == set()
    assert (seen(WorkOrder, ben), seen(ChecklistItem, ben)) == ({work_order}, {item})


def test_a_duplicate_shows_no_work_of_its_survivor(planned, ann, zoe, ben):
    survivor, duplicate = report(ann), report(zoe)
    planned(ticket=survivor)

    perform(duplicate, "merge", actor=ben, merged_into=survivor)

    assert seen(WorkOrder, zoe) == set()


def test_below_a_ticket_stands_its_work_and_no_other(planned, as_, ann, zoe, ben):
    ticket = report(ann)
    wanted = planned(ticket=ticket)[0]
    planned(ticket=report(ann))

    def below(person, item):
        answer = as_(person).get(f"/api/tickets/{item}/work-orders/")
        return answer.status_code, [row["id"] for row in answer.json().get("results", [])]

    assert below(ann, ticket) == below(ben, ticket) == (200, [wanted.pk])
    assert below(zoe, ticket) == below(ben, "TCK-987654") == (404, [])
    assert below(ann, report(ann)) == (200, [])


def test_work_is_planned_below_what_it_is_for(as_, ann, ben):
    ticket = report(ann)
    url = f"/api/tickets/{ticket}/work-orders/"

    made = as_(ben).post(url, {"title": "Change the fuse"})

    assert made.status_code == 201
    assert made["Location"].endswith(f"/api/work-orders/{made.json()['id']}/")
    assert made.json()["ticket"]["reference"] == str(ticket)
    assert as_(ben).post(url, {"title": "Again", "ticket": 1}).status_code == 400
    assert as_(ann).post(url, {"title": "Change the fuse"}).status_code == 403


def test_a_work_order_shows_its_checklist_in_order(as_, ann, ben):
    work_order = ordered(ben, ticket=report(ann))
    url = f"/api/work-orders/{work_order}/checklist/"
    agent = as_(ben)
    for position, text in ((2, "Lamp in"), (1, "Main switch off"), (2, "Main switch on")):
        assert agent.post(url, {"text": text, "position": position}).status_code == 201
    first = agent.get(url).json()["results"][0]
    agent.post(f"/api/checklist-items/{first['id']}/tick/")

    shown = as_(ann).get(f"/api/work-orders/{work_order}/").json()["checklist"]

    assert [row["text"] for row in shown] == ["Main switch off", "Lamp in", "Main switch on"]
    assert [row["status"] for row in shown] == ["done", "open", "open"]
    assert shown[0]["ticked_by"] == {"id": ben.pk, "name": "Ben"}
    assert shown[0]["ticked_at"].endswith("Z")
    assert (shown[1]["ticked_by"], shown[1]["ticked_at"]) == (None, None)


def test_a_point_that_is_not_needed_is_taken_away(as_, planned, ann, ben):
    work_order, item = planned(ticket=report(ann))
    url = f"/api/checklist-items/{item.pk}/"

    assert as_(ann).delete(url).status_code == 403
    assert as_(ben).delete(url).status_code == 204
    assert as_(ben).get(url).status_code == 404
    assert as_(ben).get(f"/api/work-orders/{work_order}/").json()["checklist"] == []
