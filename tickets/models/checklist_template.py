"""Checklist templates: what always has to be done, written once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Max

from core.actors import Actor
from core.lifecycle import Rule, create
from core.models import Record
from tickets import policies
from tickets.models.checklist import ChecklistItem
from tickets.models.work_order import WorkOrder
from tickets.querysets import AgentsQuerySet

MOST_POINTS = 100
LONGEST_POINT = 300


class ChecklistTemplate(Record):
    """Points for the checklists of work orders; each work order gets its own copies."""

    creatable: ClassVar[Rule] = Rule(policies.admin)
    editable: ClassVar[Rule] = Rule(policies.admin)

    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True, validators=[MaxLengthValidator(2_000)])
    items = models.JSONField(
        default=list,
        blank=True,
        help_text='Its points in their order: [{"text": "Main switch off", "required": true}].',
    )
    is_active = models.BooleanField("active", default=True, help_text="Whether it is offered.")

    objects = AgentsQuerySet.as_manager()

    class Meta:
        verbose_name = "checklist template"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Every point is complete; one that does not say is required."""
        if not isinstance(self.items, list):
            raise ValidationError({"items": "Give a list of points."})
        if len(self.items) > MOST_POINTS:
            raise ValidationError({"items": f"At most {MOST_POINTS} points."})
        self.items = [_point(place, given) for place, given in enumerate(self.items, start=1)]

    def add_to(self, work_order: WorkOrder, *, actor: Actor | None) -> None:
        """Append its points to the checklist, each by this person; the work order's row is held.

        What was copied from it before, and says the same still, is not copied again.
        """
        copied = set(work_order.checklist.filter(template=self).values_list("text", flat=True))
        last = work_order.checklist.aggregate(last=Max("position"))["last"]
        start = 0 if last is None else last + 1
        missing = [point for point in self.items if point["text"] not in copied]
        for position, point in enumerate(missing, start=start):
            fields = {"text": point["text"], "is_required": point["required"], "template": self}
            item = ChecklistItem(work_order=work_order, position=position, **fields)
            create(item, actor=actor)


def _point(place: int, given: Any) -> dict[str, Any]:
    """A point as it is kept, from what was given at this place."""
    point = {"required": True, **given} if isinstance(given, dict) else {}
    text, required = point.get("text"), point.get("required")
    if point.keys() != {"text", "required"} or not isinstance(required, bool):
        raise _wrong(place, 'Give {"text": …, "required": true or false}.')
    if not isinstance(text, str) or not text.strip():
        raise _wrong(place, "Say what has to be done.")
    if len(text.strip()) > LONGEST_POINT:
        raise _wrong(place, f"At most {LONGEST_POINT} characters.")
    return {"text": text.strip(), "required": required}


def _wrong(place: int, sentence: str) -> ValidationError:
    return ValidationError({"items": f"Point {place}: {sentence}"})
