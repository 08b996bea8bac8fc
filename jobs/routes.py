"""What viewsets gain that let more be done than one waits for: the same call, answered with a job."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.api.bulk import MOST, BulkResultsSerializer, BulkSerializer, ItemField
from core.api.inputs import input_serializer
from core.api.transitions import TransitionsMixin
from core.errors import InvalidInput
from core.lifecycle import offered
from core.models import Record
from jobs.models import Job
from jobs.queue import enqueue
from jobs.serializers import PromisedSerializer

MOST_IN_BACKGROUND = 10_000


class LongBulkSerializer(BulkSerializer):
    """As for up to 200 items; more than that cannot be all or none."""

    ids = serializers.ListField(child=ItemField(), min_length=1, max_length=MOST_IN_BACKGROUND)

    def validate_atomic(self, atomic: bool) -> bool:
        if atomic:
            raise serializers.ValidationError(f"All or none is for up to {MOST} items.")
        return atomic


def accepted(job: Job, request: Request) -> Response:
    """The answer to what is done in the background: 202, and where to look."""
    answer = Response(PromisedSerializer(job).data, status.HTTP_202_ACCEPTED)
    answer["Location"] = reverse("jobs-detail", [job.pk], request=request)
    return answer


class InBackground(TransitionsMixin):
    """Gives a viewset with a lifecycle transitions of up to 10,000 items."""

    model: ClassVar[type[Record]]

    @extend_schema(
        summary="Perform a transition on many items",
        request=LongBulkSerializer,
        responses={200: BulkResultsSerializer, 202: PromisedSerializer},
    )
    @action(detail=False, methods=["post"], url_path="transitions", url_name="bulk-transitions")
    def bulk_transitions(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        """Up to 200 items, each in its own transaction with its own result; or all or none.

        More of them become a job that does the same, whose result tells what was refused.
        """
        ids = dict(request.data).get("ids")
        if not isinstance(ids, list) or len(ids) <= MOST:
            return super().bulk_transitions(request, *args, **kwargs)  # type: ignore[arg-type]
        return accepted(self._promised(request), request)

    def _promised(self, request: Request) -> Job:
        """All but the items is refused at once, as it would be for one."""
        body = dict(request.data)
        own = {name: body.pop(name) for name in ("transition", "ids", "atomic") if name in body}
        bulk = LongBulkSerializer(data=own)
        bulk.is_valid(raise_exception=True)
        name, ids = bulk.validated_data["transition"], bulk.validated_data["ids"]
        if name not in offered(self.model):
            raise InvalidInput.of(
                "transition", "There is no such transition.", code="invalid_choice"
            )
        inputs = input_serializer(self.model, name)(
            data=body, context=self.get_serializer_context()
        )
        inputs.is_valid(raise_exception=True)
        return enqueue(
            "jobs.transitions",
            owner=request.user,  # type: ignore[arg-type]
            title=f"{offered(self.model)[name].label} {len(ids):,} {self.model._meta.verbose_name_plural}",
            model=self.model._meta.label_lower,
            transition=name,
            ids=ids,
            body=body,
        )
