"""Which webhooks hear of which events: one delivery for each, written where the event is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from accounts.models import User
from core.models import Event, Record
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks.bodies import body_of
from notifications.webhooks.catalogue import kinds
from notifications.webhooks.claiming import Item
from notifications.webhooks.sight import people, seen_by

AT_ONCE = 500

Wanted = tuple[WebhookEndpoint, Event]


def tell(events: list[Event]) -> None:
    """Put down what each webhook hears of these; call it in their order, in one transaction.

    Telling again adds nothing. What its account does not see at this moment a webhook never hears of.
    """
    endpoints = list(WebhookEndpoint.objects.listening().order_by("pk"))
    wanted = [
        (endpoint, event)
        for event in events
        for endpoint in endpoints
        if event.subject_type in kinds() and endpoint.wants(event.subject_type, type_of(event))
    ]
    if wanted:
        # Ids follow the order of the events, and items are told of in the order of ids.
        rows = Delivery.objects
        rows.bulk_create(_deliveries(wanted), batch_size=AT_ONCE, ignore_conflicts=True)


def type_of(event: Event) -> str:
    """The name of what happened: `tickets.ticket.resolve`."""
    return f"{event.subject_type}.{event.action}"


def _deliveries(wanted: Sequence[Wanted]) -> Iterator[Delivery]:
    accounts = people({endpoint.account_id for endpoint, _ in wanted})
    actors = people({event.actor_id for _, event in wanted if event.actor_id})
    seen = _seen(wanted, accounts)
    bodies: dict[tuple[int, int], str] = {}
    for endpoint, event in wanted:
        item = seen.get((endpoint.account_id, event.subject_type, event.subject_id))
        if item is None:
            continue
        key = endpoint.account_id, event.pk
        if key not in bodies:  # webhooks of one account are sent the same
            reader = accounts[endpoint.account_id]
            bodies[key] = body_of(event, type_of(event), item, reader=reader, people=actors)
        yield _delivery(endpoint, event, bodies[key])


def _delivery(endpoint: WebhookEndpoint, event: Event, body: str) -> Delivery:
    return Delivery(
        endpoint=endpoint,
        event=event,
        event_type=type_of(event),
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        body=body,
    )


def _seen(
    wanted: Sequence[Wanted], accounts: dict[int, User]
) -> dict[tuple[int, str, str], Record]:
    """What each account sees of the items now: one statement for each kind and account."""
    asked: dict[int, set[Item]] = defaultdict(set)
    for endpoint, event in wanted:
        asked[endpoint.account_id].add((event.subject_type, event.subject_id))
    return {
        (account, *item): row
        for account, items in asked.items()
        for item, row in seen_by(accounts[account], items).items()
    }
