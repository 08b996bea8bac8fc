"""Figures are what a count by hand over the same rows gives, and lead to these rows."""

import math
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from core import clock
from dashboards.figures import FIGURES
from dashboards.question import Question
from requests_app.demo.seeder import seed
from requests_app.models import ServiceRequest
from requests_app.tests.making import ask, through

URL = "/api/dashboard/"
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)
EVERYBODY = ["admin", "agent", "approver", "requester", "other"]


@pytest.fixture
def house(db):
    """A small demo, as it stands on a Friday afternoon."""
    seed(people=10, requests=30, seed=7, until=NOW, tell=lambda line: None)
    return {user.email.partition("@")[0]: user for user in User.objects.all()}


def answer(name, user, **others):
    question = Question(**{"user": user, "now": NOW, "since": SINCE, "until": NOW} | others)
    return FIGURES[name](question)


def by_hand(user):
    rows = ServiceRequest.objects.for_display()
    departments = user.decides_for()
    return [
        row
        for row in rows
        if user.is_agent or row.requester_id == user.pk or row.department_id in departments
    ]


def waiting(rows):
    return sorted(
        (row for row in rows if row.status == "pending"), key=lambda row: (row.created_at, row.pk)
    )


def in_window(rows):
    return [row for row in rows if SINCE <= row.created_at < NOW]


def approval_times(rows):
    return sorted(
        (row.decided_at - row.created_at).total_seconds()
        for row in rows
        if row.decided_at and row.status != "denied" and SINCE <= row.decided_at < NOW
    )


def test_every_figure_and_every_part_of_it_is_what_a_count_by_hand_gives(house):
    for user in map(house.get, EVERYBODY):
        rows = by_hand(user)
        compare_parts(user, rows)
        times = approval_times(rows)
        assert answer("pending", user)["value"] == len(waiting(rows))
        assert answer("new_today", user)["value"] == sum(
            row.created_at.date() == NOW.date() for row in rows
        )
        average, p90 = answer("average_approval_time", user), answer("p90_approval_time", user)
        assert average["count"] == p90["count"] == len(times)
        if times:
            assert average["value"] == pytest.approx(sum(times) / len(times))
            assert p90["value"] == pytest.approx(times[math.ceil(0.9 * len(times)) - 1])
        else:
            assert average["value"] is p90["value"] is None
        oldest = [row["id"] for row in answer("oldest_waiting", user)["rows"]]
        assert oldest == [row.pk for row in waiting(rows)[:10]]


def compare_parts(user, rows):
    labels = {
        "by_status": lambda row: row.get_status_display(),
        "by_priority": lambda row: row.get_priority_display(),
        "by_category": lambda row: row.request_type.category.name,
        "by_department": lambda row: row.department.name,
    }

    for name, label in labels.items():
        parts = {row["label"]: row["count"] for row in answer(name, user)["rows"]}
        assert {key: count for key, count in parts.items() if count} == Counter(
            map(label, in_window(rows))
        )


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11])
def test_p90_is_the_nearest_rank(ann, mia, count):
    for number in range(count):
        with clock.at(NOW - timedelta(days=2)):
            request = ask(ann)
        with clock.at(NOW - timedelta(days=2) + timedelta(minutes=number + 1)):
            through(request, (mia, "approve"))

    figure = answer("p90_approval_time", ann)

    assert figure["value"] == math.ceil(0.9 * count) * 60
    assert figure["count"] == count


def test_a_figure_is_one_query(mia, request_of_ann, django_assert_num_queries):
    mia.decides_for()

    for name in FIGURES:
        with django_assert_num_queries(1):
            answer(name, mia)


def size(row):
    """How many a row of a figure counts."""
    standings = ("met", "breached", "at_risk")
    return sum(row[each]["value"] for each in standings) if "met" in row else row.get("count", 1)


def test_a_stranger_sees_zeros(request_of_ann, zoe):
    for name in FIGURES:
        figure = answer(name, zoe)
        assert not figure.get("value")
        assert sum(size(row) for row in figure.get("rows", ())) == 0


