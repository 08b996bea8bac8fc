"""Files under `/api/files/`, whatever they hang on."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import expected_version
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.parsers import StrictJSONParser
from core.api.renderers import JSONRenderer, dumps
from core.api.transitions import TransitionsMixin
from core.api.viewsets import ReadMixin
from core.lifecycle import create, perform
from files.delivery import deliver
from files.filters import FileFilterSet
from files.models import File
from files.receiving import TakesFiles
from files.serializers import FileSerializer, file_of
from files.uploads import UploadParser

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "item": {"type": "string", "description": "A reference such as `TCK-42`."},
            "internal": {"type": "boolean"},
        },
        "required": ["file"],
    },
    "application/json": FileSerializer,
}


class BytesRenderer(BaseRenderer):
    """Lets callers ask for bytes; they are streamed past it."""

    media_type = "application/octet-stream"
    format = "bytes"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return dumps(data)


class FileViewSet(TakesFiles, ReadMixin, HistoryMixin, TransitionsMixin):
    """What people uploaded: on items that exist for you, and your own."""

    model = File
    serializer_class = FileSerializer
    filterset_class = FileFilterSet
    parser_classes = [StrictJSONParser, UploadParser]
    upload_actions = frozenset({"create"})
    orderings = {
        "id": Ordering("id"),
        "created_at": Ordering("created_at"),
        "size": Ordering("size"),
        "title": Ordering("title"),
    }
    default_ordering = "-id"
    includes = frozenset({"count", "available_transitions"})

    @extend_schema(request=UPLOAD, responses={201: FileSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Upload a file: a form with the part `file`, streamed. Small ones may come as JSON."""
        self.refuse_a_full_quota()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file = create(file_of(serializer.validated_data), actor=self.actor)
        return self.show_new(file, at="files-detail")

    @extend_schema(summary="Take a file away", responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it away for good: its bytes are removed, and only its history stays."""
        file = self.visible()
        version = expected_version(request, file.pk)
        perform(file, "discard", actor=self.actor, expected_version=version)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Download",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            302: OpenApiResponse(description="To a link that is good for a minute."),
        },
    )
    @action(
        detail=True,
        pagination_class=None,
        filter_backends=[],
        renderer_classes=[JSONRenderer, BytesRenderer],
        http_method_names=["get", "options"],
    )
    def download(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Its content, as a download. Only what the scanner has released; each one is in its history."""
        return deliver(self.visible(), reader=self.actor)
