from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that goes on behind a request."""

    name = "jobs"
    verbose_name = "Jobs"
