"""Fresh rows, one function for each model: where a row can be somebody's, it is ann's and zoe must not see it."""

from __future__ import annotations

from datetime import date, time
from itertools import count

from accounts.letters import fingerprint
from accounts.models import Department, Session, Substitution, Team, User
from accounts.sign_in import open_session
from core import clock
from core.lifecycle import create, perform
from core.models import Event
from discussion.models import Comment
from files.models import File
from files.reception import take_in
from files.upkeep import examine
from jobs.models import Job
from jobs.queue import enqueue
from notifications.inbox import tell
from notifications.mail.gathering import gather
from notifications.models import Delivery, Mailing, Notification, WebhookEndpoint
from requests_app.models import Category, RequestType, ServiceRequest
from sla.models import Calendar, Policy
from tests.bells.models import Bell
from tests.conformance.people import People
from tests.lamps.models import Lamp
from tickets.models import (
    CannedReply,
    ChecklistItem,
    ChecklistTemplate,
    Link,
    RoutingRule,
    Schedule,
    Tag,
    Ticket,
    WorkOrder,
)
from workflows.models import (
    ChecklistStep,
    Dependency,
    Invitation,
    Member,
    Project,
    Task,
    Workflow,
    WorkflowTemplate,
)

numbers = count(1)
"""Makes each one different, a little."""


def bell(people: People) -> Bell:
    return create(Bell(title=f"Bell {next(numbers)}"), actor=people.ann)


def lamp(people: People) -> Lamp:
    number = next(numbers)
    room = f"Room {number}" if number % 2 else None
    return create(Lamp(title=f"Lamp {number}", watts=40 + number % 3, room=room), actor=people.ann)


def category(people: People) -> Category:
    number = next(numbers)
    return create(Category(name=f"Shelf {number}", position=number % 3), actor=people.ada)


def request_type(people: People, *, is_active: bool = True) -> RequestType:
    fields = {"category": category(people), "is_active": is_active}
    return create(RequestType(name=f"Chair {next(numbers)}", **fields), actor=people.ada)


def service_request(people: People) -> ServiceRequest:
    number = next(numbers)
    request = ServiceRequest(
        title=f"Chair {number}",
        request_type=RequestType.objects.filter(slug="chair").first() or _chair(people),
        department=people.corporate,
        priority=["low", "high", "urgent"][number % 3],
    )
    return create(request, actor=people.ann)


def _chair(people: People) -> RequestType:
    fields = {"category": category(people), "approvals_needed": 1}
    return create(RequestType(name="Chair", slug="chair", **fields), actor=people.ada)


def webhook(people: People) -> WebhookEndpoint:
    number = next(numbers)
    made = WebhookEndpoint(
        description=f"Pager {number}",
        url=f"https://pager.example/{number}",
        event_types=["tickets.ticket.created"],
        account=people.ada,
    )
    return create(made, actor=people.ada)


def dead_letter(people: People) -> Delivery:
    """A delivery that was given up."""
    made = Delivery.test_of(webhook(people), at=clock.now())
    made.state, made.attempts, made.status_code = Delivery.State.FAILED, 1, 500
    made.save()
    return made


def department(people: People) -> Department:
    number = next(numbers)
    return create(Department(name=f"Branch {number}", slug=f"branch-{number}"), actor=people.ada)


def user(people: People) -> User:
    number = next(numbers)
    address = f"person{number}@flowtrack.example"
    return create(User(email=address, name=f"Person {number % 3}", password="!"), actor=people.ada)


def substitution(people: People) -> Substitution:
    number = next(numbers)
    starts, ends = date(2026, 1, 1 + number % 3), date(2026, 2, 1)
    days = {"starts_on": starts, "ends_on": ends}
    return create(Substitution(substitute=people.tom, **days), actor=people.mia)


def session(people: People) -> Session:
    return open_session(people.ann, way=Session.Way.BEARER, address="192.0.2.1", user_agent="lynx")


