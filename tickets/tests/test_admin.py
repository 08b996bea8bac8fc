"""The queues in the admin."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from accounts.models import Team
from conftest import PASSWORD
from core.lifecycle import change, create, mark, perform
from core.models import Event
from tests.conformance.admin_forms import as_shown
from tickets.models import CannedReply, ChecklistItem, Tag, Ticket, WorkOrder
from tickets.tests.making import ordered, report, through

QUEUE = "/admin/tickets/ticket/"
WORK = "/admin/tickets/workorder/"


@pytest.fixture
def desk(ben):
    """Ben's browser, in which he is signed in."""
    browser = Client()
    page = browser.post(reverse("portal:sign-in"), {"email": ben.email, "password": PASSWORD})
    assert page.status_code == 302, page.content
    return browser


def found(desk, **parameters):
    """The titles in the queue."""
    page = desk.get(QUEUE, parameters)
    return {ticket.title for ticket in page.context["cl"].result_list}


def test_the_queue_costs_the_same_whatever_is_in_it(desk, ann, django_assert_max_num_queries):
    for _ in range(10):
        report(ann)

    with django_assert_max_num_queries(10):
        page = desk.get(QUEUE).content.decode()

    assert page.count("The lamp is dark</a>") == 10


def test_the_queue_is_filtered_and_searched(desk, ann, ben, ada):
    create(Tag(slug="vpn"), actor=ben)
    team = create(Team(name="Night shift"), actor=None)
    lamp, tunnel = report(ann, title="Lamp"), report(ann, title="Tunnel")
    change(tunnel, actor=ben, tags=["vpn"])
    triage = {"priority": "urgent", "team": team}
    through(tunnel, (ben, "triage", triage), (ben, "assign", {"assignee": ben}))
    mark(lamp, "breached", escalation="breached")

    for only_lamp in (
        {"q": str(lamp)},
        {"q": "lamp"},
        {"status__exact": "new"},
        {"assignee": "none"},
        {"escalation__exact": "breached"},
    ):
        assert found(desk, **only_lamp) == {"Lamp"}, only_lamp
    for only_tunnel in (
        {"priority__exact": "urgent"},
        {"team__id__exact": team.pk},
        {"assignee": "me"},
        {"tag": "vpn"},
    ):
        assert found(desk, **only_tunnel) == {"Tunnel"}, only_tunnel
    assert found(desk, overdue="yes") == set()


def test_many_are_assigned_at_once(desk, ann, ben, carl):
    open_ones = [report(ann) for _ in range(2)]
    ended = perform(report(ann), "cancel", actor=ann, reason="It was the bulb.")
    chosen = {"action": "assign", ACTION_CHECKBOX_NAME: [each.pk for each in [*open_ones, ended]]}

    assert "Assignee" in desk.post(QUEUE, chosen).content.decode()
    given = {"confirmed": "1", "assignee": carl.pk, "note": "Your street."}
    page = desk.post(QUEUE, {**chosen, **given}, follow=True).content.decode()

    assert {each.assignee for each in Ticket.objects.exclude(pk=ended.pk)} == {carl}
    assert Event.of(open_ones[0]).last().note == "Your street."
    assert "Assign: 2 of 3." in page
    assert f"{ended}: It is cancelled" in page


def test_many_are_handed_to_another_team(desk, ann, ben):
    team = create(Team(name="Night shift"), actor=None)
    tickets = [perform(report(ann), "assign", actor=ben, assignee=ben) for _ in range(2)]
    chosen = {"action": "transfer", ACTION_CHECKBOX_NAME: [each.pk for each in tickets]}

    desk.post(QUEUE, {**chosen, "confirmed": "1", "team": team.pk})

    assert {(each.team, each.assignee) for each in Ticket.objects.all()} == {(team, None)}


