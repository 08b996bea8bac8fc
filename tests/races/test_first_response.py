"""Several agents answer at once: all are heard, one was first, and nobody waits in a circle."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from core.lifecycle import create, perform
from core.lifecycle.holding import hold
from core.models import Event
from discussion.models import Comment
from requests_app.tests.making import ask
from tests.races.arena import ROUNDS, TIME
from tickets.models import Ticket

WIDTH = 4

pytestmark = [
    TIME,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def at_once() -> Any:
    """`at_once(calls)`: what each call answers when all begin together."""
    with ThreadPoolExecutor(WIDTH) as pool:

        def run(calls: list[Callable[[], Any]]) -> list[Any]:
            start = Barrier(len(calls))

            def begin(call: Callable[[], Any]) -> Any:
                start.wait()
                try:
                    return call()
                finally:
                    connection.close()  # as the server does after each request

            return list(pool.map(begin, calls))

        yield run


def says(client: Any, url: str) -> Callable[[], Any]:
    body = {"body": "We are on our way.", "internal": False}
    return lambda: client.post(f"{url}comments/", body, format="json")


def test_of_several_first_answers_one_is_the_first(ann, person, as_, at_once):
    requests = [ask(ann) for _ in range(ROUNDS)]
    agents = [as_(person(f"agent{number}", role="agent")) for number in range(WIDTH)]

    for request in requests:
        url = f"/api/requests/{request.pk}/"
        answers = at_once([says(each, url) for each in agents])
        assert [each.status_code for each in answers] == [201] * WIDTH, answers

    for request in requests:
        request.refresh_from_db()
        responded = Event.of(request).filter(action="responded").get()
        first, second, *rest = Comment.objects.of(request).order_by("pk")
        assert len(rest) == WIDTH - 2
        assert Event.of(first).get().pk < responded.pk < Event.of(second).get().pk
        assert request.first_responded_at is not None


def test_who_answers_on_a_duplicate_holds_its_survivor_too(ann, ben, at_once):
    survivor, duplicate = (create(Ticket(title="Lift"), actor=ann) for _ in range(2))
    perform(duplicate, "merge", actor=ben, merged_into=survivor)
    left_by_others = Ticket.objects.select_for_update(skip_locked=True).order_by("pk")

    with transaction.atomic():
        assert hold(Ticket, duplicate.pk)
        [left] = at_once([lambda: in_a_transaction(left_by_others)])

    assert left == []
    assert in_a_transaction(left_by_others) == [survivor, duplicate]


def in_a_transaction(rows: Any) -> list[Any]:
    with transaction.atomic():
        return list(rows.all())
