from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The kernel: lifecycles, events, scoping, and the conventions of API and admin."""

    name = "core"
    verbose_name = "Kernel"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415 - Django registers checks when apps are ready
