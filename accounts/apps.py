from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, what they may do, and every way in."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import schema  # noqa: F401, PLC0415 - it registers itself
