"""Who sends what: deliveries are claimed for a short while, each item's in their order.

A claim is a word in the row and the moment at which it lapses. Whoever was killed while sending loses
the claim, and somebody else sends the same again, with the same id.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from core import clock
from notifications.models import Delivery, WebhookEndpoint

LEASE = timedelta(seconds=30)
A_MOMENT = timedelta(milliseconds=500)

ITEM = ("subject_type", "subject_id")
Item = tuple[str, str]


def claim(endpoint: WebhookEndpoint, *, most: int) -> list[list[Delivery]]:
    """What is due for a webhook now and nobody else's: of each item a row, first things first.

    A delivery waits for every earlier one of its item that is not in the same row; others go on.
    """
    now = clock.now()
    with transaction.atomic():
        due = endpoint.deliveries.all().due(at=now).order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        found = sorted(due[:most], key=lambda delivery: delivery.pk)
        rows, behind = _sorted_out(endpoint, found)
        _lease([each for row in rows for each in row], now + LEASE)
        _hold_back(behind, now)
    return rows


def release(deliveries: Iterable[Delivery]) -> None:
    """Let somebody else have what was claimed and not begun."""
    by_claim: dict[str, list[int]] = defaultdict(list)
    for each in deliveries:
        by_claim[each.claim].append(each.pk)
    for word, keys in by_claim.items():
        ours = Delivery.objects.pending().filter(pk__in=keys, claim=word)
        ours.update(claim="", next_at=clock.now())


def item_of(delivery: Delivery) -> Item:
    """What it is about."""
    return delivery.subject_type, delivery.subject_id


def _sorted_out(
    endpoint: WebhookEndpoint, found: Sequence[Delivery]
) -> tuple[list[list[Delivery]], list[int]]:
    """What may go, as a row for each item; and the ids of what is behind something else."""
    rows: dict[Item, list[Delivery]] = defaultdict(list)
    behind: list[int] = []
    earlier = _earlier(endpoint, found)
    for delivery in found:
        item = item_of(delivery)
        if earlier.get(item, delivery.pk) < delivery.pk:
            behind.append(delivery.pk)
        else:
            rows[item].append(delivery)
    return list(rows.values()), behind


def _earlier(endpoint: WebhookEndpoint, found: Sequence[Delivery]) -> dict[Item, int]:
    """The id of the first of each item that is still to be sent and not among these."""
    if not found:
        return {}
    keys: dict[str, set[str]] = defaultdict(set)
    for delivery in found:
        keys[delivery.subject_type].add(delivery.subject_id)
    same_item = Q(pk__in=[])
    for kind, names in keys.items():
        same_item |= Q(subject_type=kind, subject_id__in=names)
    others = endpoint.deliveries.all().pending().exclude(pk__in=[each.pk for each in found])
    firsts = others.filter(same_item, pk__lt=found[-1].pk).values(*ITEM).annotate(first=Min("pk"))
    return {
        (kind, name): first for kind, name, first in firsts.order_by().values_list(*ITEM, "first")
    }


def _hold_back(behind: Sequence[int], now: datetime) -> None:
    """Look again when what is before them is due; soon, where somebody is sending it right now."""
    if not behind:
        return
    before = Delivery.objects.pending().filter(
        endpoint=OuterRef("endpoint"),
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        pk__lt=OuterRef("pk"),
    )
    when = Case(When(claim="", then=F("next_at")), default=now + A_MOMENT)
    first = before.order_by("pk").annotate(when=when).values("when")[:1]
    Delivery.objects.filter(pk__in=behind).update(next_at=Coalesce(Subquery(first), now))


def _lease(deliveries: Sequence[Delivery], until: datetime) -> None:
    if not deliveries:
        return
    word = secrets.token_hex(16)
    Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).update(
        claim=word, next_at=until
    )
    for each in deliveries:
        each.claim, each.next_at = word, until