def team(people: People) -> Team:
    return create(Team(name=f"Team {next(numbers)}"), actor=people.ada)


def ticket(people: People) -> Ticket:
    number = next(numbers)
    return create(Ticket(title=f"Lift {number}", description="It smells."), actor=people.ann)


def work_order(people: People) -> WorkOrder:
    title = f"Look at the motor, {next(numbers)}"
    return create(WorkOrder(title=title, ticket=ticket(people)), actor=people.ben)


def checklist_item(people: People) -> ChecklistItem:
    item = ChecklistItem(work_order=work_order(people), text=f"Main switch {next(numbers)} off")
    return create(item, actor=people.ben)


def tag(people: People) -> Tag:
    return create(Tag(slug=f"lift-{next(numbers)}"), actor=people.ben)


def link(people: People) -> Link:
    number = next(numbers)
    word = ["blocks", "duplicated_by", "relates_to"][number % 3]
    return create(Link.between(ticket(people), word, service_request(people)), actor=people.ben)


def routing_rule(people: People) -> RoutingRule:
    number = next(numbers)
    fields = {"position": number % 3, "team": team(people), "is_active": False}
    made = RoutingRule(name=f"Rule {number}", category=category(people), **fields)
    return create(made, actor=people.ada)


def canned_reply(people: People) -> CannedReply:
    number = next(numbers)
    body = "Hello {{ requester.first_name }}, we are on our way."
    made = CannedReply(title=f"On our way {number % 3}", body=body, team=team(people))
    return create(made, actor=people.ben)


def checklist_template(people: People) -> ChecklistTemplate:
    points = [{"text": "Main switch off"}, {"text": "Take a picture", "required": False}]
    made = ChecklistTemplate(name=f"Server room {next(numbers)}", items=points)
    return create(made, actor=people.ada)


def comment(people: People) -> Comment:
    said = Comment(body=f"It flickers, @ben, {next(numbers)}.").attach_to(lamp(people))
    return create(said, actor=people.ann)


def job(people: People) -> Job:
    """Waits; nobody works here."""
    return enqueue("lamps.once", owner=people.ann, title=f"Make bell {next(numbers)}")


def file(people: People) -> File:
    """Hangs on a lamp of hers; the scanner has not seen it."""
    number = next(numbers)
    content = f"It flickers {number} times.".encode()
    return take_in(f"note {number}.txt", [content], actor=people.ann, item=lamp(people))


def available_file(people: People) -> File:
    """The scanner found nothing in it."""
    return examine(file(people))


def schedule(people: People) -> Schedule:
    number = next(numbers)
    planned = Schedule(
        title=f"Test the emergency lights, {number}",
        requester=people.ann,
        team=team(people),
        rule=f"FREQ=DAILY;INTERVAL={number % 3 + 1}",
        starts_on=date(2026, 1, 1),
        starts_at=time(8),
        time_zone="Europe/London",
    )
    return create(planned, actor=people.ben)


def calendar(people: People) -> Calendar:
    number = next(numbers)
    zone = ["UTC", "Europe/London", "Asia/Kolkata"][number % 3]
    hours = {"mon": [["09:00", "17:30"]], "fri": [["22:00", "06:00"]]}
    made = Calendar(name=f"Hours {number}", time_zone=zone, hours=hours)
    return create(made, actor=people.ada)


def policy(people: People) -> Policy:
    number = next(numbers)
    fields = {"applies_to": "ticket", "position": number % 3, "resolution_minutes": 60 * number}
    # Of the household's department: it promises nothing to other people's tickets.
    fields |= {"department": people.corporate, "calendar": calendar(people)}
    made = Policy(name=f"Promise {number}", **fields)
    return create(made, actor=people.ada)


def project(people: People) -> Project:
    """Also ben takes part in it; he is no owner."""
    made = create(Project(name=f"New office {next(numbers)}"), actor=people.ann)
    create(Member(project=made, person=people.ben, role="editor"), actor=people.ann)
    return made


