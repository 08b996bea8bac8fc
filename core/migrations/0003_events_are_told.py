from django.db import migrations, models

from core.db import append_only
from core.db.append_only import AppendOnly


def forget_the_past(apps, editor):
    """What happened before anybody was told of anything is not news."""
    append_only.remove(editor.connection, "core_event")
    apps.get_model("core", "Event")._base_manager.update(told_at=models.F("at"))


def guard_again(apps, editor):
    """Going back takes the guards off with the column; what is left has to have them."""
    append_only.install(editor.connection, "core_event")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_replays_are_seen")]
    operations = [
        migrations.AddField(
            "event",
            "told_at",
            models.DateTimeField(
                editable=False, help_text="When all who hear of it were put down.", null=True
            ),
        ),
        migrations.RunPython(forget_the_past, guard_again),
        AppendOnly("event"),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("told_at", None)), fields=["id"], name="core_event_untold"
            ),
        ),
    ]
