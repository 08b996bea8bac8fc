from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """What people plan together, and who takes part."""

    name = "workflows"
    verbose_name = "Projects and tasks"

    def ready(self) -> None:
        from workflows import acquaintance, examination  # noqa: F401, PLC0415 - they register themselves
