"""A new ticket finds its team, and sometimes somebody in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Team, TeamMember
from conftest import PASSWORD
from core.errors import NotPermitted
from core.lifecycle import change, create, perform
from core.models import Event
from tickets.models import RoutingRule, Tag, Ticket
from tickets.tests.making import report, resolved

Category = Ticket._meta.get_field("category").related_model
URL = "/api/routing-rules/"


@pytest.fixture
def team(ada):
    """Makes a team of these people: `team("Workshop", ben, carl)`."""

    def make(name, *members):
        made = create(Team(name=name), actor=ada)
        for member in members:
            create(TeamMember(team=made, user=member), actor=ada)
        return made

    return make


@pytest.fixture
def rule(ada):
    """Makes a rule: `rule("Hardware", team=workshop, category=hardware)`."""
    return lambda name, **fields: create(RoutingRule(name=name, **fields), actor=ada)


@pytest.fixture
def category(ada):
    return lambda name: create(Category(name=name), actor=ada)


@pytest.fixture
def carl(person):
    return person("carl", role="agent")


def routed(ticket):
    """What the history says about the ticket's way to its team."""
    return Event.of(ticket).filter(action="routed").last()


def test_the_first_rule_that_fits_wins_and_says_why(ann, team, rule, category):
    tools, workshop, desk = category("Tools"), team("Workshop"), team("Desk")
    rule("Everything else", team=desk, position=9)
    rule("Broken tools", team=workshop, position=1, category=tools)

    ticket = report(ann, category=tools)

    assert ticket.team == workshop
    event = routed(ticket)
    assert (event.actor, event.changes) == (None, {"team": [None, workshop.pk]})
    assert event.note == 'Rule "Broken tools": category is Tools. Team: Workshop.'
    assert report(ann).team == desk


def test_all_that_a_rule_names_has_to_be_true(ann, zoe, ben, ada, team, rule):
    create(Tag(slug="vpn"), actor=ada)
    network, vpn = team("Network"), Tag.objects.get(slug="vpn")
    rule("Lawyers from outside", team=network, tag=vpn, department=zoe.department)

    assert report(ann).team is None
    assert report(zoe).team is None
    assert report(ben, requester=ann, tags=["vpn"]).team is None
    ticket = report(ben, requester=zoe, tags=["vpn"])
    assert ticket.team == network
    assert "tag is vpn and department is Legal." in routed(ticket).note


def test_among_equals_the_older_rule_is_asked_first(ann, team, rule):
    rule("First", team=team("One"))
    rule("Second", team=team("Two"))

    assert report(ann).team.name == "One"


def test_nothing_fits_and_nothing_happens(ann, team, rule, category):
    rule("Off", team=team("Desk"), is_active=False)
    rule("Others", team=team("Workshop"), category=category("Tools"))

    ticket = report(ann)

    assert ticket.team is None
    assert [event.action for event in Event.of(ticket)] == ["created"]


def test_who_says_whose_queue_it_is_is_believed(ben, team, rule):
    rule("Everything", team=team("Desk"))
    workshop = team("Workshop")

    ticket = create(Ticket(title="Drill", requester=ben, team=workshop), actor=None)

    assert ticket.team == workshop
    assert routed(ticket) is None


def test_each_in_turn(ann, ben, carl, person, team, rule):
    dora = person("dora", role="agent")
    desk = team("Desk", dora, ben, carl)
    rule("Everything", team=desk, distribution="round_robin")

    given = [report(ann).assignee for _ in range(4)]

    assert given == [ben, carl, dora, ben]
    assert routed(Ticket.objects.latest("pk")).note == (
        'Rule "Everything": it fits every ticket. Team: Desk. Ben is next in turn.'
    )


def test_the_turn_goes_on_behind_whoever_has_left(ann, ben, ada, carl, person, team, rule):
    dora = person("dora", role="agent")
    rule("Everything", team=team("Desk", ben, carl, dora), distribution="round_robin")
    assert [report(ann).assignee, report(ann).assignee] == [ben, carl]
    perform(carl, "deactivate", actor=ada)

    assert [report(ann).assignee, report(ann).assignee] == [dora, ben]


