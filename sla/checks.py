"""System checks that refuse items whose clock could not be read, before anything starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import Error, register

from core.lifecycle import status_field
from sla.matching import PolicyKind
from sla.models import UnderServiceLevel


@register
def check_service_levels(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Policies can speak of every kind of item, and its statuses are its own."""
    kinds = (each for each in apps.get_models() if issubclass(each, UnderServiceLevel))
    return [
        Error(f"{model._meta.label}: {problem}", obj=model, id="sla.E001")
        for model in kinds
        for problem in problems(model)
    ]


def problems(model: type[UnderServiceLevel]) -> Iterator[str]:
    """What keeps its clock from being read."""
    if str(model._meta.verbose_name) not in PolicyKind.values:
        yield "no policy can apply to it; add its verbose name to PolicyKind."
    status: Any = status_field(model)
    known = {value for value, _ in status.flatchoices}
    if unknown := (model.waits_in | model.done_in | model.void_in) - known:
        yield f"it has no status {', '.join(sorted(unknown))}."
    if twice := (model.waits_in & (model.done_in | model.void_in)) | (
        model.done_in & model.void_in
    ):
        yield f"it cannot wait, be done and be void at once in {', '.join(sorted(twice))}."
    columns = {field.attname for field in model._meta.concrete_fields}
    if model.ended_column not in columns:
        yield "its ended_column says when it was done."
