"""Tickets, work orders and schedules, and what became of each occurrence, which is written once."""

import datetime as dt
from typing import Any

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.fields
import tickets.placeholders
from core.db.append_only import AppendOnly
from core.db.no_overlap import NoOverlap

TAGS = "tickets_ticket_tags"


def index_tags(apps: Any, editor: Any) -> None:
    """Serves `?tag=`: which lists hold this word. Only PostgreSQL has such an index; SQLite reads them all."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {TAGS} ON tickets_ticket USING gin (tags jsonb_path_ops)")


def drop_index(apps: Any, editor: Any) -> None:
    editor.execute(f"DROP INDEX IF EXISTS {TAGS}")


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("tickets", "0007_response_warns_at")]

    dependencies = [
        ("accounts", "0001_initial"),
        ("requests_app", "0002_requests"),
        ("sla", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistTemplate",
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
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(2000)]
                    ),
                ),
                (
                    "items",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Its points in their order: [{"text": "Main switch off", "required": true}].',
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Whether it is offered.", verbose_name="active"
                    ),
                ),
            ],
            options={
                "verbose_name": "checklist template",
            },
        ),
        migrations.CreateModel(
            name="Tag",
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
                (
                    "slug",
                    models.SlugField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9_-]*\\Z", "Use lower case only."
                            )
                        ],
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Whether it can be put on tickets.",
                        verbose_name="active",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CannedReply",
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
                ("title", models.CharField(help_text="How agents find it.", max_length=100)),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown, with placeholders such as {{ ticket.reference }}.",
                        validators=[
                            django.core.validators.MaxLengthValidator(10000),
                            tickets.placeholders.refuse_unknown,
                        ],
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Whether it is offered.", verbose_name="active"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose it is; empty is for all.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "canned reply",
                "verbose_name_plural": "canned replies",
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                (
                    "kind",
                    core.fields.ChoiceField(
                        choices=[
                            ("blocks", "Blocks"),
                            ("duplicates", "Duplicates"),
                            ("relates_to", "Relates To"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source_type", models.CharField(editable=False, max_length=80)),
                ("source_id", models.BigIntegerField(editable=False)),
                ("target_type", models.CharField(editable=False, max_length=80)),
                ("target_id", models.BigIntegerField(editable=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target_type", "target_id"], name="tickets_link_target")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source_type", "source_id", "target_type", "target_id", "kind"),
                        name="tickets_link_once",
                        violation_error_message="They are linked like this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_type__in", ("requests_app.servicerequest", "tickets.ticket")),
                            ("target_type__in", ("requests_app.servicerequest", "tickets.ticket")),
                        ),
                        name="tickets_link_of_tickets_and_requests",
                        violation_error_message="Only tickets and requests are linked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_id", models.F("target_id")),
                            ("source_type", models.F("target_type")),
                            _negated=True,
                        ),
                        name="tickets_link_not_with_itself",
                        violation_error_message="Nothing is linked with itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "relates_to"), _negated=True),
                            ("source_type__lt", models.F("target_type")),
                            models.Q(
                                ("source_id__lte", models.F("target_id")),
                                ("source_type", models.F("target_type")),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_link_one_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["blocks", "duplicates", "relates_to"])),
                        name="tickets_link_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
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
                (
                    "title",
                    models.CharField(help_text="The title of what it makes.", max_length=200),
                ),
                (
                    "creates",
                    core.fields.ChoiceField(
                        choices=[("ticket", "Ticket"), ("work_order", "Work order")],
                        default="ticket",
                        max_length=20,
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                (
                    "site",
                    models.CharField(blank=True, help_text="Of a work order.", max_length=200),
                ),
                (
                    "window_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How long the window of a work order is; empty leaves it a draft.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20160),
                        ],
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        help_text="RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`.", max_length=300
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(help_text="The local day from which the rule counts."),
                ),
                ("starts_at", models.TimeField(help_text="The local time of each occurrence.")),
                ("time_zone", models.CharField(help_text="As in `Europe/London`.", max_length=64)),
                (
                    "missed",
                    core.fields.ChoiceField(
                        choices=[("skip", "Skip"), ("catch_up", "Catch up")],
                        default="skip",
                        help_text="When several came due while nothing ran: skip makes the last one only, catch up makes each.",
                        max_length=20,
                    ),
                ),
                ("next_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("ended", "Ended")],
                        default="active",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of a ticket.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.category",
                    ),
                ),
                (
                    "checklist_template",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of a work order.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.checklisttemplate",
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
                    "requester",
                    models.ForeignKey(
                        blank=True,
                        help_text="For whom a ticket is made.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        help_text="Of a ticket.",
                        max_length=20,
                    ),
                ),
                ("tags", models.JSONField(blank=True, default=list, help_text="Slugs of tags.")),
                (
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "active")),
                        fields=["next_at"],
                        name="tickets_schedules_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("creates", "ticket"), _negated=True),
                            ("requester__isnull", False),
                            _connector="OR",
                        ),
                        name="tickets_schedule_requester",
                        violation_error_message="Say for whom the tickets are.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("creates__in", ["ticket", "work_order"])),
                        name="tickets_schedule_creates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missed__in", ["skip", "catch_up"])),
                        name="tickets_schedule_missed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "paused", "ended"])),
                        name="tickets_schedule_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__gte", dt.date(2000, 1, 1))),
                        name="tickets_schedule_starts_on",
                        violation_error_message="It starts too long ago.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["low", "medium", "high", "urgent"])),
                        name="tickets_schedule_priority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
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
                ("name", models.CharField(max_length=100)),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="The lowest that fits wins; among equals the older one.",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Whether it is asked at all.", verbose_name="active"
                    ),
                ),
                (
                    "distribution",
                    core.fields.ChoiceField(
                        choices=[
                            ("none", "To nobody yet"),
                            ("round_robin", "To each in turn"),
                            ("least_loaded", "To whoever has the fewest open tickets"),
                        ],
                        default="none",
                        help_text="To whom in the team it is given.",
                        max_length=20,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="The ticket's; empty fits any.",
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
                        help_text="The requester's; empty fits any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        help_text="Whose queue it joins.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        help_text="One of the ticket's; empty fits any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "routing rule",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("distribution__in", ["none", "round_robin", "least_loaded"])
                        ),
                        name="tickets_routingrule_distribution",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
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
                ("first_responded_at", models.DateTimeField(editable=False, null=True)),
                ("response_due_at", models.DateTimeField(editable=False, null=True)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                ("next_alarm_at", models.DateTimeField(editable=False, null=True)),
                (
                    "escalation",
                    core.fields.ChoiceField(
                        choices=[("none", "None"), ("warned", "Warned"), ("breached", "Breached")],
                        default="none",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("tags", models.JSONField(blank=True, default=list, help_text="Slugs of tags.")),
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
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why it waits or ended.",
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
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("new", "New"),
                            ("triaged", "Triaged"),
                            ("in_progress", "In progress"),
                            ("blocked", "Blocked"),
                            ("resolved", "Resolved"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="new",
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
                        help_text="The agent who sees to it.",
                        limit_choices_to={"role__in": ["agent", "admin"], "status": "active"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="requests_app.category",
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
                        editable=False,
                        help_text="The requester's, when it was reported.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="accounts.department",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The ticket whose outcome it follows.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Whom it bothers; yourself unless an agent reports for somebody.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Whose queue it is in.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="accounts.team",
                    ),
                ),
                ("warns_at", models.DateTimeField(editable=False, null=True)),
                ("response_warns_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="tickets_newest"),
                    models.Index(fields=["status", "-created_at", "-id"], name="tickets_by_status"),
                    models.Index(
                        fields=["requester", "-created_at", "-id"], name="tickets_by_requester"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("merged_into", None),
                            ("status__in", ["new", "triaged", "in_progress", "blocked"]),
                        ),
                        fields=["team", "-created_at"],
                        name="tickets_open_queue",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("merged_into", None),
                            ("status__in", ["new", "triaged", "in_progress", "blocked"]),
                        ),
                        fields=["assignee", "-created_at"],
                        name="tickets_open_work",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("merged_into", None),
                            ("status__in", ["new", "triaged", "in_progress", "blocked"]),
                        ),
                        fields=["due_at"],
                        name="tickets_open_due",
                    ),
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at"],
                        name="tickets_next_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="tickets_merged",
                    ),
                    models.Index(
                        condition=models.Q(("status", "resolved")),
                        fields=["resolved_at"],
                        name="tickets_resolved",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="tickets_ticket_not_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["low", "medium", "high", "urgent"])),
                        name="tickets_ticket_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "new",
                                    "triaged",
                                    "in_progress",
                                    "blocked",
                                    "resolved",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="tickets_ticket_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("escalation__in", ["none", "warned", "breached"])),
                        name="tickets_ticket_escalation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "last",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turn",
                        to="tickets.routingrule",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkOrder",
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
                ("title", models.CharField(max_length=200)),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                ("site", models.CharField(blank=True, help_text="Where.", max_length=200)),
                ("scheduled_start", models.DateTimeField(blank=True, null=True)),
                ("scheduled_end", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why it waits or ended.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                (
                    "completion_notes",
                    models.TextField(
                        blank=True,
                        help_text="What was done.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                (
                    "minutes_spent",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How long it took, in minutes.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(129600)],
                    ),
                ),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("completed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("draft", "Draft"),
                            ("scheduled", "Scheduled"),
                            ("dispatched", "Dispatched"),
                            ("in_progress", "In progress"),
                            ("on_hold", "On hold"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
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
                        help_text="Who goes there.",
                        limit_choices_to={"role__in": ["agent", "admin"], "status": "active"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_orders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checklist_template",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its points are copied into the checklist when it is chosen.",
                        limit_choices_to={"is_active": True},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.checklisttemplate",
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
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_orders",
                        to="requests_app.servicerequest",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_orders",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "work order",
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="work_orders_newest"),
                    models.Index(
                        fields=["status", "-created_at", "-id"], name="work_orders_by_status"
                    ),
                    models.Index(fields=["ticket", "status"], name="work_orders_of_ticket"),
                    models.Index(
                        condition=models.Q(("request__isnull", False)),
                        fields=["request"],
                        name="work_orders_of_request",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["dispatched", "in_progress", "on_hold"])
                        ),
                        fields=["assignee", "scheduled_start"],
                        name="work_orders_booked",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["completed", "cancelled"]), _negated=True
                        ),
                        fields=["scheduled_end"],
                        name="work_orders_open_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ticket", None), ("request", None), _connector="OR"),
                        name="tickets_work_order_one_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scheduled_end", None), ("scheduled_start", None)),
                            models.Q(
                                ("scheduled_end__gt", models.F("scheduled_start")),
                                ("scheduled_end__isnull", False),
                                ("scheduled_start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_work_order_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "scheduled",
                                    "dispatched",
                                    "in_progress",
                                    "on_hold",
                                    "completed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="tickets_workorder_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    core.fields.ChoiceField(
                        choices=[("created", "Created"), ("failed", "Failed")], max_length=20
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occurrences",
                        to="tickets.schedule",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.workorder",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "at"), name="tickets_occurrence_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["created", "failed"])),
                        name="tickets_occurrence_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
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
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Where it stands, from 0."
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "is_required",
                    models.BooleanField(
                        default=True,
                        help_text="Whether the work order can end without it.",
                        verbose_name="required",
                    ),
                ),
                ("ticked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[("open", "Open"), ("done", "Done")],
                        default="open",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "ticked_by",
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
                    "work_order",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist",
                        to="tickets.workorder",
                    ),
                ),
                (
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
            ],
            options={
                "verbose_name": "checklist item",
                "indexes": [
                    models.Index(fields=["work_order", "position"], name="tickets_checklist")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), ("ticked_at__isnull", False)),
                            models.Q(("status", "open"), ("ticked_at", None), ("ticked_by", None)),
                            _connector="OR",
                        ),
                        name="tickets_checklist_item_ticked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "done"])),
                        name="tickets_checklistitem_status",
                    ),
                ],
            },
        ),
        # Windows of one person do not overlap: PostgreSQL alone can hold this.
        NoOverlap(
            "WorkOrder",
            name="tickets_work_order_not_booked_twice",
            owner="assignee",
            start="scheduled_start",
            end="scheduled_end",
            # As in tickets.states.BOOKED. Without a start there is no window.
            condition="status IN ('dispatched', 'in_progress', 'on_hold')"
            " AND scheduled_start IS NOT NULL",
        ),
        migrations.RunPython(index_tags, drop_index),
        AppendOnly("Occurrence"),
    ]
