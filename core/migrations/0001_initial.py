"""What happened, which only grows, and what keeps calls and chores from being done twice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.encoding
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("core", "0003_events_are_told")]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChoreRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("started_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now)),
                ("action", models.CharField(max_length=50)),
                ("source", models.CharField(blank=True, max_length=20)),
                ("target", models.CharField(blank=True, max_length=20)),
                ("note", models.TextField(blank=True)),
                ("changes", models.JSONField(default=dict, encoder=core.encoding.StoredJSON)),
                ("request_id", models.CharField(blank=True, max_length=128)),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.CharField(max_length=40)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When all who hear of it were put down.",
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["subject_type", "subject_id", "-id"], name="core_event_subject"
                    ),
                    models.Index(fields=["actor", "-id"], name="core_event_actor"),
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["id"],
                        name="core_event_untold",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(blank=True)),
                ("headers", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                (
                    "caller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("subject_id", models.BigIntegerField(null=True)),
                ("subject_type", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotency_created")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("caller", "key"), name="idempotency_one_per_caller"
                    )
                ],
            },
        ),
        AppendOnly("Event"),
    ]
