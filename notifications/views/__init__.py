"""The routes of notifications under `/api/`, and the page that ends e-mail."""

from notifications.views.inbox import NotificationViewSet
from notifications.views.preferences import PreferencesView
from notifications.views.unsubscribing import unsubscribe

__all__ = ["NotificationViewSet", "PreferencesView", "unsubscribe"]
