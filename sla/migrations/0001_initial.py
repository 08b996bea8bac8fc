"""Calendars and policies; what one of them said once is never rewritten."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.clock
import core.fields
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("sla", "0002_versions_only_grow")]

    dependencies = [
        ("accounts", "0001_initial"),
        ("requests_app", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
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
                ("name", models.CharField(max_length=100, unique=True)),
                ("time_zone", models.CharField(help_text="As in `Europe/London`.", max_length=64)),
                (
                    "hours",
                    models.JSONField(
                        help_text='By weekday: `{"mon": [["09:00", "17:30"]], "fri": [["22:00", "06:00"]]}`. An end that is not after its start is on the next day; `24:00` is midnight.'
                    ),
                ),
                (
                    "holidays",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Days off: `[{"date": "2026-12-25", "name": "Christmas Day"}]`.',
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Policy",
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
                ("name", models.CharField(max_length=100, unique=True)),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="The first one that fits wins, from 0."
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Whether new items can come under it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "applies_to",
                    core.fields.ChoiceField(
                        choices=[("request", "Request"), ("ticket", "Ticket")], max_length=20
                    ),
                ),
                (
                    "priority",
                    core.fields.ChoiceField(
                        blank=True,
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("urgent", "Urgent"),
                        ],
                        default="",
                        help_text="Only items that press so much; empty is any.",
                        max_length=20,
                    ),
                ),
                (
                    "response_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Working time until the first response; empty promises none.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(525600),
                        ],
                    ),
                ),
                (
                    "resolution_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Working time until it is resolved; empty promises none.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(525600),
                        ],
                    ),
                ),
                (
                    "waits_in",
                    models.JSONField(
                        blank=True,
                        help_text="Statuses in which the clock pauses; empty is what the item says itself.",
                        null=True,
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
                        to="sla.calendar",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only items of this category; empty is any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.category",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only items of this department; empty is any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "request_type",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only requests of this type; empty is any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.requesttype",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "policies",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_active", True)),
                        fields=["applies_to", "position", "id"],
                        name="sla_policy_order",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("response_minutes__isnull", False),
                            ("resolution_minutes__isnull", False),
                            _connector="OR",
                        ),
                        name="sla_policy_promises_something",
                        violation_error_message="Promise a first response, a resolution, or both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("response_minutes", None),
                            ("response_minutes__range", (1, 525600)),
                            _connector="OR",
                        ),
                        name="sla_policy_response",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resolution_minutes", None),
                            ("resolution_minutes__range", (1, 525600)),
                            _connector="OR",
                        ),
                        name="sla_policy_resolution",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("request_type", None), ("applies_to", "request"), _connector="OR"
                        ),
                        name="sla_policy_type_of_requests",
                        violation_error_message="Only requests have a request type.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("applies_to__in", ["request", "ticket"])),
                        name="sla_policy_applies_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("priority__in", ["low", "medium", "high", "urgent", ""])
                        ),
                        name="sla_policy_priority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("valid_from", models.DateTimeField()),
                ("response_minutes", models.PositiveIntegerField(null=True)),
                ("resolution_minutes", models.PositiveIntegerField(null=True)),
                ("waits_in", models.JSONField(null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.calendar",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sla.policy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "number"), name="sla_policy_version_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("valid_from", models.DateTimeField()),
                ("time_zone", models.CharField(max_length=64)),
                ("hours", models.JSONField()),
                ("holidays", models.JSONField()),
                (
                    "calendar",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sla.calendar",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "number"), name="sla_calendar_version_number"
                    )
                ],
            },
        ),
        AppendOnly("CalendarVersion"),
        AppendOnly("PolicyVersion"),
    ]
