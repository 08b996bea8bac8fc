"""What the queue does for all: moving many items, verifying the ledger, tidying up after itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Max, Q
from django_tasks_db.models import DBTaskResult

from core import clock, references
from core.api.inputs import input_serializer
from core.chores import chore
from core.errors import NotFound, Refused
from core.ledger.checking import check
from core.lifecycle import perform
from jobs.kinds import Result, kind
from jobs.models import Tick
from jobs.schedules import every
from jobs.work import Work

KEPT_FOR = timedelta(days=30)
CARRIED_FOR = timedelta(hours=1)
LOST_AFTER = timedelta(days=1)


@kind("jobs.transitions", title="Move many items")
def transitions(work: Work) -> Result:
    """One transition on each of many items, each in its own transaction, as the owner may now."""
    model: Any = apps.get_model(work.arguments["model"])
    name = work.arguments["transition"]
    given = input_serializer(model, name)(
        data=work.arguments["body"], context={"actor": work.owner}
    )
    given.is_valid(raise_exception=True)

    def move(item: Any) -> None:
        key = references.parse(model, str(item))
        if key is None:
            raise NotFound
        perform(model(pk=key), name, actor=work.owner, **given.validated_data)

    return work.each(work.arguments["ids"], move)


class LedgerTampered(Refused):
    """The history is not what was written."""

    code = "ledger_tampered"


@kind("ledger.verify", title="Verify the ledger", attempts=2)
def verify_ledger(work: Work) -> Result:
    """Fails, saying what is wrong, where something is: admins hear of it."""
    kept = check(tell=work.progress)
    if kept.finding:
        raise LedgerTampered(kept.finding)
    return {"checkpoint": kept.number, "events": kept.events, "subjects": kept.subjects}


every("30 3 * * *", "ledger.verify")


@chore(every=timedelta(minutes=10))
def forget_messages() -> int:
    """Messages that the embedded engine has delivered, or lost with its worker; the jobs stay."""
    now = clock.now()
    delivered = Q(finished_at__lt=now - CARRIED_FOR)
    lost = Q(enqueued_at__lt=now - LOST_AFTER)
    return DBTaskResult.objects.filter(delivered | lost).delete()[0]


@chore(every=timedelta(hours=1))
def forget_ticks() -> int:
    """Moments long past; the last one of each schedule says where it goes on."""
    old = Tick.objects.filter(fire_at__lt=clock.now() - KEPT_FOR)
    last = Tick.objects.values("schedule").annotate(last=Max("pk")).order_by()
    return old.exclude(pk__in=list(last.values_list("last", flat=True))).delete()[0]
