"""Where notifications answer: under `/api/`, and on the page that ends e-mail."""

from __future__ import annotations

from django.urls import path

from notifications import views

app_name = "notifications"

viewsets = {"notifications": views.NotificationViewSet}

api_patterns = [
    path(
        "notifications/preferences/",
        views.PreferencesView.as_view(),
        name="notification-preferences",
    ),
]

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
