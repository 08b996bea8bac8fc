"""A point of a checklist remembers the template that it was copied from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_schedules_say_more_of_a_ticket")]

    operations = [
        migrations.AddField(
            "ChecklistItem",
            "template",
            models.ForeignKey(
                editable=False,
                help_text="Where it was copied from.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tickets.checklisttemplate",
            ),
        ),
    ]
