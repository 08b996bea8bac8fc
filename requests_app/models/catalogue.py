"""The catalogue: what people can ask for, and what that takes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.utils.text import slugify

from core.actors import Actor
from core.lifecycle import Rule
from core.models import Record
from requests_app import policies
from requests_app.form_schemas import empty_form, objection
from requests_app.querysets import CategoryQuerySet, RequestTypeQuerySet
from workflows.models import Project, WorkflowTemplate

MOST_APPROVALS = 10


class CatalogueEntry(Record):
    """Something with a name in the catalogue; only admins write it."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text="For addresses; empty takes it from the name.",
    )

    creatable: ClassVar[Rule] = Rule(policies.admin)
    editable: ClassVar[Rule] = Rule(policies.admin)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def before_create(self, actor: Actor | None) -> None:
        self.slug = self.slug or slugify(self.name)


class Category(CatalogueEntry):
    """A shelf of the catalogue."""

    position = models.PositiveSmallIntegerField(default=0, help_text="Where it stands, from 0.")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"


class RequestType(CatalogueEntry):
    """One thing that people can ask for: its form, and who has to agree."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="request_types")
    description = models.TextField(blank=True, validators=[MaxLengthValidator(2_000)])
    form = models.JSONField(
        default=empty_form, help_text="JSON Schema (draft 2020-12) of the answers to ask for."
    )
    approvals_needed = models.PositiveSmallIntegerField(
        default=1,
        validators=[MaxValueValidator(MOST_APPROVALS)],
        help_text="How many different people have to approve; 0 is approved at once.",
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Whether people can ask for it."
    )
    workflow_template = models.ForeignKey(
        WorkflowTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="What begins when the work on a request begins; admins see it.",
    )
    workflow_project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Where it begins.",
    )

    private_fields: ClassVar[frozenset[str]] = frozenset({"workflow_template", "workflow_project"})
    """Everybody reads the history of the catalogue, and projects exist for their members only."""

    objects = RequestTypeQuerySet.as_manager()

    class Meta:
        constraints = [
            # The approval rule of every request of this type relies on it.
            models.CheckConstraint(
                condition=models.Q(approvals_needed__lte=MOST_APPROVALS),
                name="requests_app_type_approvals",
            ),
            # What begins begins somewhere.
            models.CheckConstraint(
                condition=models.Q(workflow_template=None, workflow_project=None)
                | models.Q(workflow_template__isnull=False, workflow_project__isnull=False),
                name="requests_app_type_workflow",
            ),
        ]

    @property
    def targets(self) -> list[dict[str, Any]]:
        """The service levels that can apply, in the order in which they are tried."""
        rows = self.__dict__.get("promise_rows")
        if rows is None:
            rows = RequestType.objects.for_display().get(pk=self.pk).promise_rows  # type: ignore[attr-defined]
        return sorted(rows, key=lambda row: (row["position"], row["id"]))

    def clean(self) -> None:
        """The form has to be a form; what begins begins somewhere, and where it may."""
        wrong: dict[str, str] = {}
        if reason := objection(self.form):
            wrong["form"] = reason
        template, project = self.workflow_template, self.workflow_project
        if template is not None and project is None:
            wrong["workflow_project"] = "Say in which project the workflow begins."
        elif project is not None and template is None:
            wrong["workflow_template"] = "Say which workflow begins in the project."
        elif template is not None and template.project_id not in (None, self.workflow_project_id):
            wrong["workflow_template"] = "It belongs to another project: share it first."
        if wrong:
            raise ValidationError(wrong)
