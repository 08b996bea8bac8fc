"""Entity tags: `"<id>-<version>"`, and what a caller expects a row to be."""

from __future__ import annotations

import re

from rest_framework.request import Request

from core.errors import InvalidInput, StaleVersion
from core.models import Record

ENTITY_TAG = re.compile(r'"(?P<id>[^"]*)-(?P<version>\d{1,9})"')


def etag(record: Record) -> str:
    """The strong entity tag of this version of a record."""
    return f'"{record.pk}-{record.version}"'


def expected_version(request: Request, record_id: int) -> int | None:
    """The version named by `If-Match`; None when any will do. A tag of something else is stale."""
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    if "," in header:
        raise InvalidInput("If-Match takes one entity tag here.", code="invalid_if_match")
    tag = ENTITY_TAG.fullmatch(header)
    if tag is None or tag["id"] != str(record_id):
        raise StaleVersion
    return int(tag["version"])
