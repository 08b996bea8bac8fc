"""The shelves of the catalogue and what people can ask for; service levels look at both."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.clock
import requests_app.form_schemas


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("requests_app", "0005_no_target_hours")]

    dependencies = [
        ("workflows", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
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
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="For addresses; empty takes it from the name.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Where it stands, from 0."
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
            },
        ),
        migrations.CreateModel(
            name="RequestType",
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
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="For addresses; empty takes it from the name.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(2000)]
                    ),
                ),
                (
                    "form",
                    models.JSONField(
                        default=requests_app.form_schemas.empty_form,
                        help_text="JSON Schema (draft 2020-12) of the answers to ask for.",
                    ),
                ),
                (
                    "approvals_needed",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="How many different people have to approve; 0 is approved at once.",
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Whether people can ask for it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_types",
                        to="requests_app.category",
                    ),
                ),
                (
                    "workflow_project",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Where it begins.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.project",
                    ),
                ),
                (
                    "workflow_template",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="What begins when the work on a request begins; admins see it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.workflowtemplate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approvals_needed__lte", 10)),
                        name="requests_app_type_approvals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("workflow_project", None), ("workflow_template", None)),
                            models.Q(
                                ("workflow_project__isnull", False),
                                ("workflow_template__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="requests_app_type_workflow",
                    ),
                ],
            },
        ),
    ]
