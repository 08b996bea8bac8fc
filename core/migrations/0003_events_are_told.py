from django.db import migrations, models
from django.utils import timezone

from core.db import append_only
from core.db.append_only import AppendOnly

WHAT = {"editable": False, "help_text": "When all who hear of it were put down.", "null": True}


def guard_again(apps, editor):
    """Going back takes the guards off with the column; what is left has to have them."""
    append_only.install(editor.connection, "core_event")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_replays_are_seen")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        # What happened before anybody was told of anything is not news. PostgreSQL keeps the one
        # value beside the table, so that no row of a long history is touched.
        migrations.AddField("event", "told_at", models.DateTimeField(default=timezone.now, **WHAT)),
        migrations.AlterField("event", "told_at", models.DateTimeField(**WHAT)),
        AppendOnly("event"),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("told_at", None)), fields=["id"], name="core_event_untold"
            ),
        ),
    ]
