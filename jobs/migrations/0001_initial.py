"""Work in the background."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.encoding
import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("title", models.CharField(editable=False, max_length=200)),
                ("kind", models.CharField(editable=False, max_length=100)),
                (
                    "arguments",
                    models.JSONField(
                        default=dict, editable=False, encoder=core.encoding.StoredJSON
                    ),
                ),
                ("key", models.CharField(blank=True, editable=False, max_length=200)),
                ("request_id", models.CharField(blank=True, editable=False, max_length=128)),
                (
                    "due_at",
                    models.DateTimeField(default=core.clock.now, help_text="Not before this."),
                ),
                (
                    "attempt",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="How often a worker took it up."
                    ),
                ),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("finished_at", models.DateTimeField(editable=False, null=True)),
                (
                    "result",
                    models.JSONField(blank=True, encoder=core.encoding.StoredJSON, null=True),
                ),
                ("error", models.TextField(blank=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        help_text="On whose behalf, with whose rights; empty is FlowTrack itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "-id"], name="jobs_of_owner"),
                    models.Index(fields=["status", "-id"], name="jobs_by_status"),
                    models.Index(fields=["kind", "-id"], name="jobs_by_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            ("status__in", ("queued", "running")),
                        ),
                        fields=("key",),
                        name="jobs_one_live_per_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["queued", "running", "succeeded", "failed", "cancelled"],
                            )
                        ),
                        name="jobs_job_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now)),
                ("attempt", models.PositiveIntegerField()),
                (
                    "level",
                    core.fields.ChoiceField(
                        choices=[("info", "Info"), ("error", "Error"), ("detail", "Detail")],
                        default="info",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["job", "id"], name="jobs_line_of_job")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["info", "error", "detail"])),
                        name="jobs_line_level",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("schedule", models.CharField(max_length=150)),
                ("fire_at", models.DateTimeField()),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("schedule", "fire_at"), name="jobs_one_tick")
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="jobs.job",
                    ),
                ),
                (
                    "attempt",
                    models.PositiveIntegerField(
                        default=0, help_text="The last one that was taken up."
                    ),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, help_text="Since it was asked for."),
                ),
                ("worker", models.CharField(blank=True, max_length=100)),
                ("leased_until", models.DateTimeField(null=True)),
                ("hand_over_at", models.DateTimeField(null=True)),
                ("handed_over", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("message", models.CharField(blank=True, max_length=200)),
                (
                    "kept",
                    models.JSONField(
                        default=dict, help_text="What one attempt leaves to the next."
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("hand_over_at__isnull", False)),
                        fields=["hand_over_at"],
                        name="jobs_run_due",
                    ),
                    models.Index(
                        condition=models.Q(("leased_until__isnull", False)),
                        fields=["leased_until"],
                        name="jobs_run_leased",
                    ),
                ],
            },
        ),
    ]
