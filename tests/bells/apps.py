from django.apps import AppConfig


class BellsConfig(AppConfig):
    """A test-only app: as little as a lifecycle can be."""

    name = "tests.bells"

    def ready(self) -> None:
        from tests.bells import surfaces  # noqa: F401, PLC0415 - registers the admin
