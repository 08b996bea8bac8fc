"""People and reference data."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from accounts.attempts import PersonThrottle
from accounts.filters import SubstitutionFilterSet, UserFilterSet
from accounts.models import Department, Substitution, Team, User
from accounts.serializers import (
    DepartmentSerializer,
    NewUserSerializer,
    SubstitutionSerializer,
    TeamSerializer,
    UserSerializer,
)
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.viewsets import (
    CreateMixin,
    ReadMixin,
    ReadOnlyRecordViewSet,
    RemoveMixin,
    WorkItemViewSet,
)


class AdminsOnly(BasePermission):
    """Accounts are the admins' business."""

    message = "Only admins manage accounts."

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_admin)  # type: ignore[union-attr]


class UserViewSet(WorkItemViewSet):
    """Accounts: who there is, what they may do, and whether they can sign in."""

    model = User
    permission_classes = [IsAuthenticated, AdminsOnly]
    throttle_classes = [PersonThrottle]
    also_refuses_with = frozenset({429})
    serializer_class = UserSerializer
    filterset_class = UserFilterSet
    orderings = {
        "name": Ordering("name"),
        "email": Ordering("email"),
        "created_at": Ordering("created_at"),
    }
    default_ordering = "name"
    export_columns = {
        "id": lambda user: user.pk,
        "email": lambda user: user.email,
        "name": lambda user: user.name,
        "role": lambda user: user.role,
        "department": lambda user: user.department and user.department.name,
        "status": lambda user: user.status,
        "created_at": lambda user: user.created_at,
    }

    def get_serializer_class(self) -> type[UserSerializer]:
        return NewUserSerializer if self.action == "create" else UserSerializer


class DepartmentViewSet(ReadOnlyRecordViewSet):
    """Departments, each with its approvers."""

    model = Department
    serializer_class = DepartmentSerializer
    orderings = {"name": Ordering("name")}
    default_ordering = "name"


class TeamViewSet(ReadOnlyRecordViewSet):
    """Teams, each with its members."""

    model = Team
    serializer_class = TeamSerializer
    orderings = {"name": Ordering("name")}
    default_ordering = "name"


class SubstitutionViewSet(ReadMixin, CreateMixin, RemoveMixin, HistoryMixin):
    """Who decides in an approver's place, and when."""

    model = Substitution
    serializer_class = SubstitutionSerializer
    filterset_class = SubstitutionFilterSet
    orderings = {"starts_on": Ordering("starts_on"), "created_at": Ordering("created_at")}
    default_ordering = "-starts_on"
