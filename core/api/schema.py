"""OpenAPI 3.1 of the contract: what every route has in common is described once, here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.api.problems import MEDIA_TYPE, PLAIN
from core.models import WorkItem

ALWAYS = (400, 406)
SIGNED_IN = (401,)
UNSAFE = (403, 409, 413, 415)
BY_ID = (404,)
KEYED = (422,)

SUMMARIES = {
    "list": "List {many}",
    "create": "New {one}",
    "retrieve": "One {one}",
    "update": "Replace a {one}",
    "partial_update": "Edit a {one}",
    "destroy": "Remove a {one}",
}

ENTITY_TAG = {"schema": {"type": "string"}, "description": 'This version: `"<id>-<version>"`.'}
REQUEST_ID = {"schema": {"type": "string"}, "description": "Name it when you report a problem."}


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong with one field."""

    field = serializers.CharField(help_text="Dotted path; empty for the input as a whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Every error of the API, as RFC 9457 has it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence for the person.")
    code = serializers.CharField(help_text="For programs; it does not change.")
    request_id = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]


class ContractSchema(AutoSchema):
    """Adds the errors, headers and parameters that all routes share."""

    def get_operation_id(self) -> str:
        action = getattr(self.view, "action", None)
        basename = getattr(self.view, "basename", None)
        if not (action and basename):
            return super().get_operation_id()
        return f"{basename}_{action.removeprefix('perform_')}".replace("-", "_")

    def get_summary(self) -> str | None:
        model, action = getattr(self.view, "model", None), getattr(self.view, "action", "")
        if model is None or action not in SUMMARIES:
            return super().get_summary()
        many = str(model._meta.verbose_name_plural)
        return SUMMARIES[action].format(one=model._meta.verbose_name, many=many)

    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *self._contract_headers()]

    def _contract_headers(self) -> list[Any]:
        own = []
        if self._is_keyed():
            own.append(_header("Idempotency-Key", "Makes this safe to repeat for 24 hours."))
        if self._is_versioned():
            own.append(_header("If-Match", "The ETag you last saw; 412 when it is stale."))
        return own

    def _is_keyed(self) -> bool:
        return self.method in {"POST", "PATCH"} and hasattr(self.view, "model")

    def _is_versioned(self) -> bool:
        return self.method in {"POST", "PATCH", "PUT"} and "{" in self.path and self._is_keyed()

    def _resolve_path_parameters(self, variables: list[str]) -> list[Any]:
        if variables in (["id"], ["pk"]) and hasattr(self.view, "model"):
            model = self.view.model
            prefix = getattr(model, "reference_prefix", "")
            also = f", or a reference such as `{prefix}-42`" if issubclass(model, WorkItem) else ""
            schema = {"type": "string", "examples": [f"{prefix}-42" if prefix else "42"]}
            place = {"name": variables[0], "in": "path", "required": True}
            return [{**place, "schema": schema, "description": f"An id{also}."}]
        return super()._resolve_path_parameters(variables)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for code in self._problem_codes():
            described = self._get_response_for_code(
                ProblemSerializer, str(code), [MEDIA_TYPE], direction
            )
            bodies.setdefault(str(code), {**described, "description": PLAIN[code][1]})
        return bodies

    def _problem_codes(self) -> list[int]:
        codes = {*ALWAYS, *getattr(self.view, "also_refuses_with", ())}
        if self.view.authentication_classes:
            codes |= {*SIGNED_IN}
        if "{" in self.path:
            codes |= {*BY_ID}
        if self.method not in {"GET", "HEAD"}:
            codes |= {*UNSAFE}
        if self._is_keyed():
            codes |= {*KEYED}
        if self._is_versioned():
            codes |= {412}
        return sorted(codes)

    def _get_response_headers_for_code(self, status_code: str, direction: Any = "response") -> Any:
        headers = {**super()._get_response_headers_for_code(status_code, direction)}
        headers["X-Request-ID"] = REQUEST_ID
        if status_code in {"200", "201"} and hasattr(self.view, "model") and "{" in self.path:
            headers["ETag"] = ENTITY_TAG
        return headers


class RelatedRecordExtension(OpenApiSerializerFieldExtension):
    """A related record is written as an id and read as a summary."""

    target_class = "core.api.serializers.RelatedRecordField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        if direction == "request":
            return {"type": ["integer", "string"], "description": "An id or a reference."}
        model = self.target.model
        name = "ItemSummary" if model and issubclass(model, WorkItem) else "Summary"
        component = ResolvedComponent(
            name=name, type=ResolvedComponent.SCHEMA, schema=_summary(name), object=name
        )
        auto_schema.registry.register_on_missing(component)
        return component.ref


def _summary(name: str) -> dict[str, Any]:
    text = {"type": "string"}
    own = {"reference": text, "title": text} if name == "ItemSummary" else {"name": text}
    properties = {"id": {"type": "integer"}, **own}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description)
