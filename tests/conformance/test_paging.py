"""Whoever turns the pages of a list meets every row exactly once, in both directions."""

import pytest

from tests.conformance.discovery import every_surface, surfaces
from tests.conformance.examples import example_of

ROWS, LIMIT = 5, 2


def orderings():
    for surface in surfaces():
        for name in surface.viewset.orderings if "list" in surface.routes else ():
            for sign in ("", "-"):
                yield pytest.param(surface, f"{sign}{name}", id=f"{surface} by {sign}{name}")


def ids(page):
    return [row["id"] for row in page["results"]]


def reader(people, surface):
    return getattr(people, example_of(surface.model).who)


@pytest.fixture
def filled(people):
    """A list with rows that share values: `filled(surface)`."""

    def fill(surface):
        for _ in range(ROWS):
            example_of(surface.model).make(people)

    return fill


@pytest.mark.parametrize(("surface", "ordering"), list(orderings()))
def test_forth_and_back_again(people, api, filled, surface, ordering):
    filled(surface)
    client = api(reader(people, surface))
    url = f"{surface.url('list')}?ordering={ordering}"
    whole = ids(client.get(f"{url}&limit=100").json())

    pages = [client.get(f"{url}&limit={LIMIT}").json()]
    while pages[-1]["next"]:
        pages.append(client.get(pages[-1]["next"]).json())
    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(client.get(back[-1]["previous"]).json())

    assert len(set(whole)) == len(whole) >= ROWS
    assert [key for page in pages for key in ids(page)] == whole
    assert [key for page in reversed(back) for key in ids(page)] == whole


@every_surface("list")
def test_descending_is_ascending_turned_around(people, api, filled, surface):
    filled(surface)
    client, url = api(reader(people, surface)), surface.url("list")

    for name, ordering in surface.viewset.orderings.items():
        up, down = (
            ids(client.get(f"{url}?ordering={s}{name}&limit=100").json()) for s in ("", "-")
        )
        assert ordering.nullable or up == down[::-1]
        assert sorted(map(str, up)) == sorted(map(str, down))


@every_surface("list")
def test_the_count_is_how_many_rows_there_are(people, api, filled, surface):
    filled(surface)
    page = api(reader(people, surface)).get(f"{surface.url('list')}?include=count&limit=100").json()

    assert (page["count"], page["count_capped"]) == (len(page["results"]), False)


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
