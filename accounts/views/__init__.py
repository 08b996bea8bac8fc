"""The routes of accounts under `/api/`."""

from accounts.views.me import MeView, PasswordView, SessionViewSet
from accounts.views.people import (
    DepartmentViewSet,
    SubstitutionViewSet,
    TeamViewSet,
    UserViewSet,
)
from accounts.views.resets import ConfirmResetView, ResetView
from accounts.views.sign_in import LoginView, LogoutAllView, LogoutView, RefreshView, RegisterView

__all__ = [
    "ConfirmResetView",
    "DepartmentViewSet",
    "LoginView",
    "LogoutAllView",
    "LogoutView",
    "MeView",
    "PasswordView",
    "RefreshView",
    "RegisterView",
    "ResetView",
    "SessionViewSet",
    "SubstitutionViewSet",
    "TeamViewSet",
    "UserViewSet",
]
