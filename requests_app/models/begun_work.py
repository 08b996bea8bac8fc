"""The workflow that begins with the work on a request."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from core import texts
from core.errors import Refused
from core.lifecycle import mark, perform
from workflows.models import Project, Workflow, WorkflowTemplate
from workflows.starting import Start, able_among

if TYPE_CHECKING:
    from accounts.models import User
    from requests_app.models.service_request import ServiceRequest

LONGEST_NAME = 200
logger = logging.getLogger(__name__)


def begin_workflow(request: ServiceRequest) -> None:
    """Let the workflow of the request's type begin, as the type says now, in the same transaction.

    Where it cannot, because its project has ended or its template is retired, the work on the request
    begins all the same, and the history says so. It does not say why: the project may be hidden.
    """
    template, project = (
        request.request_type.workflow_template,
        request.request_type.workflow_project,
    )
    if template is None or project is None:
        return
    try:
        with transaction.atomic():
            workflow = _begun(request, template, project)
    except Refused as refused:
        logger.warning("No workflow began with %s: %s", request, refused.code)
        mark(request, "workflow_not_started", note="The workflow of its type could not begin.")
    else:
        said = "The workflow of its type began with it."
        mark(request, "workflow_started", note=said, workflow=workflow)


def _begun(request: ServiceRequest, template: WorkflowTemplate, project: Project) -> Workflow:
    Project.hold(project.pk)
    name = texts.on_one_line(f"{request}: {request.title}")[:LONGEST_NAME]
    people = _people(request, template, project)
    workflow = Start(template, project, name=name, people=people).made(actor=None)
    return perform(workflow, "activate", actor=None)


def _people(
    request: ServiceRequest, template: WorkflowTemplate, project: Project
) -> dict[str, User]:
    """The roles that a request has somebody for, as far as they can be given tasks there."""
    named = {"requester": request.requester, "assignee": request.assignee}
    asked = {role: named[role] for role in template.roles if role in named}
    able = able_among(project, [person for person in asked.values() if person is not None])
    return {role: person for role, person in asked.items() if person in able}
