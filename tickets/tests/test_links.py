"""What one ticket has to do with another, told from both ends; requests have a story of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from conftest import PASSWORD
from core.errors import ConditionUnmet, Conflict, InvalidInput, NotPermitted, Refused
from core.lifecycle import create, remove
from core.models import Event
from tickets.linking import WORDS, LinkKind
from tickets.models import Link
from tickets.tests.making import ordered, report

OF = "/api/tickets/{}/links/"
LINKS = "/api/links/"


@pytest.fixture
def tickets(ann):
    """Makes so many tickets of ann."""
    return lambda count: [report(ann, title=f"Lamp {number}") for number in range(count)]


@pytest.fixture
def link(ben):
    """Ben links two: `link(lamp, "blocks", fuse)`."""
    return lambda item, word, other: create(Link.between(item, word, other), actor=ben)


def told(client, item):
    """What the item says of others."""
    rows = client.get(OF.format(item)).json()["results"]
    return [(row["kind"], row["item"]["reference"]) for row in rows]


@pytest.mark.parametrize(
    ("word", "inverse"),
    [
        ("blocks", "blocked_by"),
        ("blocked_by", "blocks"),
        ("duplicates", "duplicated_by"),
        ("duplicated_by", "duplicates"),
        ("relates_to", "relates_to"),
    ],
)
def test_each_end_tells_it_in_its_own_words(as_, ben, tickets, word, inverse):
    (lamp, fuse), desk = tickets(2), as_(ben)

    made = desk.post(OF.format(lamp), {"kind": word, "item": fuse.reference}, format="json")

    assert made.status_code == 201, made.content
    [row] = desk.get(OF.format(lamp)).json()["results"]
    shown = {"id": fuse.pk, "reference": fuse.reference, "title": "Lamp 1", "status": "new"}
    assert (row["id"], row["kind"], row["item"]) == (made.json()["id"], word, shown)
    assert told(desk, fuse) == [(inverse, lamp.reference)]


def test_the_flat_list_has_both_ends(as_, ann, ben, tickets, link):
    lamp, fuse = tickets(2)
    made = link(lamp, "blocked_by", fuse)

    [row] = as_(ann).get(LINKS).json()["results"]

    assert (row["id"], row["kind"]) == (made.pk, "blocks")
    assert (row["source"]["reference"], row["target"]["reference"]) == (str(fuse), str(lamp))
    assert as_(ann).get(LINKS, {"kind": "duplicates"}).json()["results"] == []


def test_a_link_exists_for_those_who_see_both_ends(as_, ann, zoe, ben, link):
    lamp, desk, fuse = report(ann), report(zoe), report(ann)
    link(lamp, "relates_to", desk)
    common = link(lamp, "blocked_by", fuse)

    assert told(as_(ann), lamp) == [("blocked_by", str(fuse))]
    assert [row["id"] for row in as_(ann).get(LINKS).json()["results"]] == [common.pk]
    assert as_(zoe).get(LINKS, {"include": "count"}).json()["count"] == 0
    assert as_(zoe).get(OF.format(lamp)).status_code == 404
    assert told(as_(zoe), desk) == []
    assert len(told(as_(ben), lamp)) == 2


def test_agents_link_and_take_away_and_requesters_look(as_, ann, ben, tickets, link):
    lamp, fuse = tickets(2)
    with pytest.raises(NotPermitted):
        create(Link.between(lamp, "blocks", fuse), actor=ann)
    made = link(lamp, "blocks", fuse)
    place = f"{LINKS}{made.pk}/"

    assert as_(ann).delete(place).status_code == 403
    assert as_(ben).delete(place).status_code == 204
    assert as_(ben).get(place).status_code == 404
    assert told(as_(ben), lamp) == []


def test_the_history_says_what_was_linked_also_when_it_is_gone(ben, tickets, link):
    lamp, fuse = tickets(2)
    made = link(lamp, "blocked_by", fuse)
    gone = Link(pk=made.pk)

    remove(made, actor=ben)

    events = [(each.action, each.actor, each.note) for each in Event.of(gone)]
    assert events == [("created", ben, f"{fuse} blocks {lamp}"), ("deleted", ben, "")]


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_linked_with_itself(tickets, link, word):
    [lamp] = tickets(1)

    with pytest.raises(InvalidInput, match="itself"):
        link(lamp, word, lamp)


@pytest.mark.parametrize("word", WORDS)
def test_two_are_linked_once_in_one_way(tickets, link, word):
    lamp, fuse = tickets(2)
    kind = LinkKind(link(lamp, word, fuse).kind)
    inverse = kind.inverse if kind == word else kind.value

    for again in ((lamp, word, fuse), (fuse, inverse, lamp)):
        with pytest.raises(InvalidInput, match="already"):
            link(*again)
    assert Link.objects.count() == 1


def test_other_kinds_may_stand_beside_it(tickets, link):
    lamp, fuse = tickets(2)

    assert link(lamp, "blocks", fuse).pk != link(lamp, "relates_to", fuse).pk


@pytest.mark.parametrize("word", ["blocks", "duplicates"])
def test_no_circle(tickets, link, word):
    chain = tickets(4)
    for item, other in pairwise(chain):
        link(item, word, other)

    with pytest.raises(ConditionUnmet, match=f"{chain[0]} {word} {chain[3]} already"):
        link(chain[3], word, chain[0])
    assert link(chain[0], word, chain[3]).pk
    assert link(chain[3], "relates_to", chain[0]).pk


def test_only_tickets_and_requests_are_linked(as_, ben, tickets, link):
    [lamp] = tickets(1)
    order = ordered(ben)

    with pytest.raises(InvalidInput, match="Only tickets and requests"):
        link(lamp, "relates_to", order)
    for item in (str(order), str(lamp.pk), lamp.pk, "", "LAMP-1", None):
        body = {"kind": "relates_to", "item": item}
        answer = as_(ben).post(OF.format(lamp), body, format="json")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "item")


def test_what_one_does_not_see_cannot_be_linked(as_, zoe, ben, tickets, link):
    [lamp] = tickets(1)
    own = report(zoe)
    body = {"kind": "relates_to", "item": lamp.reference}

    hidden = as_(zoe).post(OF.format(own), body, format="json")
    absent = as_(zoe).post(OF.format(own), body | {"item": "TCK-987654"}, format="json")

    assert hidden.status_code == absent.status_code == 400
    assert hidden.json()["errors"] == absent.json()["errors"]
    with pytest.raises(InvalidInput):
        link(lamp, "blocks", type(lamp)(pk=987_654))


def test_the_database_holds_what_the_rules_rest_on(tickets, link):
    lamp, fuse = tickets(2)
    link(lamp, "relates_to", fuse)
    wrong = [
        Link.between(lamp, "relates_to", fuse),
        Link.between(lamp, "blocks", lamp),
        Link(kind="relates_to", **ends(fuse, lamp)),
        Link(kind="blocks", **ends(lamp, fuse) | {"target_type": "tickets.workorder"}),
        Link(kind="loves", **ends(lamp, fuse)),
    ]

    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            each.save()


def ends(source, target):
    return {
        "source_type": "tickets.ticket",
        "source_id": source.pk,
        "target_type": "tickets.ticket",
        "target_id": target.pk,
    }


def test_the_links_of_an_item_cost_one_statement(
    as_, ben, tickets, link, django_assert_num_queries
):
    lamp, *others = tickets(30)
    for number, other in enumerate(others):
        link(lamp, WORDS[number % len(WORDS)], other)
    desk = as_(ben)

    for url in (OF.format(lamp), LINKS):
        with django_assert_num_queries(2):  # who asks, and the rows
            assert len(desk.get(url, {"limit": 100}).json()["results"]) == 29


@pytest.fixture
def desk(ben):
    """Ben's browser in the admin."""
    browser = Client()
    browser.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    return browser


