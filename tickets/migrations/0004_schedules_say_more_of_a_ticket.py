"""A schedule says how much its tickets press, whose they are and their tags; none counts through centuries."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import core.fields

PRIORITIES = [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("urgent", "Urgent")]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_departments"), ("tickets", "0003_occurrences_only_grow")]

    operations = [
        migrations.AddField(
            "Schedule",
            "priority",
            core.fields.ChoiceField(
                choices=PRIORITIES, default="medium", help_text="Of a ticket.", max_length=20
            ),
        ),
        migrations.AddField(
            "Schedule",
            "tags",
            models.JSONField(blank=True, default=list, help_text="Slugs of tags."),
        ),
        migrations.AddField(
            "Schedule",
            "team",
            models.ForeignKey(
                blank=True,
                help_text="Whose queue a ticket joins; without one, the routing rules say.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.AddConstraint(
            "Schedule",
            models.CheckConstraint(
                condition=models.Q(("starts_on__gte", date(2000, 1, 1))),
                name="tickets_schedule_starts_on",
                violation_error_message="It starts too long ago.",
            ),
        ),
        migrations.AddConstraint(
            "Schedule",
            models.CheckConstraint(
                condition=models.Q(("priority__in", ["low", "medium", "high", "urgent"])),
                name="tickets_schedule_priority",
            ),
        ),
    ]
