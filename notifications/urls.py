"""Where notifications answer: under `/api/`, and on the page that ends e-mail."""

from __future__ import annotations

from django.urls import path

from notifications import views
from notifications.webhooks.views import DeliveryViewSet, WebhookViewSet

app_name = "notifications"

viewsets: dict[str, type] = {
    "notifications": views.NotificationViewSet,
    "webhooks/deliveries": DeliveryViewSet,
    "webhooks": WebhookViewSet,
}

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
