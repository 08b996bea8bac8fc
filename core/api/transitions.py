"""The lifecycle as routes: one for each transition, one for many items, one that lists them."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.bulk import BulkResultsSerializer, BulkSerializer, perform_on_each
from core.api.etags import expected_version
from core.api.inputs import input_schema, input_serializer
from core.lifecycle import Declared, Option, offered, perform, transitions
from core.models import Record


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One that has to wait",
            value={
                "name": "start",
                "label": "Start",
                "description": "Begin the work.",
                "target": "in_progress",
                "allowed": False,
                "reason": "It is pending; start needs it to be approved.",
                "inputs": {"type": "object", "properties": {"note": {"type": "string"}}},
            },
        )
    ]
)
class OptionSerializer(serializers.Serializer[Any]):
    """One transition of an item: whether the caller may run it now, why not, and what it asks for."""

    name = serializers.CharField(source="transition.name")
    label = serializers.CharField(source="transition.label")  # type: ignore[assignment]
    description = serializers.CharField(source="transition.description")
    target = serializers.CharField(
        source="transition.target",
        allow_null=True,
        help_text="The status it leads to; null when the status stays as it is.",
    )
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why not; empty when allowed.")
    inputs = serializers.SerializerMethodField(help_text="JSON Schema of the request body.")

    def get_inputs(self, option: Option) -> dict[str, Any]:
        return input_schema(self.context["view"].model, option.transition, self.context)


class TransitionsMixin:
    """Gives a viewset whose ``model`` has a lifecycle the routes of its declaration."""

    model: ClassVar[type[Record]]
    visible: Any
    get_object: Any
    get_serializer: Any
    get_serializer_context: Any
    show: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for transition in (
            offered(cls.__dict__["model"]).values() if "model" in cls.__dict__ else ()
        ):
            setattr(cls, f"perform_{transition.name}", _route(cls.model, transition))

    @extend_schema(summary="Transitions", responses=OptionSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def transitions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every transition of this item's lifecycle: allowed or not, why not, and its inputs."""
        options = transitions(self.get_object(), request.user)  # type: ignore[arg-type]
        context = self.get_serializer_context()
        return Response(OptionSerializer(options, many=True, context=context).data)

    @extend_schema(
        summary="Perform a transition on many items",
        request=BulkSerializer,
        responses=BulkResultsSerializer,
    )
    @action(detail=False, methods=["post"], url_path="transitions", url_name="bulk-transitions")
    def bulk_transitions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Up to 200 items, each in its own transaction with its own result; or all or none."""
        return Response(perform_on_each(self.model, request, self.get_serializer_context()))


def _route(model: type[Record], transition: Declared) -> Any:
    body = input_serializer(model, transition.name)

    def run(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        item = self.visible()
        inputs = body(data=request.data, context=self.get_serializer_context())
        inputs.is_valid(raise_exception=True)
        version = expected_version(request, item.pk)
        moved = perform(
            item,
            transition.name,
            actor=request.user,  # type: ignore[arg-type]
            expected_version=version,
            **inputs.validated_data,
        )
        return self.show(moved)

    run.__name__ = f"perform_{transition.name}"
    run.__doc__ = _description(transition)
    route = action(
        detail=True, methods=["post"], url_path=transition.route, url_name=transition.route
    )
    return extend_schema(summary=transition.label, request=body)(route(run))


def _description(transition: Declared) -> str:
    to = " or ".join(transition.targets) or "the same status"
    return f"{transition.description}\n\nFrom {', '.join(transition.sources)} to {to}."
