from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Q

from core.errors import Refused
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks.replaying import replay, replay_all

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "Show webhooks and what waits for them, list what was given up, and send it again."

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--failed", action="store_true", help="list what was given up")
        asked.add_argument(
            "--replay",
            metavar="ID",
            help="send a delivery that was given up again, or `all` of them",
        )

    def handle(self, *args: Any, failed: bool, replay: str | None, **options: Any) -> None:
        if replay == "all":
            self.stdout.write(f"{replay_all(actor=None)} will be sent again.")
        elif replay is not None:
            self._replay(replay)
        elif failed:
            self._list_failed()
        else:
            self._list()

    def _replay(self, key: str) -> None:
        found = Q(pk=key) if key.isascii() and key.isdigit() else Q(message_id=key)
        delivery = Delivery.objects.filter(found).first() if len(key) < 50 else None
        if delivery is None:
            raise CommandError(f"There is no delivery {key}.")
        try:
            replay(delivery)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        self.stdout.write(f"{delivery} will be sent again.")

    def _list_failed(self) -> None:
        rows = Delivery.objects.failed().select_related("endpoint").order_by("-pk")
        for each in rows[:MOST_SHOWN]:
            why = each.problem or each.status_code
            self.stdout.write(f"{each.pk}  {each.endpoint}  {each.event_type}  {each}  {why}")
        self.stdout.write(f"{rows.count()} were given up.")

    def _list(self) -> None:
        counted = {
            state: Count("deliveries", filter=Q(deliveries__state=state))
            for state in Delivery.State.values
        }
        for each in WebhookEndpoint.objects.annotate(**counted).order_by("pk"):
            figures = ", ".join(
                f"{getattr(each, state)} {state}" for state in Delivery.State.values
            )
            self.stdout.write(f"{each.pk}  {each.status}  {each}  {figures}")
