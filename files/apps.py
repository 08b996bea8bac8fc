from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What people upload, and who may have it."""

    name = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        from files import examination  # noqa: F401, PLC0415 - it registers itself
