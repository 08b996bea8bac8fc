"""Templates: workflows that begin again and again."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.clock
import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0002_find_by_tag"),
    ]

    operations = [
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "retired"])),
                        name="workflows_workflowtemplate_status",
                    )
                ],
            },
        ),
    ]
