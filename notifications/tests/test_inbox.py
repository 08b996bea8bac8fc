"""Who hears of what happened."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Substitution, Team, TeamMember
from core.lifecycle import change, create, perform
from core.models import Event
from discussion.models import Comment
from discussion.watching import choose
from files.reception import take_in
from jobs.models import Job
from notifications.inbox import tell
from notifications.models import Notification, WebhookEndpoint
from notifications.wishes import choose as wish
from notifications.wording import sentence
from requests_app.models import Category, RequestType, ServiceRequest
from tickets.models import Ticket
from workflows.models import Member, Project


def told(*, since: int = 0, channel: str = "in_app") -> set[tuple[str, str, str]]:
    """Who hears of which event, and why; after telling all that happened."""
    tell(list(Event.objects.filter(pk__gt=since).order_by("pk")))
    rows = Notification.objects.filter(channel=channel, event__gt=since)
    return {(row.person.name, row.event.action, row.topic) for row in rows}


def now() -> int:
    """The newest event; what was before is left out."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.fixture
def ticket(ann):
    return create(Ticket(title="The lamp is dark"), actor=ann)


@pytest.fixture
def request_of_ann(ann, departments):
    shelf = create(Category(name="Office"), actor=None)
    chair = create(RequestType(name="Chair", category=shelf, approvals_needed=1), actor=None)
    asked = ServiceRequest(title="A chair", request_type=chair, department=departments["corporate"])
    return create(asked, actor=ann)


def say(item, person, body, **more):
    return create(Comment(body=body, **more).attach_to(item), actor=person)


def test_the_requester_hears_of_progress_and_nobody_of_what_they_did_themselves(ann, ben, ticket):
    perform(ticket, "triage", actor=ben, priority="high")

    assert told() == {("Ann", "triage", "progress")}


def test_telling_again_adds_nothing(ann, ben, ticket):
    perform(ticket, "assign", actor=ben, assignee=ben)
    told()
    before = list(Notification.objects.order_by("pk").values())

    told()

    assert list(Notification.objects.order_by("pk").values()) == before


def test_whoever_is_given_work_hears_of_it_by_mail_too(ada, ann, ben, ticket):
    before = now()
    perform(ticket, "assign", actor=ada, assignee=ben)

    assert told(since=before) == {("Ben", "assign", "assigned"), ("Ann", "assign", "progress")}
    assert told(since=before, channel="mail") == {("Ben", "assign", "assigned")}


def test_a_request_asks_its_approvers_and_whoever_sits_in_for_them(
    ada, ann, mia, tom, zoe, request_of_ann
):
    away = Substitution(
        approver=tom, substitute=zoe, starts_on=date(2020, 1, 1), ends_on=date(2099, 1, 1)
    )
    create(away, actor=tom)

    asked = {("Mia", "created", "approval"), ("Tom", "created", "approval")}
    assert told(channel="mail") == asked | {("Zoe", "created", "approval")}


def test_who_has_decided_is_not_asked(ann, mia, tom, request_of_ann):
    perform(request_of_ann, "deny", actor=mia, reason="We have chairs.")

    assert told() == {("Ann", "deny", "progress")}


def test_a_mention_comes_before_watching_and_an_edit_names_nobody_twice(ann, ben, tom, ticket):
    before = now()
    comment = say(ticket, ben, "Look, @ann", is_internal=False)
    assert told(since=before) == {("Ann", "created", "mentioned"), ("Ann", "responded", "x")} - {
        ("Ann", "responded", "x")
    }

    before = now()
    change(comment, actor=ben, body="Look here, @ann")
    assert told(since=before) == set()


def test_what_is_said_among_agents_is_told_to_agents(ada, ann, ben, ticket):
    choose(ticket, ada, watching=True)
    before = now()
    say(ticket, ben, "A difficult one", is_internal=True)

    assert told(since=before) == {("Ada", "created", "commented")}


