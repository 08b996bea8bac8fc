"""What a webhook's account sees: asked when it is told of something, and again whenever that is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from accounts.models import User
from core import clock
from core.models import Record, WorkItem
from core.querysets import visible_rows
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks.bodies import veiled
from notifications.webhooks.catalogue import is_for_admins, kinds
from notifications.webhooks.claiming import Item, item_of

OUT_OF_SIGHT = "Its account does not see this any more."


def people(keys: Collection[int]) -> dict[int, User]:
    """Accounts with their rights: one statement for all."""
    return User.objects.with_rights().in_bulk(keys) if keys else {}


def seen_by(reader: User | None, items: Iterable[Item]) -> dict[Item, Record]:
    """Those of the items that exist for an account now: one statement for each kind."""
    if reader is None or not reader.is_active:
        return {}
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in items:
        if kind in kinds() and (reader.is_admin or not is_for_admins(kind)):
            keys[kind].add(key)
    return {(kind, str(row.pk)): row for kind in keys for row in _rows(kind, keys[kind], reader)}


def drop_unseen(
    endpoint: WebhookEndpoint, rows: Sequence[list[Delivery]]
) -> tuple[list[list[Delivery]], int]:
    """What is claimed and may still be sent, as it may be now; the rest is given up, and counted."""
    claimed = [each for row in rows for each in row]
    real = [each for each in claimed if not each.is_test]
    if not real:
        return list(rows), 0
    reader = people({endpoint.account_id}).get(endpoint.account_id)
    seen = seen_by(reader, map(item_of, real))
    for each in real:
        if reader and (item := seen.get(item_of(each))):
            each.body = veiled(each.body, item, reader)
    unseen = {each.pk for each in real if item_of(each) not in seen}
    _give_up([each for each in real if each.pk in unseen])
    left = ([each for each in row if each.pk not in unseen] for row in rows)
    return [row for row in left if row], len(unseen)


def _give_up(deliveries: Sequence[Delivery]) -> None:
    """No failure of the receiver's: it is not counted as one, and nothing waits for it."""
    if not deliveries:
        return
    ours = Delivery.objects.pending().filter(
        pk__in=[each.pk for each in deliveries], claim=deliveries[0].claim
    )
    now = clock.now()
    ours.update(
        state=Delivery.State.FAILED, problem=OUT_OF_SIGHT, finished_at=now, next_at=now, claim=""
    )


def _rows(kind: str, keys: set[str], reader: User) -> Iterable[Record]:
    model = kinds()[kind]
    rows = visible_rows(model, reader).filter(pk__in=keys)
    # What a work item is called it knows by itself; others may be called after their relations.
    found: Iterable[Record] = rows if issubclass(model, WorkItem) else rows.for_display()
    return found