def test_a_department_narrows_every_figure(ann, zoe, ben):
    with clock.at(NOW - timedelta(hours=1)):
        ask(ann)
        ask(zoe)

    [part] = answer("by_department", ben, department=zoe.department_id)["rows"]
    assert (part["label"], part["count"]) == ("Legal", 1)
    for name in ("pending", "new_today"):
        assert answer(name, ben, department=zoe.department_id)["value"] == 1


def counted(api, link):
    answered = api.get(f"{link}&include=count")
    assert answered.status_code == 200, answered.content
    return answered.json()["count"]


@pytest.fixture
def request_of_ann(ann):
    with clock.at(NOW - timedelta(hours=1)):
        return ask(ann)


@pytest.fixture
def today(ann, zoe, mia, ben):
    """A few requests around now, for answers over HTTP."""
    now = clock.now()
    for days in (40, 20, 3, 0):
        with clock.at(now - timedelta(days=days)):
            ask(ann, title=f"{days} days old")
            through(ask(ann, priority="high"), (mia, "approve"), (ben, "start"))
            through(ask(zoe), (mia, "deny", {"reason": "No."}))
            through(ask(zoe, approvals=0), (zoe, "cancel"))


def test_every_figure_leads_to_exactly_its_rows(as_, today, ben, mia, ann, departments):
    for person, parameters in (
        (ben, {}),
        (mia, {"department": departments["legal"].pk}),
        (ann, {"from": "2020-01-01"}),
    ):
        api = as_(person)
        figures = api.get(URL, parameters).json()

        for name in ("pending", "new_today"):
            assert counted(api, figures[name]["link"]) == figures[name]["value"], name
        for name in ("average_approval_time", "p90_approval_time"):
            assert counted(api, figures[name]["link"]) == figures[name]["count"], name
        for name in ("by_status", "by_category", "by_department", "by_priority"):
            rows = figures[name]["rows"]
            assert [counted(api, row["link"]) for row in rows] == [row["count"] for row in rows]
            assert counted(api, figures[name]["link"]) == sum(row["count"] for row in rows)
        oldest = figures["oldest_waiting"]
        found = api.get(oldest["link"]).json()["results"]
        assert [row["id"] for row in oldest["rows"]] == [row["id"] for row in found][:10]


def test_one_figure_alone_is_the_same(as_, today, ben):
    api = as_(ben)
    window = {"from": "2020-01-01", "to": "2100-01-01"}
    together = api.get(URL, window).json()

    assert together["window"] == {
        "from": "2020-01-01T00:00:00.000000Z",
        "to": "2100-01-01T00:00:00.000000Z",
    }
    for name in FIGURES.keys() - {"oldest_waiting"}:
        assert api.get(f"{URL}{name}/", window).json() == together[name]


def test_the_window_leaves_its_end_out(as_, ben, ann):
    with clock.at(NOW):
        ask(ann)
    moment = clock.timestamp(NOW)

    def total(**window):
        return sum(row["count"] for row in as_(ben).get(URL, window).json()["by_status"]["rows"])

    assert total(**{"from": moment, "to": "2100-01-01"}) == 1
    assert total(**{"from": "2020-01-01", "to": moment}) == 0


@pytest.mark.parametrize(
    "parameters",
    [
        {"since": "2026-01-01"},
        {"from": "yesterday"},
        {"to": "0001-01-01"},
        {"to": ""},
        {"department": "Legal"},
        {"from": "2026-02-01", "to": "2026-01-01"},
    ],
)
def test_nothing_is_silently_ignored(as_, ben, parameters):
    api = as_(ben)

    for url in (URL, f"{URL}pending/"):
        refused = api.get(url, parameters)
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["field"] in parameters


def test_an_unknown_figure_is_404_and_nobody_looks_without_signing_in(as_, ben):
    assert as_(ben).get(f"{URL}profit/").status_code == 404
    assert as_(None).get(URL).status_code == 401
