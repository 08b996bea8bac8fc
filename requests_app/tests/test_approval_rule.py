"""Who decides, how often, and what follows from it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Approver, Substitution
from core import clock
from core.errors import ConditionUnmet, NotFound, NotPermitted, WrongStatus
from core.lifecycle import available, perform
from core.models import Event
from requests_app.models import Decision, ServiceRequest
from requests_app.tests.making import a_type, ask, through


def test_one_approval_is_enough_for_most_things(request_of_ann, mia):
    approved = perform(request_of_ann, "approve", actor=mia, note="Within budget.")

    assert approved.status == "approved"
    assert approved.decided_at is not None
    assert [(d.person_name, d.outcome, d.note) for d in approved.decisions_made] == [
        ("Mia", "approve", "Within budget.")
    ]
    assert [event.action for event in Event.of(approved)] == ["created", "approve"]


def test_two_different_people_have_to_say_yes(ann, mia, tom):
    request = ask(ann, approvals=2)

    request = perform(request, "approve", actor=mia)
    assert (request.status, request.approvals_given) == ("pending", 1)

    request = perform(request, "approve", actor=tom)
    assert (request.status, request.approvals_given) == ("approved", 2)
    moves = [(event.source, event.target) for event in Event.of(request)][1:]
    assert moves == [("pending", "pending"), ("pending", "approved")]


def test_one_person_decides_once(ann, mia):
    request = perform(ask(ann, approvals=2), "approve", actor=mia)

    for name, inputs in (("approve", {}), ("deny", {"reason": "No."})):
        with pytest.raises(ConditionUnmet, match="You have already decided"):
            perform(request, name, actor=mia, **inputs)

    assert "approve" not in available(request, mia)
    assert request.decisions.count() == 1


def test_the_database_keeps_a_person_to_one_decision(request_of_ann, mia):
    Decision.objects.create(request=request_of_ann, person=mia, outcome="approve")

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(request=request_of_ann, person=mia, outcome="deny")


def test_a_decision_is_never_rewritten(request_of_ann, mia):
    decision = Decision.objects.create(request=request_of_ann, person=mia, outcome="approve")
    decision.outcome = "deny"

    with pytest.raises(TypeError, match="never rewritten"):
        decision.save()


@pytest.mark.parametrize("name", ["mia", "ada"])
def test_nobody_decides_on_their_own_request(name, request):
    somebody = request.getfixturevalue(name)
    own = ask(somebody)

    with pytest.raises(NotPermitted, match="nobody on their own"):
        perform(own, "approve", actor=somebody)


def test_asking_for_somebody_else_makes_it_theirs(ann, ben):
    request = ask(ben, requester=ann)

    assert (request.requester, request.created_by) == (ann, ben)


def test_an_agent_sees_it_and_may_not_decide(request_of_ann, ben):
    with pytest.raises(NotPermitted):
        perform(request_of_ann, "approve", actor=ben)


def test_for_a_stranger_it_does_not_exist(request_of_ann, zoe):
    with pytest.raises(NotFound):
        perform(request_of_ann, "approve", actor=zoe)


def test_an_approver_of_another_department_is_a_stranger(request_of_ann, zoe, departments):
    Approver(user=zoe, department=departments["legal"]).save()

    with pytest.raises(NotFound):
        perform(request_of_ann, "approve", actor=zoe)


def test_a_substitute_decides_between_two_days(ann, mia, zoe):
    first = date(2026, 8, 3)
    Substitution(
        approver=mia, substitute=zoe, starts_on=first, ends_on=first + timedelta(days=13)
    ).save()
    request = ask(ann)
    days = {"2026-08-02": False, "2026-08-03": True, "2026-08-16": True, "2026-08-17": False}

    for day, may in days.items():
        with clock.at(clock.now().fromisoformat(f"{day}T12:00:00+00:00")):
            # A person's rights are read once for each request they make.
            vars(zoe).pop("seats", None)
            assert ("approve" in available(request, zoe)) is may, day


def test_nobody_decides_through_the_substitute_they_named(mia, zoe):
    today = clock.today()
    Substitution(approver=mia, substitute=zoe, starts_on=today, ends_on=today).save()
    request = ask(mia)

    assert request in ServiceRequest.objects.for_user(zoe)
    assert request not in ServiceRequest.objects.all().waiting_for(zoe)
    with pytest.raises(NotPermitted):
        perform(request, "approve", actor=zoe)


def test_who_asks_for_somebody_else_does_not_decide_on_it(ann, ben, mia, departments):
    Approver(user=ben, department=departments["corporate"]).save()
    request = ask(ben, requester=ann)

    assert request not in ServiceRequest.objects.all().waiting_for(ben)
    with pytest.raises(NotPermitted):
        perform(request, "approve", actor=ben)
    assert perform(request, "approve", actor=mia).status == "approved"


def test_one_no_ends_it(ann, mia, tom):
    request = perform(ask(ann, approvals=2), "approve", actor=mia)

    request = perform(request, "deny", actor=tom, reason="Not this year.")

    assert (request.status, request.reason) == ("denied", "Not this year.")
    assert [d.outcome for d in request.decisions_made] == ["approve", "deny"]
    assert available(request, mia) == []


def test_what_needs_nobody_is_approved_at_once_by_flowtrack(ann):
    request = ask(ann, approvals=0)

    assert request.status == "approved"
    assert request.decided_at is not None
    assert request.decisions.count() == 0
    created, approved = Event.of(request)
    assert (created.actor, approved.action, approved.actor) == (ann, "approve", None)


def test_flowtrack_itself_decides_on_nothing_that_needs_people(request_of_ann):
    for name, inputs in (("approve", {}), ("deny", {"reason": "No."})):
        with pytest.raises(ConditionUnmet, match="waits for people"):
            perform(request_of_ann, name, actor=None, **inputs)

    request_of_ann.refresh_from_db()
    assert request_of_ann.status == "pending"
    assert Event.of(request_of_ann).count() == 1


def test_the_catalogue_does_not_rewrite_open_requests(ann, mia):
    request = ask(ann)
    kind = a_type(1)
    kind.approvals_needed = 3
    kind.save()

    assert perform(request, "approve", actor=mia).status == "approved"


def test_after_the_decision_there_is_nothing_to_decide(request_of_ann, mia, tom):
    request = through(request_of_ann, (mia, "approve"))

    with pytest.raises(WrongStatus):
        perform(request, "approve", actor=tom)
