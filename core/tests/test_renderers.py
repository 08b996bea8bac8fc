"""One way to write JSON."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import orjson
import pytest
from django.utils.translation import gettext_lazy
from rest_framework.utils.serializer_helpers import ReturnDict

from core.api.renderers import JSONRenderer, dumps

NINE_THIRTY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (NINE_THIRTY, '"2026-11-20T09:30:00.000000Z"'),
        (NINE_THIRTY.replace(microsecond=123456), '"2026-11-20T09:30:00.123456Z"'),
        (NINE_THIRTY.astimezone(timezone(timedelta(hours=2))), '"2026-11-20T09:30:00.000000Z"'),
        (date(2026, 11, 20), '"2026-11-20"'),
        (Decimal("1.50"), '"1.50"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (gettext_lazy("Due date"), '"Due date"'),
        (ReturnDict({"a": 1}, serializer=None), '{"a":1}'),
        ({"rows": orjson.Fragment(b"[1,2]")}, '{"rows":[1,2]}'),
        (frozenset({"a"}), '["a"]'),
        ("Grüße", '"Grüße"'),
    ],
)
def test_every_kind_of_value_has_one_form(value, written):
    assert dumps(value).decode() == written


def test_json_that_is_written_already_passes_through():
    assert JSONRenderer().render(b'{"a": 1}') == b'{"a": 1}'


def test_nothing_is_an_empty_body():
    assert JSONRenderer().render(None) == b""
