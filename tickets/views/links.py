"""Links under `/api/`: all that one sees, and those of one item in its own words."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import rows_below
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.viewsets import ReadMixin, RemoveMixin, ScopedViewSet
from core.lifecycle import create
from core.querysets import visible_rows
from tickets.filters import LinkFilterSet
from tickets.models import Link
from tickets.serializers import LinkSerializer, SeenLinkSerializer


class LinkViewSet(ReadMixin, RemoveMixin, HistoryMixin):
    """What has to do with what, as far as one sees both ends; agents take links away."""

    model = Link
    serializer_class = LinkSerializer
    filterset_class = LinkFilterSet
    orderings = {"id": Ordering("id")}
    default_ordering = "-id"


class Linked(ScopedViewSet):
    """Gives a viewset of tickets or requests the links of each item."""

    @rows_below(SeenLinkSerializer, summary="Links")
    def links(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What it has to do with other tickets and requests, in its own words."""
        item: Any = self.model(pk=self.path_id())  # type: ignore[misc]
        rows = visible_rows(Link, self.actor).seen_from(item).for_display()
        return self.page_below(rows, SeenLinkSerializer)

    @extend_schema(summary="New link", responses={201: LinkSerializer})
    @links.mapping.post
    def add_link(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say what it has to do with another one: it `blocks` it, is `blocked_by` it, and so on.

        The answer is the link as its own address shows it, from its source to its target.
        """
        item = self.visible()
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        link = create(Link.between(item, **body.validated_data), actor=self.actor)
        self.serializer_class = LinkSerializer
        return self.show_new(link, at="links-detail")
