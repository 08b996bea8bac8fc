from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Operations requests, from an idea to done."""

    name = "requests_app"
    verbose_name = "Operations requests"
