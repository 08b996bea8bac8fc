"""What service levels do in the background."""

from __future__ import annotations

from datetime import timedelta

from core.chores import chore
from sla.watch import raced_with_an_edit, raise_due_alarms


@chore(every=timedelta(minutes=1))
def raise_alarms() -> int:
    """Warn at 75 % of a target and say when it is breached, each once for an item; returns how often.

    What was missed while nobody worked is made up for; but a warning after the breach helps nobody.
    """
    return raise_due_alarms()


@chore(every=timedelta(minutes=10))
def mend_races() -> int:
    """Read the clock again for items that were saved while somebody edited a calendar or a policy."""
    note = "Saved while a calendar or a policy was changed."
    return sum(each.mend(note) for each in raced_with_an_edit())
