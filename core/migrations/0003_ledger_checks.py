"""What came of each check of the ledger, for good."""

from django.db import migrations, models

import core.clock
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_the_history_is_a_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now)),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Of the checkpoint; empty where something was wrong.",
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "up_to",
                    models.BigIntegerField(help_text="The key of the last event that was read."),
                ),
                ("events", models.BigIntegerField(default=0)),
                ("subjects", models.BigIntegerField(default=0)),
                (
                    "root",
                    models.CharField(
                        blank=True, help_text="Over the last event of each subject.", max_length=64
                    ),
                ),
                (
                    "line",
                    models.TextField(
                        blank=True, help_text="The checkpoint as it was written outside."
                    ),
                ),
                (
                    "finding",
                    models.TextField(
                        blank=True, help_text="What was wrong; empty where nothing was."
                    ),
                ),
            ],
        ),
        AppendOnly("LedgerCheck"),
    ]
