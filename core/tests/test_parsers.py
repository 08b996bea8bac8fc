"""One strict parser: what is doubtful is refused, what is accepted can be stored and shown."""

import json
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.test import APIRequestFactory

from core.api.parsers import StrictJSONParser, parse_object
from core.errors import Malformed, PayloadTooLarge

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1)
SCALARS |= st.floats(-1e18, 1e18)
SCALARS |= st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=10
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_every_sound_object_is_read_as_it_was_meant(value):
    assert parse_object(json.dumps(value).encode()) == value
    assert parse_object(json.dumps(value, ensure_ascii=False).encode()) == value


NEARLY_JSON = st.text(alphabet='{}[]":,\\u0123dDaAe-. \n', max_size=40).map(str.encode)


@given(st.binary() | NEARLY_JSON)
def test_no_bytes_ever_do_more_than_be_refused(raw):
    with suppress(Malformed):
        assert isinstance(parse_object(raw), dict)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "not valid JSON"),
        (b"   ", "not valid JSON"),
        (b"\xef\xbb\xbf{}", "not valid JSON"),
        (b'{"a": "\xff"}', "not valid JSON"),
        (b'{"a": NaN}', "not valid JSON"),
        (b'{"a": 1e999}', "not valid JSON"),
        (b'{"a": "\\ud800"}', "not valid JSON"),
        (b'{"a": "\0"}', "not valid JSON"),
        (b'{"a": "\\u0000"}', "NUL"),
        (b'{"a\\u0000": 1}', "NUL"),
        (b'{"a": [{"b": "x\\u0000"}]}', "NUL"),
        (b"[]", "must be a JSON object"),
        (b'"text"', "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b'{"a": 9223372036854775808}', "64 bits"),
        (b'{"a": -9223372036854775809}', "64 bits"),
        (b'{"a": 123456789012345678901234567890}', "64 bits"),
        (b'{"a": 1, "a": 2}', "same key twice"),
        (b'{"a": 1, "\\u0061": 2}', "same key twice"),
        (b'{"b": {"a": {}, "a": []}}', "same key twice"),
        (b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}", "nested more than 20"),
        (b'{"a": ' + b"[" * 2_000 + b"]" * 2_000 + b"}", "not valid JSON"),
    ],
)
def test_what_is_doubtful_is_refused_with_the_reason(raw, reason):
    with pytest.raises(Malformed, match=reason):
        parse_object(raw)


def test_colons_quotes_and_backslashes_in_text_are_no_keys():
    tricky = {'a": "b': 'x": 1, "y', "\\": "\\\\:", "c": [":", '"']}

    assert parse_object(json.dumps(tricky).encode()) == tricky


def test_twenty_levels_and_the_largest_numbers_are_fine():
    deep = b'{"a": ' + b"[" * 19 + b"]" * 19 + b"}"

    assert "a" in parse_object(deep)
    assert parse_object(b'{"a": [9223372036854775807, -9223372036854775808]}')


def test_an_empty_body_is_an_empty_object():
    assert parse_object(b"") == {}


def test_a_body_over_the_limit_is_never_read_to_its_end(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    stream = BytesIO(b'{"a": "' + b"x" * 100 + b'"}')

    with pytest.raises(PayloadTooLarge):
        StrictJSONParser().parse(stream)
    assert stream.tell() == 11


def test_a_large_body_of_a_request_is_413(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = APIRequestFactory().post("/", {"a": "x" * 100}, format="json")

    with pytest.raises(PayloadTooLarge):
        StrictJSONParser().parse(request)


def test_another_charset_is_not_guessed():
    with pytest.raises(UnsupportedMediaType):
        StrictJSONParser().parse(BytesIO(b"{}"), "application/json; charset=latin-1")
