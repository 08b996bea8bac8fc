"""What every work item's viewset gains: its comments, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.serializers import PersonSerializer
from core.api.below import rows_below
from core.api.serializers import NothingSerializer
from core.errors import NotPermitted
from core.lifecycle import create
from core.models import WorkItem
from discussion.filters import CommentsBelowFilterSet
from discussion.models import Comment
from discussion.serializers import CommentSerializer
from discussion.watching import choose, is_watching, watchers_of


class WatchingSerializer(serializers.Serializer[Any]):
    """Whether one hears of an item."""

    watching = serializers.BooleanField()


class Discussed:
    """Gives the viewset of a work item its discussion."""

    model: ClassVar[type[WorkItem]]
    actor: Any
    path_id: Any
    visible: Any
    page_below: Any
    get_serializer: Any
    get_serializer_context: Any
    show_new: Any
    request: Any

    @rows_below(CommentSerializer, summary="Comments", filterset_class=CommentsBelowFilterSet)
    def comments(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What people wrote on this item, oldest first."""
        rows = Comment.objects.below(self.model, self.path_id(), self.actor).for_display()
        answer: Response = self.page_below(rows, CommentSerializer)
        return answer

    @extend_schema(summary="Comment", request=CommentSerializer, responses={201: CommentSerializer})
    @comments.mapping.post
    def add_comment(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write on this item. An agent's first public comment is its first response."""
        item = self.visible()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        comment = Comment(**serializer.validated_data).attach_to(item)
        answer: Response = self.show_new(create(comment, actor=self.actor), at="comments-detail")
        return answer

    @extend_schema(summary="Watching", responses=WatchingSerializer)
    @action(
        detail=True, pagination_class=None, filter_backends=[], serializer_class=NothingSerializer
    )
    def watch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Whether you hear of this item."""
        watching = is_watching(self.visible(), self.actor)
        return Response(WatchingSerializer({"watching": watching}).data)

    @extend_schema(summary="Watch", request=None, responses={204: None})
    @watch.mapping.put
    def start_watching(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hear of this item from now on."""
        return self._chosen(watching=True)

    @extend_schema(summary="Stop watching", request=None, responses={204: None})
    @watch.mapping.delete
    def stop_watching(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hear no more of this item, even where it concerns you."""
        return self._chosen(watching=False)

    @extend_schema(summary="Watchers", responses=PersonSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def watchers(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who hears of this item; for agents, because who wrote among agents hears of it, too."""
        item = self.visible(shown=True)
        if not self.actor.is_agent:
            raise NotPermitted("Only agents see who watches.")
        people = [person.summary() for person in self.hearers(item)]
        return Response(PersonSerializer(people, many=True).data)

    def _chosen(self, *, watching: bool) -> Response:
        item = self.visible()
        NothingSerializer(data=self.request.data).is_valid(raise_exception=True)
        choose(item, self.actor, watching=watching)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def hearers(self, item: Any) -> Iterable[Any]:
        """Who hears of an item of this kind."""
        return watchers_of(item)
