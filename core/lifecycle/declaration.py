"""Reads a model's transitions: the one declaration that every surface is derived from."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import FSMFieldMixin, State

from core.lifecycle.needs import Need, Permission, nobody

SUPPLIED_BY_THE_DOOR = frozenset({"actor", "note"})


@dataclass(frozen=True)
class Input:
    """One thing a transition asks for: a field of the model, required or not."""

    name: str
    field: models.Field[Any, Any]
    required: bool

    @property
    def label(self) -> str:
        return str(self.field.verbose_name).capitalize()


@dataclass(frozen=True)
class Declared:
    """One transition as its model declares it."""

    name: str
    description: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    inputs: Mapping[str, Input]
    permission: Permission
    conditions: Sequence[Need]
    wants: frozenset[str]

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def route(self) -> str:
        return self.name.replace("_", "-")

    @property
    def is_internal(self) -> bool:
        """Whether only FlowTrack itself does this, so that no surface offers it."""
        return self.permission is nobody

    @property
    def target(self) -> str | None:
        """Where it leads when nothing holds it back; None when the status stays as it is."""
        return self.targets[0] if self.targets else None


_declarations: dict[type[models.Model], Mapping[str, Declared]] = {}


def declared(model: type[models.Model]) -> Mapping[str, Declared]:
    """Every transition of a model by name, in the order of its source. Empty without a lifecycle."""
    if model not in _declarations:
        _declarations[model] = {
            name: _read(model, name, method) for name, method in _methods(model)
        }
    return _declarations[model]


def offered(model: type[models.Model]) -> Mapping[str, Declared]:
    """The transitions that people may perform: all but FlowTrack's own."""
    return {name: each for name, each in declared(model).items() if not each.is_internal}


def status_field(model: type[models.Model]) -> FSMFieldMixin | None:
    """The field whose value is the state of the model's lifecycle."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin))
    return next(fields, None)


def owned_fields(model: type[models.Model]) -> frozenset[str]:
    """The status and every field that some transition asks for: no plain edit touches these."""
    field = status_field(model)
    inputs = (name for transition in declared(model).values() for name in transition.inputs)
    return frozenset([field.name, *inputs]) if field else frozenset()


def _methods(model: type[models.Model]) -> list[tuple[str, Callable[..., Any]]]:
    field = status_field(model)
    methods = field.transitions[model].items() if field else ()
    return sorted(methods, key=lambda named: inspect.unwrap(named[1]).__code__.co_firstlineno)


def _read(model: type[models.Model], name: str, method: Callable[..., Any]) -> Declared:
    by_source = method._django_fsm.transitions  # type: ignore[attr-defined]
    first = next(iter(by_source.values()))
    asked = [p for p in inspect.signature(method).parameters.values() if p.name != "self"]
    return Declared(
        name=name,
        description=inspect.getdoc(method) or "",
        sources=tuple(str(source) for source in by_source),
        targets=_targets(first.target),
        inputs={p.name: _input(model, p) for p in asked if p.name not in SUPPLIED_BY_THE_DOOR},
        permission=first.permission or nobody,
        conditions=first.conditions,
        wants=SUPPLIED_BY_THE_DOOR.intersection(p.name for p in asked),
    )


def _targets(target: Any) -> tuple[str, ...]:
    if isinstance(target, State):
        return tuple(str(state) for state in target.allowed_states)
    return () if target is None else (str(target),)


def _input(model: type[models.Model], parameter: inspect.Parameter) -> Input:
    field = model._meta.get_field(parameter.name)
    return Input(parameter.name, field, required=parameter.default is parameter.empty)  # type: ignore[arg-type]
