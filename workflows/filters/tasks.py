"""By what lists of tasks can be narrowed."""

from __future__ import annotations

import django_filters
from django import forms
from drf_spectacular.utils import extend_schema_field

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    OverdueFilter,
    PersonFilter,
    QuestionFilter,
    ReferenceFilter,
    SearchFilter,
    StrictFilterSet,
    WordsFilter,
)
from workflows.filters.archived import ArchivedFilter
from workflows.models import Task


@extend_schema_field({"type": "string", "format": "date"})
class DayFilter(django_filters.Filter):
    """`…_after` (`lookup_expr="gt"`) and `…_before` (`"lt"`), both without the day itself."""

    field_class = forms.DateField

    def __init__(self, **kwargs: object) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class TaskFilterSet(StrictFilterSet):
    """Filters of tasks."""

    status = ChoicesFilter(choices=Task.Status.choices)
    priority = ChoicesFilter(choices=Task.Priority.choices)
    assignee = PersonFilter(field_name="assignee")
    mine = QuestionFilter(question="mine", asks_who=True, help_text="You are to do it.")
    project = ReferenceFilter(field_name="workflow__project")
    workflow = ReferenceFilter(field_name="workflow")
    tag = WordsFilter(field_name="tags", help_text="Several: any of them.")
    due_after = DayFilter(field_name="due_on", lookup_expr="gt")
    due_before = DayFilter(field_name="due_on", lookup_expr="lt")
    overdue = OverdueFilter(help_text="Open after the day on which it was due.")
    blocked = QuestionFilter(
        question="waiting", help_text="Something that it depends on is not done."
    )
    archived = ArchivedFilter(help_text="Only those of archived projects; left out otherwise.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    search = SearchFilter(fields=["title", "description"])

    class Meta:
        model = Task
        fields: list[str] = []
