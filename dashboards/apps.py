from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Read-only figures; no tables."""

    name = "dashboards"
