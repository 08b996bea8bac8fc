from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What people upload, and who may have it."""

    name = "files"
    verbose_name = "Files"