def test_the_page_of_a_ticket_lists_its_links(desk, tickets, link):
    lamp, fuse = tickets(2)
    link(fuse, "blocks", lamp)

    page = desk.get(f"/admin/tickets/ticket/{lamp.pk}/change/").content.decode()

    way = f'<a href="/admin/tickets/ticket/{fuse.pk}/change/">{fuse.reference}</a>'
    assert f"<div>blocked by {way} Lamp 1</div>" in page


def test_links_are_taken_away_in_the_admin(desk, ben, tickets, link):
    lamp, fuse = tickets(2)
    made = link(lamp, "blocks", fuse)
    page = desk.get("/admin/tickets/link/").content.decode()
    assert f"{lamp} blocks {fuse}" in page

    desk.post("/admin/tickets/link/", {"action": "take_away", "_selected_action": [made.pk]})

    assert not Link.objects.exists()
    assert Event.of(Link(pk=made.pk)).last().actor == ben


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [2, 3, 4])
def test_many_at_once_close_no_circle(ben, tickets, size):
    # Two of the four share no end: whoever only locked the ends would let them all pass.
    connection.close()
    for _ in range(15):
        ring = tickets(size)
        steps = [(ring[place], ring[(place + 1) % size]) for place in range(size)]

        refused = at_once(ben, steps)

        assert Link.objects.filter(source_id__in=[item.pk for item in ring]).count() == size - 1
        assert [type(each) for each in refused if each] == [ConditionUnmet]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_many_at_once_link_two_once(ben, tickets):
    connection.close()
    for _ in range(15):
        lamp, fuse = tickets(2)

        refused = at_once(ben, [(lamp, fuse)] * 4)

        assert Link.objects.filter(source_id=lamp.pk).count() == 1
        assert len([each for each in refused if isinstance(each, InvalidInput | Conflict)]) == 3


def at_once(agent, steps):
    """The agent says of each pair, all at once, that the first blocks the second: the refusals."""
    start = Barrier(len(steps))

    def run(step):
        start.wait()
        try:
            create(Link.between(step[0], "blocks", step[1]), actor=agent)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))
