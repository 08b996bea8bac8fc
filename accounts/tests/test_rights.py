"""Who decides for which department, who stands in, and who sees whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import tokens
from accounts.models import Approver, Department, Session, Substitution, User
from core import clock
from core.errors import InvalidInput, NotPermitted
from core.lifecycle import change, create, perform
from core.models import Event


@pytest.fixture
def today(db):
    return clock.today()


def stand_in(approver, substitute, starts_on, ends_on, *, actor):
    item = Substitution(
        approver=approver, substitute=substitute, starts_on=starts_on, ends_on=ends_on
    )
    return create(item, actor=actor)


def test_three_departments_are_there_from_the_start(db):
    assert set(Department.objects.values_list("name", flat=True)) == {
        "Corporate",
        "Healthcare",
        "Legal",
    }


def test_an_approver_decides_for_their_departments(person, departments):
    mia = person("mia")
    Approver(user=mia, department=departments["legal"]).save()

    assert mia.decides_for() == {departments["legal"].pk}


def test_a_substitute_decides_on_the_days_between(mia, ann, departments, today):
    stand_in(mia, ann, today, today + timedelta(days=2), actor=mia)
    everywhere = {department.pk for department in departments.values()}

    decided = []
    for days in (-1, 0, 2, 3):
        with clock.at(clock.now() + timedelta(days=days)):
            decided.append(User.objects.get(pk=ann.pk).decides_for())

    assert decided == [frozenset(), everywhere, everywhere, frozenset()]


def test_a_process_that_runs_over_midnight_notices_who_stands_in(mia, ann, today):
    stand_in(mia, ann, today + timedelta(days=1), today + timedelta(days=1), actor=mia)
    session = Session.objects.create(user=ann, way=Session.Way.BEARER)
    token = tokens.issue(session)

    decides = []
    for days in (0, 1):
        with clock.at(clock.now() + timedelta(days=days)):
            person = tokens.session_of(token, way=session.way).person
            decides.append(bool(person.decides_for()))

    assert decides == [False, True]


def test_an_approver_lends_no_vote_but_their_own(person, departments, tom, today):
    eve = person("eve", role="agent")
    Approver(user=eve, department=departments["legal"]).save()
    lent = stand_in(eve, tom, today, today, actor=eve)

    with pytest.raises(InvalidInput, match="settled"):
        change(lent, actor=eve, approver=tom, substitute=eve)

    assert User.objects.get(pk=eve.pk).decides_for() == {departments["legal"].pk}


def test_nobody_who_has_left_takes_over_as_a_substitute(mia, tom, ann, ada, today):
    lent = stand_in(mia, tom, today, today, actor=mia)
    perform(ann, "deactivate", actor=ada)

    with pytest.raises(InvalidInput, match="deactivated"):
        change(lent, actor=mia, substitute=User.objects.get(pk=ann.pk))


def test_it_comes_with_the_person_in_one_query(mia, ann, today, django_assert_num_queries):
    stand_in(mia, ann, today, today, actor=mia)

    with django_assert_num_queries(1):
        people = {user.name: user.decides_for() for user in User.objects.with_rights()}

    assert people["Ann"] == people["Mia"] != frozenset()


def test_who_has_left_lends_nobody_a_vote(mia, ann, ada, today):
    stand_in(mia, ann, today, today, actor=mia)

    perform(mia, "deactivate", actor=ada)

    assert User.objects.get(pk=ann.pk).decides_for() == frozenset()


def test_only_approvers_and_admins_name_substitutes(mia, ann, zoe, ada, today):
    with pytest.raises(NotPermitted):
        stand_in(mia, zoe, today, today, actor=zoe)
    with pytest.raises(InvalidInput, match="Only an approver"):
        stand_in(ann, zoe, today, today, actor=ann)

    assert stand_in(mia, zoe, today, today, actor=ada).approver == mia


@pytest.mark.parametrize("days", [-1, 0])
def test_nobody_stands_in_for_themselves_or_backwards(mia, ann, today, days):
    substitute = mia if days == 0 else ann

    with pytest.raises(InvalidInput):
        stand_in(mia, substitute, today, today + timedelta(days=days), actor=mia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution(
            approver=mia,
            substitute=substitute,
            starts_on=today,
            ends_on=today + timedelta(days=days),
        ).save()


def test_naming_a_substitute_over_the_api(as_, mia, ann, ada, zoe):
    body = {"substitute": ann.pk, "starts_on": "2026-12-01", "ends_on": "2026-12-24"}
    created = as_(mia).post("/api/substitutions/", body)
    url = created["Location"]

    assert created.status_code == 201
    assert created.json()["approver"] == mia.summary()
    assert [as_(person).get(url).status_code for person in (mia, ann, ada, zoe)] == [
        200,
        200,
        200,
        404,
    ]
    assert as_(ann).delete(url).status_code == 403
    assert as_(zoe).delete(url).status_code == 404
    assert as_(mia).delete(url, headers={"If-Match": '"0-1"'}).status_code == 412
    assert as_(mia).delete(url).status_code == 204
    assert as_(mia).get(url).status_code == 404
    kept = Event.objects.filter(subject_type="accounts.substitution")
    assert [event.action for event in kept.order_by("pk")] == ["created", "deleted"]


def test_strangers_cannot_name_people_they_do_not_see(as_, ann, zoe):
    body = {"substitute": zoe.pk, "starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 2)}
    hidden = as_(ann).post("/api/substitutions/", body)
    absent = as_(ann).post("/api/substitutions/", body | {"substitute": 999_999})

    assert hidden.status_code == 400
    assert hidden.json()["errors"] == absent.json()["errors"]


def test_who_sees_whom(ann, ben, mia, ada):
    seen = [User.objects.for_user(person).count() for person in (ann, ben, mia, ada)]

    assert seen == [1, 4, 4, 4]


@pytest.mark.parametrize("list_of", ["departments", "teams"])
def test_reference_data_is_for_everybody_signed_in(
    as_, ann, mia, list_of, django_assert_num_queries
):
    client = as_(ann)

    with django_assert_num_queries(2):
        assert client.get(f"/api/{list_of}/").status_code == 200
    assert client.post(f"/api/{list_of}/", {"name": "New"}).status_code == 405
    assert as_(None).get(f"/api/{list_of}/").status_code == 401


def test_departments_name_their_approvers(as_, ann, mia, tom):
    rows = as_(ann).get("/api/departments/").json()["results"]

    assert [row["name"] for row in rows] == ["Corporate", "Healthcare", "Legal"]
    assert rows[0]["approvers"] == [mia.summary(), tom.summary()]
