"""Rows below an item, as in `/api/tickets/TCK-42/work-orders/`: made there, listed there, at a price that is known."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from tests.conformance.calls import call_of
from tests.conformance.discovery import api_routes, lists_below
from tests.conformance.test_query_counts import MOST, MOST_WITH_COUNT

ROWS = 3

every_list_below = pytest.mark.parametrize("route", lists_below(), ids=str)


@pytest.fixture
def made(people, api):
    """Makes some rows below an item: the call that lists them, its client, and the rows as answered.

    What is there from the beginning, as the first member of a project, comes first.
    """

    def make(route, count=ROWS):
        post = next(each for each in api_routes("POST") if each.pattern == route.pattern)
        call = call_of(post, people)
        client = api(call.by)
        bodies = (call_of(post, people).body for _ in range(count))
        there = client.get(call.url).json()["results"]
        rows = [replace(call, body=body).send(client).json() for body in bodies]
        return call, client, [*there, *rows]

    return make


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def price(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@every_list_below
def test_what_is_made_there_is_listed_there(made, people, api, route):
    call, client, rows = made(route)
    subject = next(each for each in api_routes("POST") if each.pattern == route.pattern).makes
    other = call_of(route, people.afresh())

    listed = client.get(call.url, {"include": "count"}).json()

    assert sorted(row["id"] for row in listed["results"]) == [row["id"] for row in rows]
    assert listed["count"] == len(rows) >= ROWS
    assert not {row["id"] for row in rows} & set(ids(api(people.ada).get(other.url)))
    events = Event.of(subject(pk=rows[-1]["id"]))
    assert [(event.action, event.actor) for event in events] == [("created", call.by)]


@pytest.mark.once
@every_list_below
def test_its_pages_are_turned_forth_and_back(made, route):
    call, client, _ = made(route)
    whole = ids(client.get(call.url))

    pages = [client.get(call.url, {"limit": 2})]
    while following := pages[-1].json()["next"]:
        pages.append(client.get(following))
    back = client.get(pages[-1].json()["previous"])

    assert [key for page in pages for key in ids(page)] == whole
    assert ids(back) == ids(pages[-2])


@pytest.mark.once
@every_list_below
def test_it_costs_the_same_for_one_row_and_for_some(made, people, api, route):
    one, client, _ = made(route, 1)
    some, _, _ = made(route)

    for reader in (client, api(people.ada)):
        assert price(reader, one.url) == price(reader, some.url) <= MOST
        assert price(reader, f"{some.url}?include=count") <= MOST_WITH_COUNT