def test_a_ticket_shows_its_work_and_the_way_to_more(desk, ann, ben):
    ticket = report(ann)
    work_order = ordered(ben, ticket=ticket, title="Change the fuse")

    page = desk.get(f"{QUEUE}{ticket.pk}/change/").content.decode()
    assert f'<a href="{WORK}{work_order.pk}/change/">{work_order}</a>' in page
    assert f"{WORK}add/?ticket={ticket.pk}" in page

    form = as_shown(desk.get(f"{WORK}add/", {"ticket": ticket.pk}))
    made = desk.post(f"{WORK}add/", {**form, "title": "Look at the cable"})
    assert made.status_code == 302
    assert WorkOrder.objects.get(title="Look at the cable").ticket == ticket


def test_what_has_ended_offers_no_more_work(desk, ann):
    ticket = perform(report(ann), "cancel", actor=ann, reason="It was the bulb.")

    assert f"{WORK}add/?ticket" not in desk.get(f"{QUEUE}{ticket.pk}/change/").content.decode()


def test_a_survivor_shows_the_way_to_its_duplicates(desk, ann, zoe, ben):
    survivor, duplicate = report(ann), report(zoe, title="Dark in the hall")
    perform(duplicate, "merge", actor=ben, merged_into=survivor)

    page = desk.get(f"{QUEUE}{survivor.pk}/change/").content.decode()
    assert f'<a href="{QUEUE}{duplicate.pk}/change/">{duplicate}</a> Dark in the hall' in page
    page = desk.get(f"{QUEUE}{duplicate.pk}/change/").content.decode()
    assert f'<a href="{QUEUE}{survivor.pk}/change/">{survivor}</a>' in page


def test_tags_are_chosen_from_the_vocabulary(desk, ann, ben):
    for slug in ("vpn", "laptop"):
        create(Tag(slug=slug), actor=ben)
    ticket = report(ann)
    url = f"{QUEUE}{ticket.pk}/change/"
    form = as_shown(desk.get(url))

    refused = desk.post(url, {**form, "tags": ["lift"]})
    assert "tags" in refused.context["adminform"].form.errors
    desk.post(url, {**form, "tags": ["vpn", "laptop"]})

    ticket.refresh_from_db()
    assert ticket.tags == ["laptop", "vpn"]


@pytest.fixture
def visit(ann, ben):
    """A work order with two points; ben is there."""
    work_order = through(
        ordered(ben, ticket=report(ann)), (ben, "dispatch", {"assignee": ben}), (ben, "start")
    )
    for text, is_required in (("Main switch off", True), ("Take a picture", False)):
        item = ChecklistItem(work_order=work_order, text=text, is_required=is_required)
        create(item, actor=ben)
    return work_order


def test_points_are_ticked_added_and_taken_away_on_the_page(desk, ben, visit):
    url = f"{WORK}{visit.pk}/change/"
    first, second = visit.checklist.order_by("pk")
    form = as_shown(desk.get(url))
    more = {
        "checklist-0-is_ticked": "on",
        "checklist-1-DELETE": "on",
        "checklist-TOTAL_FORMS": 3,
        "checklist-2-position": 2,
        "checklist-2-text": "Lamp in",
        "checklist-2-is_required": "on",
    }

    assert desk.post(url, {**form, **more}).status_code == 302

    first.refresh_from_db()
    assert (first.status, first.ticked_by) == ("done", ben)
    assert [event.action for event in Event.of(first)] == ["created", "tick"]
    assert [event.action for event in Event.of(second)] == ["created", "deleted"]
    assert list(visit.checklist.order_by("pk").values_list("text", flat=True)) == [
        "Main switch off",
        "Lamp in",
    ]


@pytest.mark.parametrize(
    "loosened", [{"checklist-0-DELETE": "on"}, {"checklist-0-is_required": ""}]
)
def test_once_the_work_has_begun_the_page_says_that_what_is_required_stays(desk, visit, loosened):
    url = f"{WORK}{visit.pk}/change/"
    first = visit.checklist.order_by("pk").first()

    form = as_shown(desk.get(url)) | loosened
    answer = desk.post(
        url, {name: value for name, value in form.items() if value != ""}, follow=True
    )

    assert "The work has begun: only an admin lets a required point go." in answer.content.decode()
    first.refresh_from_db()
    assert first.is_required


