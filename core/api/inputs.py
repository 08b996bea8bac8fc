"""A transition's inputs as a request body and as a JSON Schema, derived from its signature."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from rest_framework import serializers

from core.api.serializers import RelatedRecordField, StrictModelSerializer
from core.lifecycle import Declared, Input, declared
from core.lifecycle.door import NOTE_LENGTH

JSON_TYPES: dict[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]] = {
    serializers.BooleanField: {"type": "boolean"},
    serializers.IntegerField: {"type": "integer"},
    serializers.DateTimeField: {"type": "string", "format": "date-time"},
    serializers.DateField: {"type": "string", "format": "date"},
    serializers.ChoiceField: {"type": "string"},
    serializers.CharField: {"type": "string"},
    RelatedRecordField: {"type": ["integer", "string"], "description": "An id or a reference."},
}


class NoteSerializer(serializers.Serializer[Any]):
    """What every transition takes beside its own inputs."""

    note = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=NOTE_LENGTH,
        help_text="For the history: anything worth knowing later.",
    )


class InputSerializer(NoteSerializer, StrictModelSerializer):
    """Base of the bodies that `input_serializer` makes."""


@cache
def input_serializer(model: type[models.Model], name: str) -> type[InputSerializer]:
    """The body of one transition: its declared inputs, typed by the model's fields, and a note."""
    transition = declared(model)[name]
    meta = {
        "model": model,
        "fields": [*transition.inputs, "note"],
        "extra_kwargs": {asked.name: _bounds(asked) for asked in transition.inputs.values()},
    }
    title = f"{model.__name__}{name.title().replace('_', '')}"
    return type(title, (InputSerializer,), {"Meta": type("Meta", (), meta), "__module__": __name__})


def input_schema(model: type[models.Model], transition: Declared, context: Any) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a transition's body."""
    fields = input_serializer(model, transition.name)(context=context).fields
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "required": [asked.name for asked in transition.inputs.values() if asked.required],
        "additionalProperties": False,
    }


def _bounds(asked: Input) -> dict[str, Any]:
    bounds: dict[str, Any] = {"required": asked.required}
    if asked.required and isinstance(asked.field, models.CharField | models.TextField):
        bounds["allow_blank"] = False
    if asked.required and asked.field.null:
        bounds["allow_null"] = False
    return bounds


def _property(field: Any) -> dict[str, Any]:
    known = (JSON_TYPES[each] for each in type(field).__mro__ if each in JSON_TYPES)
    schema = dict(next(known, {}))
    schema |= {"title": str(field.label)} if field.label else {}
    schema |= {"description": str(field.help_text)} if field.help_text else {}
    for attribute, keyword in (
        ("max_length", "maxLength"),
        ("max_value", "maximum"),
        ("min_value", "minimum"),
    ):
        if getattr(field, attribute, None) is not None:
            schema[keyword] = getattr(field, attribute)
    if isinstance(field, serializers.ChoiceField):
        schema["enum"] = list(field.choices)
    return schema
