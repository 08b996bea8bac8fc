"""What every work item's viewset gains: its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core import clock
from core.api.below import rows_below
from core.api.imports import MOST_ROWS, ImportMixin
from core.api.ordering import Ordering
from core.api.parsers import StrictJSONParser
from core.api.serializers import NothingSerializer
from core.api.viewsets import ScopedViewSet
from core.lifecycle import create, refused_by
from core.models import Record
from files.exporting import rows_of
from files.filters import FilesBelowFilterSet
from files.models import File
from files.receiving import TakesFiles
from files.reception import take_in
from files.serializers import FileBelowSerializer, file_of
from files.uploads import UploadParser
from jobs.queue import enqueue
from jobs.routes import accepted
from jobs.serializers import PromisedSerializer

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "internal": {"type": "boolean"},
        },
        "required": ["file"],
    },
    "application/json": FileBelowSerializer,
}


class Filed(TakesFiles):
    """Gives the viewset of a work item its files."""

    upload_actions = frozenset({"add_file"})

    @rows_below(
        FileBelowSerializer,
        summary="Files",
        orderings={"id": Ordering("id"), "size": Ordering("size")},
        filterset_class=FilesBelowFilterSet,
        parser_classes=[StrictJSONParser, UploadParser],
    )
    def files(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What hangs on this item, oldest first."""
        rows: Any = File.objects
        below = rows.below(self.model, self.path_id(), self.actor).for_display()
        return self.page_below(below, FileBelowSerializer)

    @extend_schema(summary="Upload", request=UPLOAD, responses={201: FileBelowSerializer})
    @files.mapping.post
    def add_file(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hang a file on this item: a form with the part `file`, streamed. Small ones may come as JSON."""
        item = self.visible()
        if refused := refused_by(item.discussable, item, self.actor):
            raise refused  # before anything is read; asked again when it is hung there
        self.refuse_a_full_quota()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file = file_of({**serializer.validated_data, "item": item})
        return self.show_new(create(file, actor=self.actor), at="files-detail")


class ExportsToFiles(ScopedViewSet):
    """Gives a list that can be exported a way to have that done by a job."""

    @property
    def is_a_list(self) -> bool:
        """Also here the filters of the list apply."""
        return self.action == "exports" or super().is_a_list

    @extend_schema(
        summary="Export by a job", request=NothingSerializer, responses={202: PromisedSerializer}
    )
    @action(detail=False, methods=["post"], serializer_class=NothingSerializer)
    def exports(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The rows that the same filters would list, as CSV in a file of your own; the job's result names it."""
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        query = request.query_params.urlencode()
        person: Any = self.actor
        rows_of(type(self), query, person)  # refuses now what the job could not do
        job = enqueue(
            "files.export",
            owner=person,
            title=f"Export {self.basename}",
            list=reverse(f"{self.basename}-export"),
            called=self.basename,
            query=query,
        )
        return accepted(job, request)


class ImportsByJob(ImportMixin):
    """Imports of up to 1,000 rows: what is more than one waits for is kept as a file and becomes a job."""

    def import_later(
        self, text: str, *, dry_run: bool, given: Mapping[str, Record]
    ) -> Response | None:
        if text.count("\n") <= MOST_ROWS:
            return None
        person: Any = self.actor
        name = f"{self.basename} import {clock.now():%Y-%m-%d %H.%M}.csv"
        file = take_in(name, [text.encode()], actor=person)
        job = enqueue(
            "files.import",
            owner=person,
            title=f"{'Try' if dry_run else 'Import'} {file.title}",
            route=self.request.path,
            file=file.pk,
            given={name: row.pk for name, row in given.items()},
            dry_run=dry_run,
        )
        return accepted(job, self.request)
