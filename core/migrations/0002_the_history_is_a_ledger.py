"""Each event seals the one before it; those that are there already are sealed once, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import migrations, models
from django.db.models import TextField
from django.db.models.functions import Cast

from core.db import append_only
from core.db.append_only import AppendOnly
from core.sealing import NOTHING_YET, Facts, Head, digest, fresh_salt, seal

SUBJECT = ("subject_type", "subject_id")
AT_ONCE = 1_000


def lift_guard(apps: Any, editor: Any) -> None:
    append_only.remove(editor.connection, "core_event")


def guard_again(apps: Any, editor: Any) -> None:
    append_only.install(editor.connection, "core_event")


def seal_all(apps: Any, editor: Any) -> None:
    Event = apps.get_model("core", "Event")
    columns = ["sequence", "previous_hash", "salt", "hash"]
    events = _sealed(Event.objects.using(editor.connection.alias))
    while some := list(islice(events, AT_ONCE)):
        Event.objects.using(editor.connection.alias).bulk_update(some, columns)


def _sealed(rows: Any) -> Iterator[Any]:
    subject, head = None, NOTHING_YET
    in_order = rows.annotate(words=Cast("changes", TextField())).order_by(*SUBJECT, "pk")
    for event in in_order.iterator(AT_ONCE):
        key = tuple(getattr(event, name) for name in SUBJECT)
        if key != subject:
            subject, head = key, NOTHING_YET
        event.sequence, event.previous_hash, event.salt = head.sequence + 1, head.hash, fresh_salt()
        facts = Facts(*(getattr(event, name) for name in Facts._fields))
        event.hash = seal(facts, digest(event.salt, event.note, event.words))
        head = Head(event.sequence, event.hash)
        yield event


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(lift_guard, guard_again),
        migrations.AddField(
            "event", "sequence", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "event",
            "previous_hash",
            models.CharField(blank=True, default="", max_length=64, editable=False),
        ),
        migrations.AddField(
            "event", "salt", models.CharField(default="", max_length=32, editable=False)
        ),
        migrations.AddField(
            "event", "hash", models.CharField(default="", max_length=64, editable=False)
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
        migrations.AlterField(
            "event",
            "sequence",
            models.PositiveIntegerField(
                editable=False, help_text="Which event of its subject it is, from 1."
            ),
        ),
        migrations.AlterField(
            "event", "previous_hash", models.CharField(blank=True, max_length=64, editable=False)
        ),
        migrations.AlterField("event", "salt", models.CharField(max_length=32, editable=False)),
        migrations.AlterField("event", "hash", models.CharField(max_length=64, editable=False)),
        migrations.AddConstraint(
            "event",
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sequence"], name="core_event_chain"
            ),
        ),
        migrations.RemoveIndex("event", "core_event_subject"),
        AppendOnly("Event"),
    ]
