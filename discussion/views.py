"""Comments under `/api/comments/`, whichever item they are on."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import expected_version
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.transitions import TransitionsMixin
from core.api.viewsets import EditMixin, ReadMixin
from core.lifecycle import perform
from discussion.filters import CommentFilterSet
from discussion.models import Comment
from discussion.serializers import CommentSerializer


class CommentViewSet(ReadMixin, EditMixin, HistoryMixin, TransitionsMixin):
    """What people wrote on the items that exist for you; written below each item."""

    model = Comment
    serializer_class = CommentSerializer
    filterset_class = CommentFilterSet
    orderings = {"id": Ordering("id")}
    default_ordering = "-id"
    includes = frozenset({"count", "available_transitions"})

    @extend_schema(summary="Redact a comment", responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hide the words, in every version, from everybody; that there were some, and who took them away, stays."""
        comment = self.visible()
        version = expected_version(request, comment.pk)
        perform(comment, "redact", actor=self.actor, expected_version=version)
        return Response(status=status.HTTP_204_NO_CONTENT)
