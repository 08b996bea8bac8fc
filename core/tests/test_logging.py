"""A log line names its request and stays one line."""

import json
import logging
import sys

from core import request_id
from core.logging import JsonFormatter, RequestIDFilter, SecretsFilter


def record_of(message, *arguments, exc_info=None):
    return logging.LogRecord("flowtrack", logging.ERROR, __file__, 1, message, arguments, exc_info)


def test_a_line_carries_the_id_of_its_request():
    with request_id.bind("abc-1"):
        entry = json.loads(JsonFormatter().format(record_of("Lamp %s is dark", 7)))

    assert entry["request_id"] == "abc-1"
    assert entry["message"] == "Lamp 7 is dark"
    assert entry["level"] == "ERROR"


def test_a_failure_stays_on_one_line_with_its_trace():
    try:
        raise ValueError("dark\nlamp")
    except ValueError:
        line = JsonFormatter().format(record_of("It failed", exc_info=sys.exc_info()))

    assert "\n" not in line
    assert "ValueError" in json.loads(line)["trace"]


def test_plain_lines_outside_a_request_have_a_dash():
    record = record_of("Started")

    assert RequestIDFilter().filter(record)
    assert record.request_id == "-"


def test_the_link_of_a_mail_is_not_kept_in_the_logs():
    token = "m4JZNZmkvaBHu9sE_DT33catU4jmp89VB011QTIhOpM"
    record = record_of("%s: %s", "Bad Request", f"/password-reset/{token}/")

    assert SecretsFilter().filter(record)
    assert record.getMessage() == "Bad Request: /password-reset/…/"
