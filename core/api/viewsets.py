"""Base viewsets: the contract of `/api/` once, so that an app's viewset is a page of configuration."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from core import references
from core.actors import Actor
from core.api.etags import etag, expected_version
from core.api.export import ExportMixin
from core.api.filters import StrictFilterBackend, StrictFilterSet
from core.api.history import HistoryMixin
from core.api.idempotency import idempotent
from core.api.ordering import Ordering
from core.api.pagination import KeysetPagination
from core.api.parameters import refuse_unknown_parameters, requested_includes
from core.api.transitions import TransitionsMixin
from core.errors import NotFound
from core.lifecycle import change, create, remove
from core.models import Record
from core.querysets import visible_row, visible_rows


class ScopedViewSet(GenericViewSet[Any]):
    """Starts from what the caller may see; refuses what it does not know."""

    model: ClassVar[type[Record]]
    orderings: ClassVar[dict[str, Ordering]] = {"created_at": Ordering("created_at")}
    default_ordering: ClassVar[str] = "-created_at"
    includes: ClassVar[frozenset[str]] = frozenset({"count"})
    filterset_class: ClassVar[type[StrictFilterSet] | None] = None
    answers_many: ClassVar[bool] = False
    """On a route of its own below an item, `@action(answers_many=True)`: it answers with rows."""

    pagination_class = KeysetPagination
    filter_backends = [StrictFilterBackend]
    lookup_value_regex = "[^/]+"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.is_a_list:
            refuse_unknown_parameters(request, known=())
        # The handler is looked up after this: a repeated write answers from its first answer.
        method = str(request.method).lower()
        if "Idempotency-Key" in request.headers and hasattr(self, method):
            setattr(self, method, partial(idempotent, request, getattr(self, method)))

    @property
    def actor(self) -> Actor:
        """Who asks: only signed-in people come this far."""
        return cast(Actor, self.request.user)

    @property
    def is_a_list(self) -> bool:
        """Whether this route answers with rows, so that filters and pages apply."""
        many = self.answers_many or self.action in {"list", "export"}
        return many and self.request.method in {"GET", "HEAD"}

    def get_queryset(self) -> Any:
        """Every row that exists for the caller, with what a shown row needs. Called nowhere else."""
        if getattr(self, "swagger_fake_view", False):  # the schema has no caller
            rows = getattr(getattr(self.serializer_class, "Meta", None), "model", self.model)
            return rows._default_manager.none()
        return visible_rows(self.model, self.actor).for_display()

    def get_object(self) -> Any:
        """The row that the path names, with what a shown row needs."""
        return self.visible(shown=True)

    def path_id(self) -> int:
        """The primary key that the path gives as an id or a reference."""
        key = references.parse(self.model, self.kwargs["pk"])
        if key is None:
            raise NotFound
        return key

    def visible(self, *, shown: bool = False) -> Any:
        """The row that the path names, or the same 404 for absent and invisible ones."""
        row = visible_row(self.model, self.actor, self.path_id(), shown=shown)
        if row is None:
            raise NotFound
        return row

    def page_below(self, rows: Any, serializer_class: Any) -> Response:
        """A page of rows that belong to the item in the path; 404 where that does not exist.

        ``rows`` must be none unless the item is visible: only then one statement is enough.
        """
        page = self.paginate_queryset(self.filter_queryset(rows))
        if not page:
            self.visible()  # 404, unless the item is there and this page is past its last row
        shown = serializer_class(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)

    def create_below(self, model: type[Record], parent: str, *, at: str) -> Response:
        """Create a row that belongs to the item in the path; ``at`` names the address it then has."""
        item = self.visible()
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        row = model(**serializer.validated_data, **{parent: item})
        return self.show_new(create(row, actor=self.actor), at=at)

    def show(self, item: Record, code: int = status.HTTP_200_OK) -> Response:
        """The answer that carries one record and its entity tag."""
        response = Response(self.get_serializer(item).data, code, headers={"ETag": etag(item)})
        response.shows = item  # type: ignore[attr-defined]
        return response

    def show_new(self, item: Record, *, at: str) -> Response:
        """The answer to what has created a record, and the address, by its name, where it is."""
        response = self.show(item, status.HTTP_201_CREATED)
        response["Location"] = reverse(at, [item.pk], request=self.request)
        return response

    def get_serializer_context(self) -> dict[str, Any]:
        context = {**super().get_serializer_context()}
        if self.action == "list" and self.request:
            wanted = requested_includes(self.request, self)
            context["show_transitions"] = "available_transitions" in wanted
        return context


class ReadOneMixin(ScopedViewSet):
    """`GET` of one."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.show(self.get_object())


class ReadManyMixin(ScopedViewSet):
    """`GET` of many."""

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ReadMixin(ReadManyMixin, ReadOneMixin):
    """`GET` of many and of one."""


class CreateMixin(ScopedViewSet):
    """`POST` of a new one."""

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        item = create(self.model(**serializer.validated_data), actor=self.actor)
        return self.show_new(item, at=f"{self.basename}-detail")


class EditMixin(ScopedViewSet):
    """`PATCH` of some fields, `PUT` of all that are writable."""

    def update(
        self, request: Request, *args: Any, partial: bool = False, **kwargs: Any
    ) -> Response:
        item = self.visible()
        serializer = self.get_serializer(item, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        changed = change(
            item,
            actor=self.actor,
            expected_version=expected_version(request, item.pk),
            **serializer.validated_data,
        )
        return self.show(changed)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.update(request, *args, partial=True, **kwargs)


class RemoveMixin(ScopedViewSet):
    """`DELETE` of one that its model lets people edit."""

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it away; that it was there stays in the history."""
        item = self.visible()
        remove(item, actor=self.actor, expected_version=expected_version(request, item.pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReadOnlyRecordViewSet(ReadMixin):
    """Reference data: read by everybody in its scope, configured in the admin."""


class RecordViewSet(ReadMixin, CreateMixin, EditMixin, HistoryMixin):
    """A record with a history and no lifecycle."""


class WorkItemViewSet(RecordViewSet, TransitionsMixin, ExportMixin):
    """A work item: everything of a record, and one route for each transition."""

    includes: ClassVar[frozenset[str]] = frozenset({"count", "available_transitions"})
