"""Nothing in a list's address is silently ignored."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    OverdueFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterBackend,
    StrictFilterSet,
)
from core.api.pagination import KeysetPagination
from core.api.parameters import refuse_unknown_parameters, requested_includes
from core.errors import InvalidInput
from core.models import IdempotencyKey

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class KeyFilters(StrictFilterSet):
    caller = PersonFilter(field_name="caller")
    caller_id = ReferenceFilter(field_name="caller")
    state = ChoicesFilter(field_name="key", choices=[("new", "New"), ("done", "Done")])
    finished = StrictBooleanFilter(field_name="status", lookup_expr="isnull", exclude=True)
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    search = SearchFilter(fields=["key", "body"])


class Keys:
    filterset_class = KeyFilters
    pagination_class = KeysetPagination
    includes = frozenset({"count", "available_transitions"})
    extra_parameters = frozenset({"format"})


class Plain(Keys):
    filterset_class = None
    pagination_class = None


def request_of(query, user=None):
    request = Request(APIRequestFactory().get(f"/api/keys/?{query}"))
    request.user = user
    return request


def found(query, user=None, view=Keys):
    rows = StrictFilterBackend().filter_queryset(
        request_of(query, user), IdempotencyKey.objects.order_by("key"), view
    )
    return [row.key for row in rows]


def refused_fields(query, view=Keys):
    with pytest.raises(InvalidInput) as refused:
        found(query, view=view)
    return {(each.field, each.code) for each in refused.value.errors}


@pytest.fixture
def keys(ann, zoe):
    for caller, key, hours, status in (
        (ann, "new", 0, None),
        (ann, "done", 1, 200),
        (zoe, "old", 2, 201),
    ):
        IdempotencyKey.objects.create(
            caller=caller, key=key, status=status, created_at=NOON + timedelta(hours=hours)
        )


def test_without_filters_all_is_there(keys):
    assert found("") == ["done", "new", "old"]
    assert found("limit=5&cursor=x&ordering=key&include=count&format=csv") == ["done", "new", "old"]


def test_several_values_of_a_closed_set(keys):
    assert found("state=new") == ["new"]
    assert found("state=new&state=done") == ["done", "new"]
    assert refused_fields("state=new&state=gone") == {("state", "invalid_choice")}


def test_people(keys, ann, zoe):
    assert found("caller=me", ann) == ["done", "new"]
    assert found(f"caller={zoe.pk}", ann) == ["old"]
    assert found("caller=none", ann) == []
    assert found("caller=999999999", ann) == []


def test_related_rows(keys, ann):
    assert found(f"caller_id={ann.pk}") == ["done", "new"]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("created_after=2026-11-20T13:00:00Z", ["done", "old"]),
        ("created_before=2026-11-20T13:00:00Z", ["new"]),
        ("created_after=2026-11-20T15:00:00%2B02:00", ["done", "old"]),
        ("created_after=2026-11-20", ["done", "new", "old"]),
        ("created_before=2026-11-20", []),
    ],
)
def test_moments_begin_inclusive_and_end_exclusive(keys, query, rows):
    assert found(query) == rows


def test_every_word_has_to_be_found(keys):
    assert found("search=NE") == ["done", "new"]
    assert found("search=ne+d") == ["done"]
    assert found("search=100%25") == []
    assert found("search=") == ["done", "new", "old"]


def test_true_or_false(keys):
    assert found("finished=true") == ["done", "old"]
    assert found("finished=false") == ["new"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("caller=you", "caller"),
        ("caller=-1", "caller"),
        ("caller=99999999999999999999", "caller"),
        ("caller_id=me", "caller_id"),
        ("finished=1", "finished"),
        ("finished=True", "finished"),
        ("created_after=yesterday", "created_after"),
        ("created_after=2026-11-20T12:00:00", "created_after"),
        ("created_after=2026-11-20T12:00:00+01:00", "created_after"),
        ("created_after=2026-02-30", "created_after"),
        ("created_after=20261120", "created_after"),
        ("created_after=0001-01-01T00:00:00%2B14:00", "created_after"),
        ("created_before=9999-12-31T23:59:59-14:00", "created_before"),
        ("search=" + "x" * 201, "search"),
        ("search=a%00b", "search"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(query, field):
    assert {name for name, _ in refused_fields(query)} == {field}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("colour=red", "colour", "unknown_parameter"),
        ("caller__email=ann", "caller__email", "unknown_parameter"),
        ("Limit=5", "Limit", "unknown_parameter"),
        ("limit=5&limit=6", "limit", "repeated_parameter"),
        ("search=a&search=b", "search", "repeated_parameter"),
        ("caller=", "caller", "empty_parameter"),
        ("state=", "state", "empty_parameter"),
        ("=1", "", "unknown_parameter"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(query, field, code):
    assert refused_fields(query) == {(field, code)}


@pytest.mark.django_db
def test_all_that_is_wrong_is_named_at_once():
    assert {name for name, _ in refused_fields("a=1&b=2&limit=1")} == {"a", "b"}


@pytest.mark.django_db
def test_a_list_without_pages_knows_no_limit():
    assert refused_fields("limit=5", Plain) == {("limit", "unknown_parameter")}
    assert found("format=csv", view=Plain) == []


def test_a_detail_route_knows_no_parameters():
    refuse_unknown_parameters(request_of(""), known=())

    with pytest.raises(InvalidInput):
        refuse_unknown_parameters(request_of("fields=id"), known=())


def test_extras_are_a_closed_list():
    both = {"count", "available_transitions"}

    assert requested_includes(request_of("include=count,available_transitions"), Keys) == both
    assert (
        requested_includes(request_of("include=count&include=available_transitions"), Keys) == both
    )
    assert requested_includes(request_of(""), Keys) == set()
    for query in ("include=people", "include=count,", "include=count,,"):
        with pytest.raises(InvalidInput):
            requested_includes(request_of(query), Keys)


class Promises(QuerySet):
    def overdue(self, *, at):
        return self.filter(name=f"until {at.year - 1}")


def test_overdue_asks_the_queryset(db):
    Group.objects.create(name=f"until {datetime.now(UTC).year - 1}")
    Group.objects.create(name="for ever")
    overdue, groups = OverdueFilter(), Promises(Group)

    assert [group.name for group in overdue.filter(groups, False)] == ["for ever"]
    assert overdue.filter(groups, True).count() == 1
    assert overdue.filter(groups, None).count() == 2
