"""Tags under `/api/`."""

from __future__ import annotations

from core.api.ordering import Ordering
from core.api.viewsets import RecordViewSet
from tickets.filters import TagFilterSet
from tickets.models import Tag
from tickets.serializers import TagSerializer


class TagViewSet(RecordViewSet):
    """Words by which tickets are found again."""

    model = Tag
    serializer_class = TagSerializer
    filterset_class = TagFilterSet
    orderings = {"slug": Ordering("slug"), "created_at": Ordering("created_at")}
    default_ordering = "slug"
