"""A request from an idea to done."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotPermitted, WrongStatus
from core.lifecycle import available, change, create, perform
from core.models import Event
from requests_app.models import ServiceRequest
from requests_app.tests.making import FORM, a_type, ask, through
from sla.tests.promising import a_promise

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_from_an_idea_to_done(request_of_ann, mia, ben):
    request = through(
        request_of_ann,
        (mia, "approve"),
        (ben, "start"),
        (ben, "complete", {"resolution": "Handed over."}),
    )

    assert (request.status, request.assignee) == ("completed", ben)
    assert request.created_at <= request.decided_at <= request.started_at <= request.completed_at
    actions = [event.action for event in Event.of(request)]
    assert actions == ["created", "approve", "start", "complete"]


def test_it_is_due_as_the_policy_of_its_type_promises(ann):
    soon = a_type(1, name="Soon")
    a_promise("request", hours=48, request_type=soon, waits_in=[])
    with clock.at(NOON):
        request = ask(ann, request_type=soon)

    assert request.sla_policy.name == "Requests in 48 hours"
    assert request.due_at == NOON + timedelta(hours=48)
    assert not request.is_overdue(at=NOON + timedelta(hours=48))
    assert request.is_overdue(at=NOON + timedelta(hours=49))


def test_who_starts_it_takes_it_unless_somebody_has_it(request_of_ann, mia, ben, person):
    carl = person("carl", role="agent")
    approved = through(request_of_ann, (mia, "approve"), (ben, "assign", {"assignee": carl}))

    assert perform(approved, "start", actor=ben).assignee == carl


def test_work_changes_hands(request_of_ann, mia, ben, person):
    carl = person("carl", role="agent")
    started = through(request_of_ann, (mia, "approve"), (ben, "start"))

    handed = perform(started, "assign", actor=ben, assignee=carl, note="I am off next week.")

    assert (handed.status, handed.assignee) == ("in_progress", carl)
    last = Event.of(handed).last()
    assert (last.action, last.note) == ("assign", "I am off next week.")
    assert last.changes == {"assignee": [ben.pk, carl.pk]}


@pytest.mark.parametrize("name", ["start", "assign"])
def test_only_agents_get_the_work(request_of_ann, mia, ben, ann, name):
    approved = through(request_of_ann, (mia, "approve"))

    with pytest.raises(InvalidInput) as refused:
        perform(approved, name, actor=ben, assignee=ann)

    assert [error.field for error in refused.value.errors] == ["assignee"]


def test_somebody_has_to_do_the_work(request_of_ann, mia):
    approved = through(request_of_ann, (mia, "approve"))

    with pytest.raises(InvalidInput, match="Say who does the work"):
        perform(approved, "start", actor=None)


def test_nobody_works_on_what_is_not_approved(request_of_ann, ben):
    with pytest.raises(WrongStatus, match="needs it to be approved"):
        perform(request_of_ann, "start", actor=ben)


def test_the_requester_withdraws_it_and_nobody_else(request_of_ann, ann, ben, mia):
    for other in (ben, mia):
        with pytest.raises(NotPermitted):
            perform(request_of_ann, "cancel", actor=other)

    cancelled = perform(request_of_ann, "cancel", actor=ann, reason="Found one.")

    assert (cancelled.status, cancelled.reason) == ("cancelled", "Found one.")


def test_what_runs_is_not_withdrawn(request_of_ann, ann, mia, ben):
    started = through(request_of_ann, (mia, "approve"), (ben, "start"))

    with pytest.raises(WrongStatus):
        perform(started, "cancel", actor=ann)


def test_a_resolution_is_more_than_blanks(request_of_ann, mia, ben):
    started = through(request_of_ann, (mia, "approve"), (ben, "start"))

    with pytest.raises(InvalidInput):
        perform(started, "complete", actor=ben, resolution="  ")


def test_each_sees_what_they_may_do(request_of_ann, ann, ben, mia, ada):
    assert available(request_of_ann, ann) == ["cancel"]
    assert available(request_of_ann, mia) == ["approve", "deny"]
    assert available(request_of_ann, ben) == []
    assert available(request_of_ann, ada) == ["approve", "deny", "cancel"]


def test_the_requester_edits_until_it_is_decided(request_of_ann, ann, ben, mia):
    edited = change(request_of_ann, actor=ann, title="A better lamp")
    approved = perform(edited, "approve", actor=mia)

    with pytest.raises(ConditionUnmet, match="decided as it is"):
        change(approved, actor=ann, title="A chandelier")

    assert change(approved, actor=ben, priority="high").priority == "high"


def test_what_one_of_two_approved_is_what_the_other_one_sees(ann, ben, mia):
    request = perform(ask(ann, approvals=2), "approve", actor=mia)

    with pytest.raises(ConditionUnmet, match="decided as it is"):
        change(request, actor=ann, title="A chandelier")

    assert change(request, actor=ben, priority="high").priority == "high"


def test_an_agent_who_asks_does_not_rewrite_what_was_approved(ben, mia):
    approved = perform(ask(ben), "approve", actor=mia)

    with pytest.raises(ConditionUnmet, match="decided as it is"):
        change(approved, actor=ben, title="A chandelier")


def test_nothing_is_asked_for_those_who_have_left(ann, ben, ada):
    perform(ann, "deactivate", actor=ada)
    ann.refresh_from_db()

    with pytest.raises(InvalidInput, match="requester: This account is deactivated"):
        ask(ben, requester=ann)


def test_nobody_edits_what_has_ended(request_of_ann, ann, ben):
    ended = perform(request_of_ann, "cancel", actor=ann)

    with pytest.raises(ConditionUnmet, match="has ended"):
        change(ended, actor=ben, title="Still wanted")


def test_a_request_keeps_its_type_and_department(request_of_ann, ben, departments):
    with pytest.raises(InvalidInput) as refused:
        change(request_of_ann, actor=ben, department=departments["legal"])

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("department", "settled")
    ]


def test_nobody_asks_in_the_name_of_others(ann, zoe):
    with pytest.raises(NotPermitted, match="on behalf"):
        ask(ann, requester=zoe)


def test_what_is_no_longer_offered_cannot_be_asked_for(ann):
    with pytest.raises(InvalidInput, match="no longer offered"):
        ask(ann, request_type=a_type(1, name="Fax line", is_active=False))


def test_answers_fit_the_form(ann):
    kind = a_type(1, name="Desk", form=FORM)
    wrong = {"quantity": 0, "colour": "red"}

    with pytest.raises(InvalidInput) as refused:
        ask(ann, request_type=kind, answers=wrong)

    assert {error.field: error.message for error in refused.value.errors} == {
        "answers.model": "This field is required.",
        "answers.quantity": "This has to be 1 or more.",
        "answers.colour": "The form does not ask this.",
    }


def test_new_answers_fit_the_form_too(ann):
    request = ask(ann, request_type=a_type(1, name="Desk", form=FORM), answers={"model": "small"})

    with pytest.raises(InvalidInput, match="Choose one of: small, large"):
        change(request, actor=ann, answers={"model": "huge"})

    assert change(request, actor=ann, answers={"model": "large"}).answers == {"model": "large"}


def test_a_request_needs_a_title_and_a_type(ann):
    with pytest.raises(InvalidInput) as refused:
        create(ServiceRequest(department=ann.department), actor=ann)

    assert {error.field for error in refused.value.errors} == {"title", "request_type"}