def test_whoever_has_the_fewest_open_tickets(ann, ben, carl, person, team, rule):
    dora = person("dora", role="agent")
    busy = rule("Everything", team=team("Desk", ben, carl, dora), distribution="least_loaded")
    assert [report(ann).assignee for _ in range(4)] == [ben, carl, dora, ben]

    done = Ticket.objects.filter(assignee=carl).get()
    resolved(done, carl)

    ticket = report(ann)
    assert ticket.assignee == carl
    assert "Carl has the fewest open tickets." in routed(ticket).note
    assert RoutingRule.objects.get(pk=busy.pk).version == 1


@pytest.mark.parametrize("distribution", ["round_robin", "least_loaded"])
def test_a_team_without_agents_gets_it_all_the_same(ann, tom, ada, carl, team, rule, distribution):
    desk = team("Desk", tom, carl)
    perform(carl, "deactivate", actor=ada)
    rule("Everything", team=desk, distribution=distribution)

    ticket = report(ann)

    assert (ticket.team, ticket.assignee) == (desk, None)
    assert routed(ticket).note.endswith("Team: Desk. Nobody in it can take it now.")


def test_only_admins_write_rules(ben, ada, team, rule):
    everything = rule("Everything", team=team("Desk"))

    with pytest.raises(NotPermitted):
        create(RoutingRule(name="Mine", team=everything.team), actor=ben)
    with pytest.raises(NotPermitted):
        change(everything, actor=ben, name="Mine")
    assert change(everything, actor=ada, name="All").name == "All"


def test_agents_read_rules_in_their_order_and_others_none(as_, ann, ben, team, rule):
    desk = team("Desk")
    later, first = rule("Later", team=desk, position=2), rule("First", team=desk, position=1)

    shown = as_(ben).get(URL).json()["results"]

    assert [each["id"] for each in shown] == [first.pk, later.pk]
    assert shown[0]["team"] == {"id": desk.pk, "name": "Desk"}
    assert as_(ann).get(URL).json()["results"] == []
    assert as_(ann).get(f"{URL}{first.pk}/").status_code == 404


def test_a_rule_is_tried_before_it_is_trusted(as_, ann, ada, team, rule, category):
    tools = category("Tools")
    rule("Broken tools", team=team("Workshop"), category=tools, distribution="round_robin")
    desk = as_(ada)

    won = desk.post(f"{URL}preview/", {"category": tools.pk, "tags": []}, format="json").json()
    lost = desk.post(f"{URL}preview/", {"department": ann.department_id}, format="json").json()

    assert won["rule"]["team"]["name"] == "Workshop"
    assert won["why"] == 'Rule "Broken tools": category is Tools.'
    assert lost == {"rule": None, "why": "No rule fits."}
    unknown = desk.post(f"{URL}preview/", {"tags": ["nowhere"]}, format="json")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (400, "does_not_exist")
    assert as_(ann).post(f"{URL}preview/", {}, format="json").status_code == 404


def test_the_admin_shows_rules_in_the_order_in_which_they_are_asked(ada, team, rule):
    desk, browser = team("Desk"), Client()
    for name, position in (("Later", 2), ("First", 1), ("Last", 2)):
        rule(name, team=desk, position=position)
    browser.post("/sign-in/", {"email": ada.email, "password": PASSWORD})

    page = browser.get("/admin/tickets/routingrule/")

    assert [str(each) for each in page.context["cl"].result_list] == ["First", "Later", "Last"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("distribution", ["round_robin", "least_loaded"])
def test_tickets_that_arrive_together_go_to_different_people(ann, person, team, rule, distribution):
    crew = [person(f"agent{number}", role="agent") for number in range(4)]
    rule("Everything", team=team("Desk", *crew), distribution=distribution)
    connection.close()

    for _ in range(10):
        given = at_once(len(crew), lambda: report(ann).assignee_id)
        assert sorted(given) == sorted(agent.pk for agent in crew)


def at_once(width, work):
    """What this many threads get when they start together."""
    start = Barrier(width)

    def run(_):
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(width) as pool:
        return list(pool.map(run, range(width)))
