from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """What is broken, and who sees to it."""

    name = "tickets"
    verbose_name = "Tickets and work orders"
