from django.apps import AppConfig


class ServiceLevelsConfig(AppConfig):
    """How soon something is promised, and whether the promise is kept."""

    name = "sla"
    verbose_name = "Service levels"

    def ready(self) -> None:
        from sla import checks  # noqa: F401, PLC0415 - Django registers checks when apps are ready
