from django.apps import AppConfig


class LampsConfig(AppConfig):
    """A test-only app: it shows that a lifecycle needs its declarations and nothing else."""

    name = "tests.lamps"

    def ready(self) -> None:
        from tests.lamps import surfaces  # noqa: F401, PLC0415 - registers the admin
