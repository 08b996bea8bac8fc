"""Admins run the accounts; nobody runs themselves out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from accounts.models import User
from accounts.tests.conftest import bearer
from core.errors import ConditionUnmet, NotPermitted, Refused
from core.lifecycle import change, perform
from core.models import Event

ME = "/api/auth/me/"


def test_accounts_are_the_admins_business(as_, ann, ben, mia, ada):
    for person in (ann, ben, mia):
        answer = as_(person).get("/api/users/")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert as_(None).get("/api/users/").status_code == 401
    assert as_(ada).get("/api/users/").status_code == 200


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=agent", ["Ben"]),
        ("role=agent&role=admin", ["Ada", "Ben"]),
        ("is_active=false", ["Zoe"]),
        ("search=zoe", ["Zoe"]),
        ("search=BEN@", ["Ben"]),
        ("ordering=-name&limit=1", ["Zoe"]),
    ],
)
def test_narrowing_the_list(as_, ada, ann, ben, zoe, query, names):
    perform(zoe, "deactivate", actor=ada)

    rows = as_(ada).get(f"/api/users/?{query}").json()["results"]

    assert [row["name"] for row in rows] == names


def test_an_unknown_parameter_is_refused(as_, ada):
    assert as_(ada).get("/api/users/?is_admin=true").status_code == 400


def test_an_admin_edits_role_name_and_department(as_, ada, ann, departments):
    body = {"role": "agent", "name": "Ann Archer", "department": departments["legal"].pk}
    answer = as_(ada).patch(f"/api/users/{ann.pk}/", body)

    assert answer.status_code == 200
    assert answer.json()["role"] == "agent"
    assert answer.json()["department"] == departments["legal"].summary()
    changes = Event.of(ann).last().changes
    assert changes["role"] == ["requester", "agent"]
    assert changes["name"] is None


@pytest.mark.parametrize("field", ["email", "status", "password", "is_superuser"])
def test_other_fields_are_refused(as_, ada, ann, field):
    answer = as_(ada).patch(f"/api/users/{ann.pk}/", {field: "x"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_deactivated_is_out_at_once(as_, log_in, with_cookies, on_pages, ada, ann):
    phone, browser, pages = log_in(ann), with_cookies(ann), on_pages(ann)

    answer = as_(ada).post(f"/api/users/{ann.pk}/deactivate/", {"note": "Left."})

    assert answer.json()["status"] == "deactivated"
    assert bearer(phone["access"]).get(ME).status_code == 401
    assert browser.get(ME).status_code == 401
    assert pages.get("/password/").status_code == 302
    assert as_(None).post("/api/auth/refresh/", {"refresh": phone["refresh"]}).status_code == 401


def test_old_tokens_stay_dead_after_activation(as_, log_in, ada, ann):
    phone = log_in(ann)
    perform(ann, "deactivate", actor=ada)

    perform(ann, "activate", actor=ada)

    assert bearer(phone["access"]).get(ME).status_code == 401
    assert log_in(ann)


def test_nobody_deactivates_themselves(as_, ada, person):
    person("eve", role="admin")

    answer = as_(ada).post(f"/api/users/{ada.pk}/deactivate/")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_nobody_changes_their_own_role(as_, ada, person):
    person("eve", role="admin")

    assert as_(ada).patch(f"/api/users/{ada.pk}/", {"role": "agent"}).status_code == 403
    with pytest.raises(NotPermitted):
        change(ada, actor=ada, role="requester")


def test_the_last_active_admin_stays(ada, person):
    eve = person("eve", role="admin")
    perform(eve, "deactivate", actor=ada)

    with pytest.raises(ConditionUnmet):
        perform(ada, "deactivate", actor=None)
    with pytest.raises(ConditionUnmet):
        change(ada, actor=None, role="agent")


def test_a_new_role_ends_all_sessions(log_in, ada, ann):
    phone = log_in(ann)

    change(ann, actor=ada, role="agent")

    assert bearer(phone["access"]).get(ME).status_code == 401


def test_the_lists_tell_what_may_be_done(as_, ada, ann, django_assert_num_queries):
    client = as_(ada)

    with django_assert_num_queries(2):
        rows = client.get("/api/users/?include=available_transitions").json()["results"]

    offered = {row["name"]: row["available_transitions"] for row in rows}
    assert offered == {"Ada": [], "Ann": ["deactivate"]}


def test_django_sees_rights_in_the_role(ann, ben, ada):
    assert [user.is_staff for user in (ann, ben, ada)] == [False, True, True]
    assert [user.is_superuser for user in (ann, ben, ada)] == [False, False, True]
    assert [user.has_perm("accounts.add_team") for user in (ann, ben, ada)] == [False, False, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer")
def test_two_admins_who_deactivate_each_other_leave_one(ada, person):
    eve = person("eve", role="admin")

    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_deactivate_in_a_thread, [(ada, eve), (eve, ada)]))

        left = User.objects.admins()
        assert left.count() == 1
        other = eve if left.get() == ada else ada
        perform(other, "activate", actor=left.get())


def _deactivate_in_a_thread(pair):
    actor, target = pair
    try:
        perform(target, "deactivate", actor=actor)
    except Refused:
        pass
    finally:
        connections.close_all()
