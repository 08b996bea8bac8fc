"""One transition on many items: a result for each, or all or none."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from core import references
from core.api.inputs import input_serializer
from core.api.problems import as_refused, problem_body
from core.errors import Conflict, FieldError, InvalidInput, NotFound, Refused
from core.lifecycle import offered, perform
from core.models import Record
from core.transactions import atomic_with_retry

MOST = 200


@extend_schema_field({"type": ["integer", "string"], "examples": [42]})
class ItemField(serializers.Field[Any, Any, Any, Any]):
    """An id or a reference, answered as it was given."""

    default_error_messages = {"invalid": "Give an id or a reference."}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class BulkSerializer(serializers.Serializer[Any]):
    """Which transition on which items; the transition's own inputs and a note stand beside these."""

    transition = serializers.CharField(max_length=50)
    ids = serializers.ListField(
        child=ItemField(),
        min_length=1,
        max_length=MOST,
        help_text="Ids or references.",
    )
    atomic = serializers.BooleanField(default=False, help_text="All or none: one refusal is a 409.")
    note = serializers.CharField(required=False, help_text="For the history of each.")


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one item."""

    id = ItemField(help_text="As it was given.")
    ok = serializers.BooleanField()
    status = serializers.IntegerField(
        help_text="The HTTP status that the item's own route would give."
    )
    problem = serializers.DictField(allow_null=True, help_text="The problem, when it was refused.")


class BulkResultsSerializer(serializers.Serializer[Any]):
    """What became of each item, in the order given."""

    results = BulkResultSerializer(many=True)


def perform_on_each(model: type[Record], request: Request, context: Any) -> dict[str, Any]:
    """Run the transition that the body names on every item that it names."""
    body = dict(request.data)
    own = {name: body.pop(name) for name in ("transition", "ids", "atomic") if name in body}
    bulk = BulkSerializer(data=own)
    bulk.is_valid(raise_exception=True)
    name = bulk.validated_data["transition"]
    if name not in offered(model):
        raise InvalidInput.of("transition", "There is no such transition.", code="invalid_choice")
    inputs = input_serializer(model, name)(data=body, context=context)
    inputs.is_valid(raise_exception=True)

    def one(given: int | str) -> None:
        key = references.parse(model, str(given))
        if key is None:
            raise NotFound
        perform(model(pk=key), name, actor=request.user, **inputs.validated_data)  # type: ignore[misc,arg-type]

    if bulk.validated_data["atomic"]:
        return {"results": atomic_with_retry(lambda: _all_or_none(bulk.validated_data["ids"], one))}
    return {"results": [_result(given, one) for given in bulk.validated_data["ids"]]}


def _all_or_none(ids: list[int | str], one: Any) -> list[dict[str, Any]]:
    results = [_result(given, one) for given in ids]
    refused = [result for result in results if not result["ok"]]
    if refused:
        raise Conflict(
            f"{len(refused)} of {len(results)} were refused, so nothing was changed.",
            code="bulk_refused",
            errors=[
                FieldError(f"ids.{each['id']}", each["problem"]["code"], each["problem"]["detail"])
                for each in refused
            ],
        )
    return results


def _refusal(error: Exception) -> Refused | None:
    """The no to this one item. In a transaction of all, trouble of the database ends them all."""
    if transaction.get_connection().in_atomic_block and not isinstance(error, Refused):
        return None
    return as_refused(error)


def _result(given: int | str, one: Any) -> dict[str, Any]:
    try:
        one(given)
    except Exception as error:
        refused = _refusal(error)
        if refused is None:
            raise
        return {
            "id": given,
            "ok": False,
            "status": refused.status,
            "problem": problem_body(refused),
        }
    return {"id": given, "ok": True, "status": 200, "problem": None}
