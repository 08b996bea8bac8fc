"""Files and what became of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="File",
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
                ("title", models.CharField(editable=False, max_length=150, verbose_name="name")),
                ("subject_type", models.CharField(blank=True, editable=False, max_length=80)),
                ("subject_id", models.BigIntegerField(editable=False, null=True)),
                (
                    "is_internal",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether it exists for agents only.",
                        verbose_name="internal",
                    ),
                ),
                ("size", models.BigIntegerField(editable=False, help_text="In bytes.")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "content_type",
                    models.CharField(editable=False, max_length=100, verbose_name="type"),
                ),
                (
                    "key",
                    models.UUIDField(
                        editable=False, help_text="The name of its bytes.", unique=True
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        blank=True, help_text="What the scanner found in it.", max_length=200
                    ),
                ),
                ("scanned_at", models.DateTimeField(editable=False, null=True)),
                (
                    "purged_at",
                    models.DateTimeField(
                        editable=False, help_text="When its bytes were removed.", null=True
                    ),
                ),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("received", "Received"),
                            ("scanning", "Scanning"),
                            ("available", "Available"),
                            ("quarantined", "Quarantined"),
                            ("deleted", "Deleted"),
                        ],
                        default="received",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "id"], name="files_on_item"),
                    models.Index(
                        condition=models.Q(("status", "deleted"), _negated=True),
                        fields=["created_by", "id", "size"],
                        name="files_of_person",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["received", "scanning"]),
                            models.Q(("purged_at", None), ("status", "deleted")),
                            _connector="OR",
                        ),
                        fields=["updated_at"],
                        name="files_owed",
                    ),
                    models.Index(fields=["status", "-id"], name="files_by_status"),
                    models.Index(fields=["created_at", "id"], name="files_by_arrival"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id", None), ("subject_type", "")),
                            models.Q(
                                models.Q(("subject_type", ""), _negated=True),
                                ("subject_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="files_on_one_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_internal", False), ("subject_id__isnull", False), _connector="OR"
                        ),
                        name="files_internal_on_items",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="files_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purged_at", None), ("status", "deleted"), _connector="OR"
                        ),
                        name="files_purged_after_deletion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "available"), _negated=True),
                            ("scanned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="files_available_after_scan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["received", "scanning", "available", "quarantined", "deleted"],
                            )
                        ),
                        name="files_file_status",
                    ),
                ],
            },
        ),
    ]
