"""Whoever turns the pages of a list meets every row exactly once, in both directions."""

import pytest

from tests.conformance.discovery import every_surface
from tests.conformance.examples import example_of
from tests.effort import enough

ROWS, LIMIT, LONGER = 5, 2, enough(4, 2)


def ids(page):
    return [row["id"] for row in page["results"]]


def turned(client, url, way):
    """The pages from here, each the one that the page before names: `next` or `previous`."""
    pages = []
    while url:
        pages.append(client.get(url).json())
        url = pages[-1][way]
    return pages


def reader(people, surface):
    return getattr(people, example_of(surface.model).who)


def asked(surface, query):
    """The list with this query, and only what the example is about."""
    narrowed = example_of(surface.model).narrowed
    return f"{surface.url('list')}?{query}{'&' if narrowed else ''}{narrowed}"


@pytest.fixture
def filled(people):
    """A list with rows that share values: `filled(surface)`."""

    def fill(surface):
        for _ in range(ROWS):
            example_of(surface.model).make(people)

    return fill


@every_surface("list")
def test_forth_and_back_again(people, api, filled, surface):
    filled(surface)
    client = api(reader(people, surface))

    for ordering in (f"{sign}{name}" for name in surface.viewset.orderings for sign in ("", "-")):
        whole = ids(client.get(asked(surface, f"ordering={ordering}&limit=100")).json())
        limit = LIMIT if ordering == surface.viewset.default_ordering else LONGER
        pages = turned(client, asked(surface, f"ordering={ordering}&limit={limit}"), "next")
        back = turned(client, pages[-1]["previous"], "previous")

        assert len(set(whole)) == len(whole) >= ROWS
        assert [key for page in pages for key in ids(page)] == whole, ordering
        assert [key for page in (*reversed(back), pages[-1]) for key in ids(page)] == whole


@every_surface("list")
def test_descending_is_ascending_turned_around(people, api, filled, surface):
    filled(surface)
    client = api(reader(people, surface))

    for name, ordering in surface.viewset.orderings.items():
        up, down = (
            ids(client.get(asked(surface, f"ordering={s}{name}&limit=100")).json())
            for s in ("", "-")
        )
        assert ordering.nullable or up == down[::-1]
        assert sorted(map(str, up)) == sorted(map(str, down))


@pytest.mark.once
@every_surface("list")
def test_the_count_is_how_many_rows_there_are(people, api, filled, surface):
    filled(surface)
    page = api(reader(people, surface)).get(asked(surface, "include=count&limit=100")).json()

    assert (page["count"], page["count_capped"]) == (len(page["results"]), False)


@pytest.mark.once
@every_surface("list")
def test_a_cursor_fits_its_own_list_only(people, api, filled, surface):
    filled(surface)
    client, url = api(reader(people, surface)), surface.url("list")
    cursor = client.get(f"{url}?limit={LIMIT}").json()["next"].partition("cursor=")[2].split("&")[0]
    other = f"ordering={next(iter(surface.viewset.orderings))}"

    for query in (f"cursor={cursor[:-1]}", f"cursor=A{cursor}", f"cursor={cursor}&{other}"):
        answer = client.get(f"{url}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor"), query


@every_surface("list", "retrieve")
def test_a_row_of_a_list_shows_what_its_own_address_shows(people, api, surface):
    item, client = example_of(surface.model).make(people), api(reader(people, surface))

    alone = client.get(surface.url("retrieve", item.pk)).json()
    rows = client.get(f"{surface.url('list')}?limit=100").json()["results"]

    alone.pop("available_transitions", None)
    assert alone in rows