def test_who_lost_sight_of_the_item_hears_nothing(ann, zoe, person):
    project = create(Project(name="A secret"), actor=ann)
    member = create(Member(project=project, person=zoe, role="editor"), actor=ann)
    choose(project, zoe, watching=True)
    member.delete(actor=ann)
    before = now()
    perform(project, "pause", actor=ann)

    assert told(since=before) == set()


def test_whoever_is_taken_into_a_project_hears_of_it(ann, zoe):
    project = create(Project(name="A plan"), actor=ann)
    before = now()
    create(Member(project=project, person=zoe, role="editor"), actor=ann)

    assert told(since=before) == {("Zoe", "created", "membership")}
    assert Notification.objects.get().subject_type == "workflows.project"


def test_a_team_hears_what_arrives_in_its_queue(ann, ben, ada, ticket):
    team = Team(name="Lamps")
    team.save()
    for agent in (ben, ada):
        TeamMember(team=team, user=agent).save()
    before = now()
    perform(ticket, "transfer", actor=ada, team=team)

    assert told(since=before) == {("Ben", "transfer", "queue"), ("Ann", "transfer", "progress")}


def test_who_watches_what_was_merged_hears_of_the_survivor(ann, ben, zoe, ticket):
    other = create(Ticket(title="No light"), actor=zoe)
    perform(other, "merge", actor=ben, merged_into=ticket)
    choose(other, ben, watching=True)
    before = now()
    perform(ticket, "triage", actor=None, priority="low")

    heard = told(since=before)
    assert ("Ben", "triage", "progress") in heard
    assert not any(name == "Zoe" and action == "triage" for name, action, _ in heard)


def test_silence_is_kept(ann, ben, ticket):
    choose(ticket, ann, watching=False)
    perform(ticket, "triage", actor=ben, priority="high")

    assert told() == set()


def test_what_nobody_tries_any_more_is_told_to_admins_and_to_whoever_asked(ada, ann):
    job = create(Job(kind="core.nothing", title="Nothing", owner=ann), actor=ann)
    perform(job, "start", actor=None)
    perform(job, "fail", actor=None, error="It broke.")

    assert told() == {("Ada", "fail", "alert"), ("Ann", "fail", "job")}


def test_who_wants_nothing_of_a_topic_gets_nothing(ann, ben, ticket):
    wish(ann, topics={"progress": {"in_app": False, "mail": "daily"}})
    perform(ticket, "triage", actor=ben, priority="high")

    assert told() == set()
    assert told(channel="mail") == {("Ann", "triage", "progress")}


def test_hundreds_of_events_take_few_statements(ann, ben, django_assert_max_num_queries):
    tickets = [create(Ticket(title=f"Lamp {n}"), actor=ann) for n in range(30)]
    for each in tickets:
        perform(each, "triage", actor=ben, priority="high")
    events = list(Event.objects.order_by("pk"))

    with django_assert_max_num_queries(20):
        tell(events)

    assert Notification.objects.count() == 30


def test_a_file_is_told_of_when_it_can_be_had_and_a_dangerous_one_to_admins(ada, ann, ben, ticket):
    choose(ticket, ben, watching=True)
    good, bad = (take_in(f"{n}.txt", [b"Some words"], actor=ann, item=ticket) for n in (1, 2))
    before = now()
    for file in (good, bad):
        perform(file, "scan", actor=None)
    perform(good, "release", actor=None)
    perform(bad, "quarantine", actor=None, finding="Eicar")

    assert told(since=before) == {
        ("Ben", "release", "commented"),
        ("Ada", "quarantine", "alert"),
        ("Ann", "quarantine", "commented"),
    }
    assert sentence(Notification.objects.for_user(ben).for_display().get()) == "Ann added a file."


def test_a_webhook_that_is_switched_off_is_told_to_admins(ada, ben):
    webhook = WebhookEndpoint(
        description="The pager", url="https://example.com/hook", event_types=["*"], account=ben
    )
    webhook.save(actor=ada)
    before = now()
    perform(webhook, "disable", actor=None)

    assert told(since=before, channel="mail") == {("Ada", "disable", "alert")}
    assert Notification.objects.for_user(ada).for_display().get().item_title == "The pager"
    assert not Notification.objects.for_user(ben).exists()