def test_what_was_ticked_is_unticked_and_edited_at_once(desk, ben, visit):
    first = visit.checklist.order_by("pk").first()
    perform(first, "tick", actor=ben)
    url = f"{WORK}{visit.pk}/change/"
    form = as_shown(desk.get(url))
    form.pop("checklist-0-is_ticked")

    desk.post(url, {**form, "checklist-0-text": "Both switches off"})

    first.refresh_from_db()
    assert (first.status, first.text) == ("open", "Both switches off")
    actions = [event.action for event in Event.of(first)]
    assert actions == ["created", "tick", "untick", "changed"]


def test_the_checklist_of_ended_work_is_only_shown(desk, ben, visit):
    for item in visit.checklist.all():
        perform(item, "tick", actor=ben)
    perform(visit, "complete", actor=ben, completion_notes="Done.")

    page = desk.get(f"{WORK}{visit.pk}/change/").content.decode()

    assert "Main switch off" in page
    assert "checklist-0-text" not in page


def test_an_agent_keeps_the_vocabulary(desk, ben):
    desk.post("/admin/tickets/tag/add/", {"slug": "vpn", "is_active": "on"})
    tag = Tag.objects.get()
    url = f"/admin/tickets/tag/{tag.pk}/change/"

    page = desk.get(url)
    assert "slug" not in page.context["adminform"].form.fields
    desk.post(url, {**as_shown(page), "description": "Getting in."})

    tag.refresh_from_db()
    assert (tag.slug, tag.description) == ("vpn", "Getting in.")


def test_the_queue_shows_what_is_open_until_something_else_is_asked_for(desk, ann):
    report(ann, title="Lamp")
    ended = perform(report(ann, title="Bulb"), "cancel", actor=ann, reason="It was the switch.")

    assert found(desk) == {"Lamp"}
    assert found(desk, status__exact="all") == {"Lamp", "Bulb"}
    assert found(desk, status__exact="cancelled") == {"Bulb"}
    assert found(desk, status__exact="no such") == set()
    assert found(desk, q=str(ended)) == {"Bulb"}


def test_what_is_late_is_marked_as_long_as_it_is_open(desk, ann):
    late = report(ann)
    mark(late, "promised", due_at=late.created_at - timedelta(days=1))
    assert ">Overdue</span>" in desk.get(QUEUE).content.decode()

    perform(late, "cancel", actor=ann, reason="It was the bulb.")
    assert ">Overdue</span>" not in desk.get(QUEUE, {"status__exact": "all"}).content.decode()


def test_whoever_adds_a_ticket_reports_for_themselves_at_first(desk, ben):
    assert desk.get(f"{QUEUE}add/").context["adminform"].form["requester"].value() == ben.pk


def test_canned_replies_are_filled_in_beside_the_comment(desk, ann, ben):
    ticket, elsewhere = report(ann), create(Team(name="Night shift"), actor=None)
    hello = "Hello {{ requester.first_name }}, see {{ ticket.reference }}."
    create(CannedReply(title="On it", body=hello), actor=ben)
    create(CannedReply(title="Old", body="Old.", is_active=False), actor=ben)
    create(CannedReply(title="Theirs", body="Theirs.", team=elsewhere), actor=ben)

    page = desk.get(f"{QUEUE}{ticket.pk}/change/")

    assert page.context["replies"] == [("On it", f"Hello Ann, see {ticket}.")]
    assert f'<option value="Hello Ann, see {ticket}.">On it</option>' in page.content.decode()


def test_the_page_of_an_item_is_headed_by_its_title(desk, ann):
    ticket = report(ann, title="Dark <hall>")

    page = desk.get(f"{QUEUE}{ticket.pk}/change/").content.decode()

    assert f"<h1>{ticket} Dark &lt;hall&gt;</h1>" in page
