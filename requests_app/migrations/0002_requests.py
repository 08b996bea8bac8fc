"""Requests, and the decisions on them, which only grow."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.fields
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("requests_app", "0008_workflows_begin")]

    dependencies = [
        ("accounts", "0001_initial"),
        ("requests_app", "0001_initial"),
        ("sla", "0001_initial"),
        ("workflows", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceRequest",
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
                ("approvals_needed", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                (
                    "priority",
                    core.fields.ChoiceField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("urgent", "Urgent"),
                        ],
                        default="medium",
                        max_length=20,
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        blank=True, default=dict, help_text="Answers to the type's form."
                    ),
                ),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why it ended early.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                (
                    "resolution",
                    models.TextField(
                        blank=True,
                        help_text="What was done.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("completed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("denied", "Denied"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The agent who gets it done.",
                        limit_choices_to={"role__in": ["agent", "admin"], "status": "active"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_requests",
                        to=settings.AUTH_USER_MODEL,
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
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="accounts.department",
                    ),
                ),
                (
                    "request_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="requests_app.requesttype",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Who needs it; yourself unless an agent asks for somebody.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "escalation",
                    core.fields.ChoiceField(
                        choices=[("none", "None"), ("warned", "Warned"), ("breached", "Breached")],
                        default="none",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("first_responded_at", models.DateTimeField(editable=False, null=True)),
                ("next_alarm_at", models.DateTimeField(editable=False, null=True)),
                ("response_due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "sla_policy",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.policy",
                        verbose_name="service level",
                    ),
                ),
                ("warns_at", models.DateTimeField(editable=False, null=True)),
                ("response_warns_at", models.DateTimeField(editable=False, null=True)),
                (
                    "workflow",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.workflow",
                    ),
                ),
            ],
            options={
                "verbose_name": "request",
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="requests_newest"),
                    models.Index(
                        fields=["status", "-created_at", "-id"], name="requests_by_status"
                    ),
                    models.Index(
                        fields=["requester", "-created_at", "-id"], name="requests_by_requester"
                    ),
                    models.Index(
                        fields=["department", "-created_at", "-id"], name="requests_by_department"
                    ),
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["department", "created_at"],
                        name="requests_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["pending", "approved", "in_progress"])),
                        fields=["assignee", "-created_at"],
                        name="requests_open_work",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["pending", "approved", "in_progress"])),
                        fields=["due_at"],
                        name="requests_open_due",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["decided_at"],
                        name="requests_decided",
                    ),
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at"],
                        name="requests_next_alarm",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["low", "medium", "high", "urgent"])),
                        name="requests_app_servicerequest_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "approved",
                                    "in_progress",
                                    "completed",
                                    "denied",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="requests_app_servicerequest_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("escalation__in", ["none", "warned", "breached"])),
                        name="requests_app_servicerequest_escalation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    core.fields.ChoiceField(
                        choices=[("approve", "Approve"), ("deny", "Deny")], max_length=20
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(default=core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="requests_app.servicerequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "person"), name="requests_app_decision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["approve", "deny"])),
                        name="requests_app_decision_outcome",
                    ),
                ],
            },
        ),
        AppendOnly("Decision"),
    ]
