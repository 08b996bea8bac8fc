"""System checks that refuse a bad declaration before anything starts."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django_fsm import FSMFieldMixin

from core.fields import StatusField
from core.lifecycle import Need, declared, status_field
from core.lifecycle.declaration import SUPPLIED_BY_THE_DOOR
from core.models import Record
from core.querysets import ScopedQuerySet
from core.registry import records

TAKEN_ROUTES = frozenset(
    [
        "create",
        "update",
        "partial_update",
        "list",
        "retrieve",
        "destroy",
        "history",
        "transitions",
        "export",
        "exports",
        "comments",
        "files",
        "links",
        "watch",
        "watchers",
        "work_orders",
        "checklist",
        "move",
        "board",
        "plan",
        "members",
        "invitations",
        "workflows",
        "tasks",
        "dependencies",
        "download",
        "deliveries",
        "event_types",
    ]
)


@register
def check_records(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every record is scoped; every lifecycle is one that all surfaces can be derived from."""
    return [error for model in records() for error in (*_scope(model), *_lifecycle(model))]


def _scope(model: type[Record]) -> Iterator[Error]:
    queryset = type(model._default_manager.all())
    if not issubclass(queryset, ScopedQuerySet) or queryset.for_user is ScopedQuerySet.for_user:
        yield Error(
            f"{model._meta.label} does not say what a person may see.",
            hint="Give it a ScopedQuerySet that defines for_user().",
            obj=model,
            id="core.E001",
        )


def _lifecycle(model: type[Record]) -> Iterator[Error]:
    field = status_field(model)
    if field is None:
        return
    if not isinstance(field, StatusField):
        yield Error("Use core.fields.StatusField.", obj=model, id="core.E002")
    for name, method in field.transitions[model].items():
        problems = list(_signature(model, method)) or list(_transition(model, name, field))
        for problem in problems:
            yield Error(f"{model._meta.label}.{name}: {problem}", obj=model, id="core.E003")


def _signature(model: type[Record], method: Any) -> Iterator[str]:
    """What keeps the signature from being the input schema."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        if parameter.kind is not parameter.KEYWORD_ONLY:
            yield f"the input {parameter.name} has to be keyword-only."
        if parameter.name in SUPPLIED_BY_THE_DOOR:
            continue
        if parameter.name not in fields:
            yield f"the input {parameter.name} is not a field of the model."
        elif not fields[parameter.name].editable:
            yield f"the input {parameter.name} is a field that is not editable."


def _transition(model: type[Record], name: str, field: FSMFieldMixin) -> Iterator[str]:
    """What keeps routes, buttons, texts or diagrams from being derived."""
    transition = declared(model)[name]
    known = {value for value, _ in field.flatchoices}
    if name in TAKEN_ROUTES:
        yield "its name is the name of another route."
    if len(set(_rules(field.transitions[model][name]))) > 1:
        yield "its sources differ in rules or target: declare it by one decorator."
    if unknown := {*transition.sources, *transition.targets} - known:
        yield f"unknown states {', '.join(sorted(unknown))}: list each source by name."
    if not transition.description:
        yield "say in its docstring what it does: that is the help text."
    if not inspect.getdoc(transition.permission) or transition.permission.__name__ == "<lambda>":
        yield "its permission is a named function whose docstring says who may."
    if not all(isinstance(condition, Need) for condition in transition.conditions):
        yield "conditions are made by needs(), with the sentence that says why not."


def _rules(method: Any) -> Iterator[tuple[Any, ...]]:
    for each in method._django_fsm.transitions.values():
        yield each.permission, each.target, tuple(each.conditions)
