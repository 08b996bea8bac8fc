"""Refresh tokens are good once, and a copy is noticed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from rest_framework.test import APIClient

from accounts.models import AccountMail, Session
from accounts.tasks import send_account_mail
from accounts.tests.conftest import bearer
from core import clock
from core.models import Event

REFRESH = "/api/auth/refresh/"
ME = "/api/auth/me/"


def refresh(token):
    return APIClient().post(REFRESH, {"refresh": token})


def test_each_token_is_replaced(log_in, ann):
    first = log_in(ann)

    second = refresh(first["refresh"]).json()

    assert second.keys() == {"access", "refresh"}
    assert second["refresh"] != first["refresh"]
    assert bearer(second["access"]).get(ME).status_code == 200
    assert refresh(second["refresh"]).status_code == 200


def test_two_honest_tabs_survive(log_in, ann):
    first = log_in(ann)
    second = refresh(first["refresh"]).json()

    late = refresh(first["refresh"])

    assert late.status_code == 401
    assert refresh(second["refresh"]).status_code == 200
    assert not AccountMail.objects.exists()


def test_a_reused_token_ends_the_session_and_tells_the_owner(log_in, ann):
    first = log_in(ann)
    second = refresh(first["refresh"]).json()

    with clock.at(clock.now() + timedelta(seconds=11)):
        assert refresh(first["refresh"]).status_code == 401
        assert refresh(second["refresh"]).status_code == 401
        send_account_mail()

    assert bearer(second["access"]).get(ME).status_code == 401
    assert Session.objects.get().end_reason == "refresh_reused"
    assert [event.action for event in Event.of(ann)] == ["created", "refresh_reused"]
    assert [letter.to for letter in mail.outbox] == [[ann.email]]


def test_an_older_token_than_the_predecessor_ends_the_session_at_once(log_in, ann):
    first = log_in(ann)
    second = refresh(first["refresh"]).json()
    third = refresh(second["refresh"]).json()

    assert refresh(first["refresh"]).status_code == 401

    assert refresh(third["refresh"]).status_code == 401


@pytest.mark.parametrize("forged", ["", "nonsense", "a:b:c", "é" * 20])
def test_a_forged_token_harms_nobody(log_in, ann, forged):
    first = log_in(ann)

    assert refresh(forged).status_code in (400, 401)

    assert refresh(first["refresh"]).status_code == 200


def test_a_token_tampered_with_harms_nobody(log_in, ann):
    first = log_in(ann)

    assert refresh(first["refresh"][:-2] + "xx").status_code == 401

    assert refresh(first["refresh"]).status_code == 200


def test_an_expired_session_is_not_refreshed(log_in, ann):
    first = log_in(ann)

    with clock.at(clock.now() + timedelta(days=15)):
        assert refresh(first["refresh"]).status_code == 401

    assert not AccountMail.objects.exists()


def test_the_token_is_kept_only_as_a_hash(log_in, ann):
    tokens = log_in(ann)

    kept = " ".join(str(value) for value in Session.objects.values_list().get())
    assert tokens["refresh"] not in kept
    assert tokens["access"] not in kept


def test_without_a_token_one_is_asked_for(api):
    assert api.post(REFRESH, {}).json()["errors"][0]["field"] == "refresh"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer")
def test_in_a_race_one_wins(ann, log_in, settings):
    settings.THROTTLE_SIGN_IN_ADDRESS = "1000/m"

    for _ in range(10):
        token = log_in(ann)["refresh"]

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(_refresh_in_a_thread, [token] * 8))

        assert sorted(statuses) == [200] + [401] * 7
    assert not Session.objects.exclude(ended_at=None).exists()


def _refresh_in_a_thread(token):
    try:
        return refresh(token).status_code
    finally:
        connections.close_all()
