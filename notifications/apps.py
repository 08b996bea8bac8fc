from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Who hears of what, and how."""

    name = "notifications"
    verbose_name = "Notifications"
