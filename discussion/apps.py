from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """What people write to each other about work items."""

    name = "discussion"
    verbose_name = "Discussion"
