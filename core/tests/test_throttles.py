"""Budgets count atomically, per key and window, and do not leak whom they count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisConnectionError

from core import clock
from core.api.throttles import UNKNOWN_ADDRESS, Budget, client_address, parse_rate
from core.errors import TooManyRequests, Unavailable

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUDGET = Budget("sign-in", "3/m")


@pytest.fixture(autouse=True)
def at_noon():
    cache.clear()
    with clock.at(NOON):
        yield
    cache.clear()


def spend(times, key="ann"):
    for _ in range(times):
        BUDGET.spend(key)


def test_the_fourth_attempt_in_a_minute_is_told_when_to_come_back():
    spend(3)

    with clock.at(NOON + timedelta(seconds=20)), pytest.raises(TooManyRequests) as refused:
        spend(1)

    assert refused.value.retry_after == 40


def test_a_new_minute_has_a_new_budget():
    spend(3)

    with clock.at(NOON + timedelta(minutes=1)):
        spend(3)


def test_one_person_never_spends_the_budget_of_another():
    spend(3, key="ann")

    spend(3, key="zoe")


def test_an_honest_attempt_is_given_back():
    spend(3)

    BUDGET.refund("ann")

    spend(1)
    with pytest.raises(TooManyRequests):
        spend(1)


def test_a_refund_never_makes_credit():
    BUDGET.refund("ann")
    BUDGET.refund("ann")

    spend(3)
    with pytest.raises(TooManyRequests):
        spend(1)


def test_no_race_lets_more_through():
    # Threads do not share the stopped clock; a window of a day is the same for all of them.
    budget = Budget("race", "10/d")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: _passes(budget), range(100)))

    assert sum(outcomes) == 10


def _passes(budget):
    try:
        budget.spend("ann")
    except TooManyRequests:
        return False
    return True


def test_the_cache_does_not_know_whom_it_counts(monkeypatch):
    slots = []
    monkeypatch.setattr(
        "core.api.throttles.cache.add", lambda slot, *_, **__: slots.append(slot) or True
    )

    BUDGET.spend("ann@flowtrack.example")

    assert "ann" not in slots[0]


@pytest.mark.parametrize(
    ("rate", "parsed"),
    [("10/m", (10, 60)), ("1/s", (1, 1)), ("30/h", (30, 3600)), ("5/d", (5, 86400))],
)
def test_rates(rate, parsed):
    assert parse_rate(rate) == parsed


@pytest.mark.parametrize("rate", ["", "10", "0/m", "ten/m", "10/y", "-1/m"])
def test_a_bad_rate_is_a_bad_configuration(rate):
    with pytest.raises(ImproperlyConfigured):
        parse_rate(rate)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "socket", "address"),
    [
        (0, "6.6.6.6", "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 2.2.2.2", "1.1.1.1", "2.2.2.2"),
        (2, "6.6.6.6, 2.2.2.2, 3.3.3.3", "1.1.1.1", "2.2.2.2"),
        (2, "2.2.2.2", "1.1.1.1", "1.1.1.1"),
        (1, "", "1.1.1.1", "1.1.1.1"),
        (1, "<script>", "1.1.1.1", "1.1.1.1"),
        (0, "", "", UNKNOWN_ADDRESS),
        (0, "", "::ffff:1.1.1.1", "1.1.1.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, "", "fe80::1%eth0", "fe80::"),
    ],
)
def test_the_caller_is_who_the_last_trusted_proxy_saw(
    settings, proxies, forwarded, socket, address
):
    settings.NUM_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=socket)

    assert client_address(request) == address


def test_without_the_shared_cache_nobody_tries_and_the_rest_goes_on(monkeypatch):
    def refuse(*args, **kwargs):
        raise RedisConnectionError

    for name in ("add", "get", "incr"):
        monkeypatch.setattr(cache, name, refuse, raising=False)

    with pytest.raises(Unavailable):
        spend(1)
    BUDGET.refund("ann")
