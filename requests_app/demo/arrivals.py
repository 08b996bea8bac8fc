"""Somebody new comes: a request whose type begins a workflow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.demo.people import Cast
from accounts.demo.play import Life, soon
from core.lifecycle import create, perform
from requests_app.models import Category, RequestType, ServiceRequest
from workflows.demo.plan import share_templates
from workflows.models import Member, Project

ARRIVALS = "Arrivals"
A_WEEK = timedelta(days=7)


def welcomed(cast: Cast, *, since: datetime, until: datetime) -> Iterator[Life]:
    """One colleague, unless there was one before."""
    if not Project.objects.filter(name=ARRIVALS).exists():
        yield _welcome(cast, since, until)


def _welcome(cast: Cast, since: datetime, until: datetime) -> Life:
    yield since
    agent, requester = cast.agents[0], cast.requesters[0]
    project = create(Project(name=ARRIVALS, description="Everybody who is new."), actor=agent)
    for person in (*cast.agents[1:3], requester):
        create(Member(project=project, person=person, role="editor"), actor=agent)
    kind = _type(project)
    yield until - A_WEEK
    asked = ServiceRequest(
        title="Elif begins on Monday", request_type=kind, department=requester.department
    )
    request = create(asked, actor=requester)
    random = Random("welcome")  # noqa: S311 - not a secret
    yield soon(random, 3)
    request = perform(request, "start", actor=agent)
    workflow = request.workflow
    yield soon(random, 4)
    if workflow is not None:
        first = workflow.tasks.order_by("position")[0]
        perform(first, "start", actor=agent)


def _type(project: Project) -> RequestType:
    kind = RequestType(
        name="Welcome a colleague",
        slug="welcome",
        category=Category.objects.order_by("-position")[0],
        description="What is needed on the first day, as a workflow.",
        approvals_needed=0,
        workflow_template=share_templates()["On-boarding"],
        workflow_project=project,
    )
    return create(kind, actor=None)
