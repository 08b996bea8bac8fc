"""The demo: believable, repeatable, through the same rules."""

import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command

from accounts.demo.people import gather
from accounts.demo.sign_ins import ACCOUNTS
from accounts.models import AccountMail, User
from core import clock
from core.models import Event
from requests_app.demo.seeder import seed
from requests_app.demo.stories import STORIES
from requests_app.form_schemas import violations
from requests_app.models import RequestType, ServiceRequest
from tickets.demo.setting import furnish
from tickets.models import Ticket, WorkOrder

pytestmark = pytest.mark.once

NOTHING_ELSE = ("--tickets", "0", "--work-orders", "0", "--projects", "0")
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def demo(requests=60, **options):
    values = {"people": 12, "seed": 7, "until": NOW, "tell": lambda line: None} | options
    return seed(requests=requests, **values)


def told():
    """The whole story without ids."""
    rows = ServiceRequest.objects.order_by("created_at", "title")
    return list(rows.values_list("title", "status", "priority", "requester__email", "completed_at"))


def test_it_looks_like_work(db):
    assert demo(70).requests == 70

    requests = ServiceRequest.objects.all()
    assert {"pending", "completed", "denied"} <= set(requests.values_list("status", flat=True))
    assert requests.overdue(at=NOW).exists()
    for request in requests:
        assert NOW - timedelta(days=90) <= request.created_at <= NOW
        moments = [request.created_at, request.decided_at, request.started_at, request.completed_at]
        known = [moment for moment in moments if moment]
        assert known == sorted(known)
        assert known[-1] <= NOW
        assert Event.of(request)[0].action == "created"


def test_the_same_seed_tells_the_same_story(db):
    demo(6)
    first = told()
    requests = ServiceRequest.objects.count()

    assert requests == 6
    assert not any(demo(6))
    assert told() == first


def test_more_is_added_only_when_more_is_asked_for(db):
    demo(3)
    people = User.objects.count()

    assert demo(5).requests == 2
    assert (ServiceRequest.objects.count(), User.objects.count()) == (5, people)


def test_tickets_and_planned_work_come_along_once(db):
    assert demo(2, tickets=3, work_orders=2) == (2, 3, 2, 0)
    assert not any(demo(2, tickets=3, work_orders=2))

    reported = Ticket.objects.filter(requester__role="requester")
    assert reported.count() == 3  # what comes again is for an agent
    assert WorkOrder.objects.filter(ticket=None, request=None).count() >= 2


def test_some_requests_need_somebody_to_go_there(db):
    setting = furnish(gather(people=12, since=NOW), since=NOW)

    errands = [story.job for story in STORIES if story.job]
    assert errands
    for job in errands:
        assert setting.checklists[job.checklist].items
        assert setting.cast.crews[job.team]


def test_everybody_signs_in_with_one_password_and_nobody_gets_mail(db, settings):
    settings.DEMO_PASSWORD = "another demo word"
    demo(0)

    for account, _, role, *_ in ACCOUNTS:
        person = User.objects.get(email=f"{account}@flowtrack.example")
        assert (person.role, person.check_password("another demo word")) == (role, True)
    colleague = User.objects.exclude(email__regex=r"^(\w+)@").first()
    assert not colleague.check_password("another demo word")
    assert AccountMail.objects.count() == 0


def test_two_approve_everywhere_and_two_share_nothing(db):
    demo(8)
    by_name = {user.email.partition("@")[0]: user for user in User.objects.all()}

    for account in ("approver", "approver2"):
        assert len(by_name[account].decides_for()) == 3
    seen = [
        set(ServiceRequest.objects.for_user(by_name[name]).values_list("pk", flat=True))
        for name in ("requester", "other", "burner")
    ]
    assert len(set.union(*seen)) == sum(map(len, seen))


def test_every_type_has_a_story_whose_answers_fit(db):
    forms = {each.slug: each.form for each in RequestType.objects.all()}

    for story in STORIES:
        answers = story.answers(Random(1), NOW.date())  # noqa: S311
        assert violations(forms[story.slug], answers) == {}
    assert {story.slug for story in STORIES} == set(forms)


def test_it_stays_out_of_real_installations(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--yes-demo"):
        call_command("seed_demo", *NOTHING_ELSE, "--requests", "0")

    call_command("seed_demo", *NOTHING_ELSE, "--people", "0", "--requests", "0", "--yes-demo")


def test_it_says_how_far_it_is(db, settings, capsys):
    settings.DEBUG = True

    with clock.at(NOW):
        call_command("seed_demo", *NOTHING_ELSE, "--people", "5", "--requests", "5", verbosity=2)

    said = capsys.readouterr().out
    assert re.search(r"^Demo day: Saturday, 22 August 2026$", said, re.MULTILINE)
    assert "Added 5 requests, 0 tickets, 0 planned work orders, 0 projects." in said
    assert "burner@flowtrack.example" in said