def member(people: People) -> Member:
    takes_part = Member(project=project(people), person=people.tom, role="viewer")
    return create(takes_part, actor=people.ann)


def invitation(people: People) -> Invitation:
    address = f"guest{next(numbers)}@flowtrack.example"
    return create(Invitation(project=project(people), email=address), actor=people.ann)


def workflow(people: People) -> Workflow:
    made = Workflow(project=project(people), name=f"Move {next(numbers)}")
    return perform(create(made, actor=people.ann), "activate", actor=people.ann)


def draft(people: People) -> Workflow:
    made = Workflow(project=project(people), name=f"Move {next(numbers)}")
    return create(made, actor=people.ann)


def task(people: People) -> Task:
    number = next(numbers)
    fields = {"priority": ["low", "high"][number % 2], "estimate_minutes": 30 * number}
    due = date(2031, 3, 1 + number % 3) if number % 2 else None
    made = Task(workflow=workflow(people), title=f"Pack box {number}", due_on=due, **fields)
    return create(made, actor=people.ann)


def dependency(people: People) -> Dependency:
    first = task(people)
    second = create(Task(workflow=first.workflow, title="Carry it"), actor=people.ann)
    return create(Dependency(task=second, depends_on=first), actor=people.ann)


def checklist_step(people: People) -> ChecklistStep:
    step = ChecklistStep(task=task(people), text=f"Label box {next(numbers)}")
    return create(step, actor=people.ann)


def workflow_template(people: People) -> WorkflowTemplate:
    tasks = [
        {"key": "order", "title": "Order a desk", "role": "it", "checklist": ["Ask the price"]},
        {"key": "build", "title": "Build it", "due_after_days": 5, "depends_on": ["order"]},
    ]
    fields = {"name": f"On-boarding {next(numbers)}", "tasks": tasks}
    return create(WorkflowTemplate(project=project(people), **fields), actor=people.ann)


def acquaintance(people: People) -> User:
    """Somebody whom ann knows from another project."""
    somebody = user(people)
    create(Member(project=project(people), person=somebody), actor=people.ann)
    return somebody


def neighbour(people: People) -> Workflow:
    """Another one of the project whose workflow conformance looks at."""
    beside = people.standing.get(Workflow) or Workflow.objects.latest("pk")
    made = Workflow(project=beside.project, name=f"Move {next(numbers)}")
    return create(made, actor=people.ann)


def sibling(people: People) -> Task:
    """Another one on the board of the task that conformance looks at."""
    beside = people.standing.get(Task) or Task.objects.latest("pk")
    made = Task(workflow=beside.workflow, title=f"Pack box {next(numbers)}")
    return create(made, actor=people.ann)


def code(people: People) -> str:
    """What stands in a letter to ann, who is invited to a project of mia's."""
    secret = f"code-{next(numbers)}"
    made = create(Project(name=f"Canteen {next(numbers)}"), actor=people.mia)
    asked = create(Invitation(project=made, email=people.ann.email), actor=people.mia)
    sent = {"token_hash": fingerprint(secret), "expires_at": asked.expires_at}
    asked.letters.update(**sent)
    return secret


def event(people: People) -> Event:
    """Ann's lamp was made."""
    return Event.of(lamp(people)).get()


def notification(people: People) -> Notification:
    """Ann hears that somebody took up her ticket."""
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    perform(ticket(people), "triage", actor=people.ben, priority="high")
    tell(list(Event.objects.filter(pk__gt=before).order_by("pk")))
    return Notification.objects.filter(person=people.ann, channel="in_app").latest("pk")


def mailing(people: People) -> Mailing:
    """An e-mail to ben, who was given a ticket."""
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    perform(ticket(people), "assign", actor=people.ada, assignee=people.ben)
    tell(list(Event.objects.filter(pk__gt=before).order_by("pk")))
    gather()
    return Mailing.objects.filter(person=people.ben).latest("pk")
