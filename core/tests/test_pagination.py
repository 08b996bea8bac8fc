"""Keyset pages: walking there and back shows every row once, in order, whatever else happens."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Left, NullIf
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.api.ordering import Ordering
from core.api.pagination import COUNT_CAP, KeysetPagination
from core.errors import InvalidCursor, InvalidInput
from core.models import IdempotencyKey

LETTER = Left("name", 1)


class Groups:
    """A list whose rows share letters, some of which count as none."""

    orderings = {
        "name": Ordering("name"),
        "letter": Ordering(LETTER),
        "mark": Ordering(NullIf(LETTER, Value("-")), nullable=True),
        "id": Ordering("id"),
    }
    default_ordering = "name"
    includes = frozenset({"count"})


def page(url="/api/groups/", *, queryset=None, view=Groups):
    request = Request(APIRequestFactory().get(url))
    paginator = KeysetPagination()
    rows = paginator.paginate_queryset(
        Group.objects.all() if queryset is None else queryset, request, view
    )
    return paginator.get_paginated_response([row.pk for row in rows]).data


def walk(url, link="next"):
    pages = []
    while url:
        pages.append(page(url))
        url = pages[-1][link]
    return pages


def add(*names):
    Group.objects.bulk_create(Group(name=name) for name in names)


@pytest.fixture
def groups(db):
    add("a1", "a2", "b1", "-1", "-2", "c1", "c2")


def expected(key, *, descending=False):
    """What the pages together must show, worked out in Python; empty values always last."""

    def letter(group):
        return group.name[0]

    by = {"name": lambda g: g.name, "letter": letter, "mark": letter, "id": lambda g: g.pk}[key]
    rows = sorted(Group.objects.all(), key=lambda g: (by(g), g.pk), reverse=descending)
    if key == "mark":
        rows = sorted(rows, key=lambda g: letter(g) == "-")
    return [row.pk for row in rows]


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    letters=st.text("-ab", max_size=12),
    limit=st.integers(1, 6),
    key=st.sampled_from(["letter", "mark", "id"]),
    descending=st.booleans(),
)
def test_there_and_back_again(letters, limit, key, descending):
    Group.objects.all().delete()
    add(*(f"{letter}{place}" for place, letter in enumerate(letters)))
    url = f"/api/groups/?limit={limit}&ordering={'-' if descending else ''}{key}"

    there = walk(url)
    back = walk(there[-1]["previous"], "previous")

    order = expected(key, descending=descending)
    assert [pk for each in there for pk in each["results"]] == order
    assert all(len(each["results"]) == limit for each in there[:-1])
    before_last = [pk for each in reversed(back) for pk in each["results"]]
    assert before_last == order[: len(order) - len(there[-1]["results"])]


def test_the_first_page_has_no_previous_and_the_last_no_next(groups):
    pages = walk("/api/groups/?limit=3")

    assert [bool(each["previous"]) for each in pages] == [False, True, True]
    assert pages[-1]["next"] is None
    assert page(pages[1]["previous"])["previous"] is None
    assert page(pages[1]["previous"])["results"] == pages[0]["results"]


def test_rows_that_come_and_go_move_no_others(groups):
    first = page("/api/groups/?limit=3&ordering=id")
    Group.objects.filter(pk=first["results"][-1]).delete()
    add("new")

    rest = [pk for each in walk(first["next"]) for pk in each["results"]]

    assert rest == expected("id")[2:]


def test_a_page_that_emptied_leads_back(groups):
    second = page(page("/api/groups/?limit=5&ordering=id")["next"])
    url = page("/api/groups/?limit=5&ordering=id")["next"]
    Group.objects.filter(pk__in=second["results"]).delete()

    empty = page(url)

    assert (empty["results"], empty["next"]) == ([], None)
    assert page(empty["previous"])["results"] == expected("id")


def test_links_keep_what_was_asked_for(groups):
    link = page("/api/groups/?limit=2&ordering=-name")["next"]

    parameters = parse_qs(urlsplit(link).query)
    assert link.startswith("http://testserver/api/groups/?")
    assert (parameters["limit"], parameters["ordering"]) == (["2"], ["-name"])


def test_a_cursor_only_fits_its_own_list(groups):
    cursor = parse_qs(urlsplit(page("/api/groups/?limit=2")["next"]).query)["cursor"][0]

    for other in (
        f"/api/teams/?cursor={cursor}",
        f"/api/groups/?cursor={cursor}&ordering=id",
        f"/api/groups/?cursor={cursor}&letter=a",
        f"/api/groups/?cursor={cursor}x",
        f"/api/groups/?cursor={cursor[2:]}",
        "/api/groups/?cursor=",
        "/api/groups/?cursor=%00%ff",
    ):
        with pytest.raises(InvalidCursor):
            page(other)
    assert page(f"/api/groups/?limit=4&cursor={cursor}")["results"]


def test_moments_survive_the_cursor(ann):
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for place in range(5):
        created_at = noon + timedelta(microseconds=place // 2)
        IdempotencyKey.objects.create(caller=ann, key=str(place), created_at=created_at)

    class Keys(Groups):
        orderings = {"created_at": Ordering("created_at")}
        default_ordering = "-created_at"

    seen, url = [], "/api/keys/?limit=1"
    while url:
        answer = page(url, queryset=IdempotencyKey.objects.all(), view=Keys)
        seen, url = [*seen, *answer["results"]], answer["next"]

    rows = IdempotencyKey.objects.order_by("-created_at", "-pk")
    assert seen == [row.pk for row in rows]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.0", "ten", "", "٣", "1000"])
def test_a_page_has_one_to_a_hundred_rows(groups, limit):
    with pytest.raises(InvalidInput) as refused:
        page(f"/api/groups/?limit={limit}")

    assert refused.value.errors[0].field == "limit"


@pytest.mark.parametrize("ordering", ["password", "-", "--name", "name,id", "name__x", "pk"])
def test_an_unknown_order_is_refused(groups, ordering):
    with pytest.raises(InvalidInput) as refused:
        page(f"/api/groups/?ordering={ordering}")

    assert refused.value.errors[0].field == "ordering"


def test_a_page_is_one_statement_and_a_count_one_more(groups, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert "count" not in page()

    with django_assert_num_queries(2):
        answer = page("/api/groups/?include=count&limit=2")
    assert (answer["count"], answer["count_capped"]) == (7, False)


def test_counting_ends_at_the_cap(groups, monkeypatch):
    monkeypatch.setattr("core.api.pagination.COUNT_CAP", 5)

    answer = page("/api/groups/?include=count")

    assert (answer["count"], answer["count_capped"]) == (5, True)
    assert COUNT_CAP == 10_000


def test_a_deep_page_starts_in_the_index(groups):
    """The leading range is what the database can look up; without it, it would read all before."""
    url = page("/api/groups/?limit=2&ordering=name")["next"]

    with CaptureQueriesContext(connection) as queries:
        page(url)

    assert '"name" >= ' in queries[0]["sql"]


def test_only_a_page_over_the_seam_is_two_statements(groups, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = page("/api/groups/?limit=4&ordering=-mark")
    with django_assert_num_queries(2):
        second = page(first["next"])

    assert first["results"] + second["results"] == expected("mark", descending=True)


def test_rows_may_be_dictionaries(groups):
    request = Request(APIRequestFactory().get("/api/groups/?limit=3&ordering=mark"))
    paginator = KeysetPagination()

    rows = paginator.paginate_queryset(Group.objects.values("id", "name"), request, Groups)

    following = page(paginator.next_link())["results"]
    assert [row["id"] for row in rows] + following == expected("mark")[:6]


def test_the_description_of_a_page_knows_null_by_its_3_1_name():
    schema = KeysetPagination().get_paginated_response_schema({"type": "array"})

    assert schema["properties"]["next"]["type"] == ["string", "null"]
    assert "nullable" not in str(schema)
