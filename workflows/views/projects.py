"""Projects and those who take part in them under `/api/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import IN_THEIR_ORDER, rows_below
from core.api.etags import expected_version
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.transitions import TransitionsMixin
from core.api.viewsets import (
    EditMixin,
    ReadOneMixin,
    RemoveMixin,
    WorkItemViewSet,
)
from core.lifecycle import perform
from core.querysets import visible_rows
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from workflows.columns import PROJECT_COLUMNS
from workflows.filters import ProjectFilterSet
from workflows.joining import join
from workflows.models import Invitation, Member, Project, Task, Workflow
from workflows.planning import plan_of
from workflows.serializers import (
    InvitationSerializer,
    JoinSerializer,
    MemberSerializer,
    PlanSerializer,
    ProjectSerializer,
    WorkflowBelowSerializer,
)


class ProjectViewSet(Discussed, Filed, ExportsToFiles, InBackground, WorkItemViewSet):
    """Projects: what people plan together; those of others do not exist."""

    model = Project
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilterSet
    export_columns = PROJECT_COLUMNS
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "name": Ordering("name"),
        "ends_on": Ordering("ends_on", nullable=True),
        "id": Ordering("id"),
    }

    @extend_schema(summary="Archive a project", responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it away: nobody but its owners finds it, and they only if they ask for it."""
        project = self.visible()
        version = expected_version(request, project.pk)
        perform(project, "archive", actor=self.actor, expected_version=version)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @rows_below(MemberSerializer, summary="Members")
    def members(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who takes part, and as what."""
        return self._below(Member, MemberSerializer)

    @extend_schema(summary="New member", responses={201: MemberSerializer})
    @members.mapping.post
    def add_member(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take somebody in whom you know; others are invited by e-mail."""
        return self.create_below(Member, "project", at="members-detail")

    @rows_below(InvitationSerializer, summary="Invitations", default_ordering="-id")
    def invitations(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who was asked by e-mail to take part; owners see it."""
        return self._below(Invitation, InvitationSerializer)

    @extend_schema(summary="New invitation", responses={201: InvitationSerializer})
    @invitations.mapping.post
    def invite(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask somebody by e-mail; the letter is good once, and for seven days."""
        return self.create_below(Invitation, "project", at="invitations-detail")

    @rows_below(
        WorkflowBelowSerializer,
        summary="Workflows",
        orderings=IN_THEIR_ORDER,
        default_ordering="position",
    )
    def workflows(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Its boards, in their order."""
        return self._below(Workflow, WorkflowBelowSerializer)

    @extend_schema(summary="New workflow", responses={201: WorkflowBelowSerializer})
    @workflows.mapping.post
    def add_workflow(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a new board."""
        return self.create_below(Workflow, "project", at="workflows-detail")

    @extend_schema(summary="Plan", responses=PlanSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def plan(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is left to do: the critical path by the estimates, and what holds up what."""
        project = self.visible()
        tasks = visible_rows(Task, self.actor).for_display().in_project(project.pk)
        return Response(PlanSerializer(plan_of(list(tasks.open()))).data)

    def _below(self, model: Any, serializer_class: Any) -> Response:
        rows = visible_rows(model, self.actor).for_display().filter(project=self.path_id())
        return self.page_below(rows, serializer_class)


class MemberViewSet(ReadOneMixin, EditMixin, RemoveMixin, HistoryMixin):
    """Members, one by one; together they stand below their project. Whoever leaves removes themself."""

    model = Member
    serializer_class = MemberSerializer


class InvitationViewSet(ReadOneMixin, HistoryMixin, TransitionsMixin):
    """Invitations, one by one; together they stand below their project."""

    model = Invitation
    serializer_class: Any = InvitationSerializer

    @extend_schema(summary="Accept", request=JoinSerializer, responses=ProjectSerializer)
    @action(detail=False, methods=["post"], serializer_class=JoinSerializer)
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Join a project with the code of the letter; once, for seven days, with the invited address."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        project = join(body.validated_data["token"], person=self.actor)
        self.serializer_class = ProjectSerializer
        return self.show(project)
