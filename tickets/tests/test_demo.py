"""The demo's tickets and work orders: believable, repeatable, through the same rules."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction

from accounts.demo.people import gather
from accounts.demo.play import WINDOW, play
from core.models import Event
from discussion.models import Comment
from tickets.demo.diary import Diary
from tickets.demo.furniture import TAGS
from tickets.demo.plan import planned, reported
from tickets.demo.recurring import taken_on
from tickets.demo.setting import CATEGORIES, furnish
from tickets.demo.stories import JOBS, STORIES
from tickets.demo.trouble import Trouble
from tickets.demo.worker import worker
from tickets.models import (
    CannedReply,
    ChecklistTemplate,
    RoutingRule,
    Schedule,
    Tag,
    Ticket,
    WorkOrder,
)
from tickets.tests.making import report, resolved

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)  # a Friday
SINCE = NOW - WINDOW


@pytest.fixture
def setting(db):
    """A house with people, teams, tags and rules, and no ticket yet."""
    return furnish(gather(people=12, since=SINCE), since=SINCE)


def demo(setting, *, tickets, jobs):
    given = {"seed": "7", "setting": setting, "until": NOW}
    lives = [*reported(count=tickets, **given), *planned(count=jobs, **given)]
    play(lives, until=NOW, tell=lambda line: None)


def told():
    """The whole story without ids."""
    tickets = Ticket.objects.order_by("created_at", "title")
    orders = WorkOrder.objects.order_by("created_at", "title")
    return [
        *tickets.values_list("title", "status", "priority", "team__name", "updated_at"),
        *orders.values_list("title", "status", "scheduled_start", "minutes_spent"),
    ]


def test_it_looks_like_work(setting):
    demo(setting, tickets=16, jobs=2)

    tickets = list(Ticket.objects.all())
    assert len(tickets) == 16
    assert {"new", "in_progress", "closed"} & {ticket.status for ticket in tickets}
    for ticket in tickets:
        moments = [event.at for event in Event.of(ticket)]
        assert moments == sorted(moments)
        assert SINCE <= moments[0] <= moments[-1] <= NOW
        assert "{" not in ticket.title + ticket.description
    comments = set(Comment.objects.values_list("is_internal", "author__role"))
    assert {(True, "agent"), (False, "agent"), (False, "requester")} <= comments
    assert Ticket.objects.filter(first_responded_at__isnull=False, team__isnull=False).exists()


def test_nobody_is_in_two_places_and_what_ended_was_done(setting):
    demo(setting, tickets=8, jobs=15)

    placed = WorkOrder.objects.exclude(status="cancelled").filter(assignee__isnull=False)
    placed = placed.order_by("assignee", "scheduled_start")
    for one, next_one in pairwise(placed):
        assert one.assignee != next_one.assignee or one.scheduled_end <= next_one.scheduled_start
    done = placed.filter(status="completed")
    assert done.exists()
    for order in done:
        assert order.minutes_spent
        assert order.completion_notes
        assert not order.has_open_required_items
        assert set(order.checklist.values_list("ticked_by", flat=True)) <= {None, order.assignee_id}


def test_the_same_seed_tells_the_same_story(setting):
    with transaction.atomic():
        demo(setting, tickets=5, jobs=2)
        first = told()
        transaction.set_rollback(True)

    setting.diary = Diary.of_the_house()
    demo(setting, tickets=5, jobs=2)
    assert told() == first
    assert len(first) >= 7


def test_a_second_report_follows_the_first(setting):
    story = STORIES[0]
    lives, troubles = [], []
    for number in range(6):
        first = troubles[0] if troubles else None
        trouble = Trouble(story, {"room": "A1.01", "site": "Here"}, Random(number), setting, first)  # noqa: S311
        troubles.append(trouble)
        lives.append(trouble.lived(NOW - timedelta(days=3, minutes=-number)))
    play(lives, until=NOW, tell=lambda line: None)

    survivor = Ticket.objects.get(pk=troubles[0].ticket.pk)
    merged = Ticket.objects.filter(merged_into=survivor)
    assert merged.exists()
    if not survivor.is_open:
        assert set(merged.values_list("status", flat=True)) == {survivor.status}


def test_alarms_are_raised_when_they_were_due(setting):
    def forgotten():
        yield NOW - timedelta(days=10)
        report(setting.cast.requesters[0])

    play([forgotten(), *worker(SINCE)], until=NOW, tell=lambda line: None)

    ticket = Ticket.objects.get(title="The lamp is dark")
    said = {event.action: event.at for event in Event.of(ticket)}
    assert ticket.escalation == "breached"
    assert timedelta(0) <= said["breach"] - ticket.due_at <= timedelta(hours=6)
    assert said["response_breach"] < said["warning"] < said["breach"]


def test_flowtrack_closes_what_was_left_alone(setting):
    def mended():
        yield NOW - timedelta(days=20)
        resolved(report(setting.cast.requesters[0]), setting.cast.agents[0])

    play([mended(), *worker(SINCE)], until=NOW, tell=lambda line: None)

    closed = Event.of(Ticket.objects.get(title="The lamp is dark")).last()
    assert (closed.action, closed.actor) == ("close", None)
    waited = NOW - timedelta(days=20 - 14)
    assert timedelta(0) <= closed.at - waited <= timedelta(hours=12)


def test_what_comes_again_is_done_too(setting):
    beside = [*taken_on(setting, seed="7", since=SINCE), *worker(SINCE)]
    play(beside, until=NOW, tell=lambda line: None)

    assert set(WorkOrder.objects.values_list("title", flat=True)) == {
        "Monthly test of the emergency lights, Head office",
        "Walk through the fire doors, Head office",
    }
    assert WorkOrder.objects.filter(status="completed").count() >= 4
    assert Ticket.objects.filter(status="closed").exists()
    for schedule in Schedule.objects.all():
        assert schedule.next_at > NOW


def test_what_is_set_up_is_set_up_once(setting):
    kinds = (Tag, RoutingRule, CannedReply, ChecklistTemplate, Schedule)
    before = [model.objects.count() for model in kinds]

    furnish(gather(people=12, since=SINCE), since=SINCE)

    assert [model.objects.count() for model in kinds] == before
    assert all(before)
    assert all(setting.cast.crews.values())


def test_every_story_fits_the_house(setting):
    assert {story.team for story in STORIES} | {job.team for job in JOBS} <= {
        "",
        *setting.cast.teams,
    }
    assert {story.category for story in STORIES} <= set(
        CATEGORIES.objects.values_list("slug", flat=True)
    )
    assert {tag for story in STORIES for tag in story.tags} <= set(TAGS)
    assert len({title for story in STORIES for title, _ in story.reports}) >= 25
