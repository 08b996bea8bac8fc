"""Projects, their people, workflows and tasks, and templates of workflows."""

from typing import Any

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.fields
import workflows.models.placed

TAGS = "workflows_task_tags"


def index_tags(apps: Any, editor: Any) -> None:
    """Serves `?tag=`: which lists hold this word. Only PostgreSQL has such an index; SQLite reads them all."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {TAGS} ON workflows_task USING gin (tags jsonb_path_ops)")


def drop_index(apps: Any, editor: Any) -> None:
    editor.execute(f"DROP INDEX IF EXISTS {TAGS}")


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("workflows", "0003_templates")]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
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
                ("name", models.CharField(max_length=200)),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "archived_from",
                    core.fields.ChoiceField(
                        blank=True,
                        choices=[
                            ("active", "Active"),
                            ("on_hold", "On hold"),
                            ("completed", "Completed"),
                            ("archived", "Archived"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                ("completed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("active", "Active"),
                            ("on_hold", "On hold"),
                            ("completed", "Completed"),
                            ("archived", "Archived"),
                        ],
                        default="active",
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
                        help_text="Who answers for it.",
                        limit_choices_to={"status": "active"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="workflows_project_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="workflows_project_dates",
                        violation_error_message="It has to end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("archived_at__isnull", False),
                                ("status", "archived"),
                                ("archived_from__in", ["active", "on_hold", "completed"]),
                            ),
                            models.Q(
                                models.Q(("status", "archived"), _negated=True),
                                ("archived_at", None),
                                ("archived_from", ""),
                            ),
                            _connector="OR",
                        ),
                        name="workflows_project_archived",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "archived_from__in",
                                ["active", "on_hold", "completed", "archived", ""],
                            )
                        ),
                        name="workflows_project_archived_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["active", "on_hold", "completed", "archived"])
                        ),
                        name="workflows_project_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    core.fields.ChoiceField(
                        choices=[("viewer", "Viewer"), ("editor", "Editor"), ("owner", "Owner")],
                        default="viewer",
                        max_length=20,
                    ),
                ),
                ("expires_at", models.DateTimeField(editable=False)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("pending", "Pending"),
                            ("accepted", "Accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="workflows.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "-id"], name="workflows_invitation_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "pending")),
                        fields=("project", "email"),
                        name="workflows_invitation_once",
                        violation_error_message="This address is invited already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="workflows_invitation_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["viewer", "editor", "owner"])),
                        name="workflows_invitation_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["pending", "accepted", "withdrawn"])),
                        name="workflows_invitation_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
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
                    "role",
                    core.fields.ChoiceField(
                        choices=[("viewer", "Viewer"), ("editor", "Editor"), ("owner", "Owner")],
                        default="viewer",
                        max_length=20,
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workflows.invitation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        limit_choices_to={"status": "active"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="workflows.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "person"),
                        name="workflows_member_once",
                        violation_error_message="This person takes part already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["viewer", "editor", "owner"])),
                        name="workflows_member_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workflow",
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
                    workflows.models.placed.PositionField(editable=False, max_length=1000),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                (
                    "wip_limits",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='How many tasks a column holds at most: {"in_progress": 3}.',
                        verbose_name="limits",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why it was cancelled.",
                        validators=[django.core.validators.MaxLengthValidator(10000)],
                    ),
                ),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("paused", "Paused"),
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
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workflows",
                        to="workflows.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="workflows_workflow_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "position"), name="workflows_workflow_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "active", "paused", "completed", "cancelled"])
                        ),
                        name="workflows_workflow_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("tags", models.JSONField(blank=True, default=list, help_text="Slugs of tags.")),
                (
                    "position",
                    workflows.models.placed.PositionField(editable=False, max_length=1000),
                ),
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
                    "due_on",
                    models.DateField(
                        blank=True, help_text="The day on which it is due.", null=True
                    ),
                ),
                (
                    "estimate_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How long it will take, in minutes.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(525600),
                        ],
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
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("finished_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("todo", "To do"),
                            ("in_progress", "In progress"),
                            ("blocked", "Blocked"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="todo",
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
                        help_text="An editor or owner of the project.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
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
                    "workflow",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="workflows.workflow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="workflows_task_newest"),
                    models.Index(fields=["workflow", "status"], name="workflows_task_column"),
                    models.Index(fields=["assignee", "status"], name="workflows_task_mine"),
                    models.Index(
                        condition=models.Q(("status__in", ["done", "cancelled"]), _negated=True),
                        fields=["due_on"],
                        name="workflows_task_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workflow", "position"), name="workflows_task_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("status", "done")),
                            models.Q(
                                models.Q(("status", "done"), _negated=True), ("finished_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="workflows_task_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["low", "medium", "high", "urgent"])),
                        name="workflows_task_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["todo", "in_progress", "blocked", "done", "cancelled"])
                        ),
                        name="workflows_task_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dependency",
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
                    "depends_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependents",
                        to="workflows.task",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependencies",
                        to="workflows.task",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "dependencies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "depends_on"),
                        name="workflows_dependency_once",
                        violation_error_message="It depends on that task already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task", models.F("depends_on")), _negated=True),
                        name="workflows_dependency_not_on_itself",
                        violation_error_message="A task does not wait for itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistStep",
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
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.task",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["task", "position"], name="workflows_checklist")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), ("ticked_at__isnull", False)),
                            models.Q(("status", "open"), ("ticked_at", None), ("ticked_by", None)),
                            _connector="OR",
                        ),
                        name="workflows_step_ticked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "done"])),
                        name="workflows_checkliststep_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=core.clock.now)),
                ("due_at", models.DateTimeField(default=core.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="workflows.invitation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["due_at"],
                        name="workflows_unsent",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="workflows_letter_token",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkflowTemplate",
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
                ("name", models.CharField(max_length=200)),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]
                    ),
                ),
                (
                    "wip_limits",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='How many tasks a column holds at most: {"in_progress": 3}.',
                        verbose_name="limits",
                    ),
                ),
                (
                    "tasks",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='In their order: [{"title": "Order a laptop", "role": "it", "due_after_days": 3}].',
                    ),
                ),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[("active", "Active"), ("retired", "Retired")],
                        default="active",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose it is; empty is everybody's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="templates",
                        to="workflows.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "retired"])),
                        name="workflows_workflowtemplate_status",
                    )
                ],
            },
        ),
        migrations.RunPython(index_tags, drop_index),
    ]
