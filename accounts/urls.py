"""Where accounts answers under `/api/`: what the router registers, and the paths below `auth/`."""

from __future__ import annotations

from django.urls import path

from accounts import views

viewsets = {
    "users": views.UserViewSet,
    "departments": views.DepartmentViewSet,
    "teams": views.TeamViewSet,
    "substitutions": views.SubstitutionViewSet,
}

auth_patterns = [
    path("register/", views.RegisterView.as_view(), name="auth-register"),
    path("login/", views.LoginView.as_view(), name="auth-login"),
    path("refresh/", views.RefreshView.as_view(), name="auth-refresh"),
    path("logout/", views.LogoutView.as_view(), name="auth-logout"),
    path("logout-all/", views.LogoutAllView.as_view(), name="auth-logout-all"),
    path("me/", views.MeView.as_view(), name="auth-me"),
    path("sessions/", views.SessionViewSet.as_view({"get": "list"}), name="auth-sessions"),
    path(
        "sessions/<uuid:pk>/",
        views.SessionViewSet.as_view({"delete": "destroy"}),
        name="auth-session",
    ),
    path("password/", views.PasswordView.as_view(), name="auth-password"),
    path("password/reset/", views.ResetView.as_view(), name="auth-password-reset"),
    path(
        "password/reset/confirm/",
        views.ConfirmResetView.as_view(),
        name="auth-password-reset-confirm",
    ),
]
