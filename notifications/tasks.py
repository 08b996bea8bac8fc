"""What notifications do in the background: put due ones into e-mails, send these, and forget what is old."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from accounts.letters import send_due
from core import clock
from core.chores import chore
from jobs.work import stopping
from notifications.mail.gathering import gather
from notifications.mail.writing import written
from notifications.models import Mailing, Notification, ReceivedMail
from notifications.outbox import tell_untold
from notifications.webhooks import sending, upkeep

READ_KEPT_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=180)
AT_ONCE = 5_000


@chore(every=timedelta(seconds=1))
def tell() -> int:
    """Put down who hears of what has happened; returns how many events were told."""
    return tell_untold()


@chore(every=timedelta(seconds=2))
def gather_mail() -> int:
    """Put into e-mails what is due; returns how many were made."""
    return gather()


@chore(every=timedelta(seconds=2), alone=True)
def send_mail() -> int:
    """Send e-mails that are due; returns how many were sent."""
    return send_due(Mailing, written)


@chore(every=timedelta(seconds=1), alone=True)
def send_webhooks() -> int:
    """Call webhooks with what is due, until nothing is; returns how many calls were made."""
    return sending.send_due(stopping)


@chore(every=timedelta(hours=1))
def look_after_webhooks() -> int:
    """Give up on those that only fail, and forget old deliveries; returns how many were given up on."""
    upkeep.forget_old()
    return upkeep.disable_failing()


@chore(every=timedelta(hours=1))
def purge() -> int:
    """Forget what was read or mailed 30 days ago, and all else after half a year; returns how much."""
    now = clock.now()
    old = Q(created_at__lt=now - KEPT_FOR)
    seen = Q(created_at__lt=now - READ_KEPT_FOR) & (
        Q(read_at__lt=now - READ_KEPT_FOR) | Q(mailing__sent_at__lt=now - READ_KEPT_FOR)
    )
    forgotten = 0
    while keys := list(
        Notification.objects.filter(old | seen).values_list("pk", flat=True)[:AT_ONCE]
    ):
        forgotten += Notification.objects.filter(pk__in=keys).delete()[0]
    ended = Q(sent_at__isnull=False) | Q(dropped_at__isnull=False) | old
    long_ago = now - READ_KEPT_FOR
    Mailing.objects.filter(ended, created_at__lt=long_ago, notifications=None).delete()
    ReceivedMail.objects.filter(received_at__lt=now - KEPT_FOR).delete()
    return forgotten
