"""Tasks from a file: every row through the same rules as a task that somebody plans."""

from __future__ import annotations

from typing import Any

from import_export import fields
from import_export.widgets import DateWidget, Widget

from accounts.models import User
from core import references
from core.imports import NamedWidget, RecordResource, TextWidget, WholeNumberWidget
from workflows.models import Task, Workflow


class WorkflowWidget(Widget):
    """A workflow by its reference."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Workflow:
        key = references.parse(Workflow, str(value or "").strip())
        workflow = Workflow.objects.filter(pk=key).first() if key is not None else None
        if workflow is None:
            raise ValueError(f"There is no workflow “{value}”.")
        return workflow


class TagsWidget(Widget):
    """Slugs of tags, with spaces between."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return str(value or "").lower().split()


class PriorityWidget(Widget):
    """How much it presses; medium where nothing is said."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value or "").strip().lower() or Task.Priority.MEDIUM


class DayWidget(DateWidget):
    """A day, or none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row=row, **kwargs)
        except ValueError:
            raise ValueError("Give a day such as 2026-12-01.") from None


class TaskResource(RecordResource):
    """One new task for each row."""

    optional = ("description", "priority", "assignee", "due_on", "estimate_minutes", "tags")

    workflow = fields.Field("workflow", "workflow", widget=WorkflowWidget())
    title = fields.Field("title", "title", widget=TextWidget())
    description = fields.Field("description", "description", widget=TextWidget())
    priority = fields.Field("priority", "priority", widget=PriorityWidget())
    assignee = fields.Field(
        "assignee", "assignee", widget=NamedWidget(User, "email", required=False)
    )
    due_on = fields.Field("due_on", "due_on", widget=DayWidget("%Y-%m-%d"))
    estimate_minutes = fields.Field(
        "estimate_minutes", "estimate_minutes", widget=WholeNumberWidget()
    )
    tags = fields.Field("tags", "tags", widget=TagsWidget())

    class Meta:
        model = Task
        fields = (
            "workflow",
            "title",
            "description",
            "priority",
            "assignee",
            "due_on",
            "estimate_minutes",
            "tags",
        )
