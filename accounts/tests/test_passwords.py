"""A new password, by the old one or by a link that was sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection, connections

from accounts import passwords
from accounts.models import AccountMail
from accounts.tasks import purge, send_account_mail
from accounts.tests.conftest import PASSWORD, bearer
from core import clock
from core.errors import InvalidInput
from core.lifecycle import change, perform
from core.models import Event

RESET = "/api/auth/password/reset/"
CONFIRM = "/api/auth/password/reset/confirm/"
ME = "/api/auth/me/"
NEW = "a different long password"


def test_changing_it_ends_other_sessions(log_in, on_pages, ann):
    here, there, pages = bearer(log_in(ann)["access"]), log_in(ann), on_pages(ann)

    answer = here.post("/api/auth/password/", {"current_password": PASSWORD, "new_password": NEW})

    assert answer.status_code == 204
    assert here.get(ME).status_code == 200
    assert bearer(there["access"]).get(ME).status_code == 401
    assert pages.get("/password/").status_code == 302
    assert log_in(ann, NEW)


def test_changing_it_asks_for_the_current_one(log_in, ann):
    body = {"current_password": "not the password", "new_password": NEW}
    answer = bearer(log_in(ann)["access"]).post("/api/auth/password/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "current_password"


def test_a_weak_new_one_is_refused_with_every_reason(log_in, ann):
    body = {"current_password": PASSWORD, "new_password": "password"}
    answer = bearer(log_in(ann)["access"]).post("/api/auth/password/", body)

    assert answer.status_code == 400
    codes = {error["code"] for error in answer.json()["errors"]}
    assert codes == {"password_too_short", "password_too_common"}


def test_the_history_never_holds_it(log_in, ann):
    body = {"current_password": PASSWORD, "new_password": NEW}
    bearer(log_in(ann)["access"]).post("/api/auth/password/", body)

    changed = Event.of(ann).last()
    assert (changed.actor, changed.changes) == (ann, {"password": None})


def test_reset_by_mail_end_to_end(api, log_in, mailed_token, ann):
    before = log_in(ann)

    assert api.post(RESET, {"email": ann.email.upper()}).status_code == 202
    assert mail.outbox == []
    token = mailed_token()
    answer = api.post(CONFIRM, {"token": token, "new_password": NEW})

    assert answer.status_code == 204
    assert bearer(before["access"]).get(ME).status_code == 401
    assert log_in(ann, NEW)
    assert mail.outbox[0].to == [ann.email]


def test_a_link_opens_the_door_once(api, mailed_token, ann):
    api.post(RESET, {"email": ann.email})
    token = mailed_token()

    first = api.post(CONFIRM, {"token": token, "new_password": NEW})
    second = api.post(CONFIRM, {"token": token, "new_password": "yet another password"})

    assert (first.status_code, second.status_code) == (204, 400)
    assert second.json()["errors"][0]["field"] == "token"


def test_a_weak_password_leaves_the_link_good(api, mailed_token, ann):
    api.post(RESET, {"email": ann.email})
    token = mailed_token()

    assert api.post(CONFIRM, {"token": token, "new_password": "weak"}).status_code == 400

    assert api.post(CONFIRM, {"token": token, "new_password": NEW}).status_code == 204


def test_a_link_is_good_for_an_hour(api, mailed_token, ann):
    api.post(RESET, {"email": ann.email})
    token = mailed_token()

    with clock.at(clock.now() + timedelta(minutes=61)):
        answer = api.post(CONFIRM, {"token": token, "new_password": NEW})

    assert answer.json()["errors"][0]["code"] == "dead_link"


@pytest.mark.parametrize("way", ["other link", "password", "email", "deactivated"])
def test_what_makes_a_link_worthless(api, mailed_token, ada, ann, way):
    api.post(RESET, {"email": ann.email})
    token = mailed_token()

    if way == "other link":
        passwords.request_reset(ann.email, address="")
        passwords.redeem_reset(mailed_token(), "yet another password")
    elif way == "password":
        passwords.change_password(ann, current=PASSWORD, new="yet another password", keep=None)
    elif way == "email":
        change(ann, actor=ada, email="new@flowtrack.example")
    else:
        perform(ann, "deactivate", actor=ada)
        perform(ann, "activate", actor=ada)

    assert api.post(CONFIRM, {"token": token, "new_password": NEW}).status_code == 400


def test_nobody_learns_who_has_an_account(api, ann, zoe, ada):
    perform(zoe, "deactivate", actor=ada)

    answers = [
        api.post(RESET, {"email": email})
        for email in (ann.email, zoe.email, "nobody@flowtrack.example")
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {(202, b"")}
    assert [letter.user for letter in AccountMail.objects.all()] == [ann]


def test_the_secret_is_made_when_it_is_sent_and_kept_as_a_hash(api, mailed_token, ann):
    api.post(RESET, {"email": ann.email})
    assert AccountMail.objects.get().token_hash == ""

    token = mailed_token()

    assert token not in str(AccountMail.objects.values().get())


def test_a_mail_that_could_not_be_sent_is_sent_later(api, ann, monkeypatch):
    api.post(RESET, {"email": ann.email})
    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", _refuse)
        assert send_account_mail() == 0
    assert send_account_mail() == 0

    with clock.at(clock.now() + timedelta(minutes=2)):
        assert send_account_mail() == 1
        assert send_account_mail() == 0
    assert len(mail.outbox) == 1


def test_a_new_account_is_invited(as_, api, mailed_token, log_in, ada, departments):
    body = {"email": "New@flowtrack.example", "name": "New", "role": "agent"}
    created = as_(ada).post("/api/users/", body)
    token = mailed_token()

    assert created.status_code == 201
    assert mail.outbox[-1].to == ["new@flowtrack.example"]
    with clock.at(clock.now() + timedelta(days=6)):
        assert api.post(CONFIRM, {"token": token, "new_password": NEW}).status_code == 204


def test_what_is_long_over_is_forgotten(log_in, api, ann):
    log_in(ann)
    api.post(RESET, {"email": ann.email})

    with clock.at(clock.now() + timedelta(days=31)):
        purge()
        assert ann.sessions.exists()
    with clock.at(clock.now() + timedelta(days=45)):
        purge()

    assert not ann.sessions.exists()
    assert not ann.mails.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer")
def test_of_two_who_hold_a_link_one_gets_in(mailed_token, ann):
    for _ in range(5):
        passwords.request_reset(ann.email, address="")
        token = mailed_token()

        with ThreadPoolExecutor(4) as pool:
            let_in = list(pool.map(_redeem_in_a_thread, [token] * 4))

        assert sum(let_in) == 1


def _redeem_in_a_thread(token):
    try:
        return bool(passwords.redeem_reset(token, NEW))
    except InvalidInput:
        return False
    finally:
        connections.close_all()


def _refuse(backend, messages):
    raise ConnectionRefusedError
