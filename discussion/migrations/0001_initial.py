"""Comments on items, and who is named in them and watches."""

import django.core.validators
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
            name="Comment",
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
                ("subject_type", models.CharField(editable=False, max_length=80)),
                ("subject_id", models.BigIntegerField(editable=False)),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                (
                    "is_internal",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether it exists for agents only.",
                        verbose_name="internal",
                    ),
                ),
                ("redacted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[("visible", "Visible"), ("redacted", "Redacted")],
                        default="visible",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        help_text="Empty is FlowTrack itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redacted_by",
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
                    models.Index(
                        fields=["subject_type", "subject_id", "id"], name="discussion_on_item"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "redacted"), _negated=True),
                            ("body", ""),
                            _connector="OR",
                        ),
                        name="discussion_comment_redacted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["visible", "redacted"])),
                        name="discussion_comment_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="discussion.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "person"), name="discussion_mention_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
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
                ("subject_type", models.CharField(editable=False, max_length=80)),
                ("subject_id", models.BigIntegerField(editable=False)),
                ("is_watching", models.BooleanField(default=True, verbose_name="watching")),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_type", "subject_id", "person"),
                        name="discussion_watch_once",
                    )
                ],
            },
        ),
    ]
