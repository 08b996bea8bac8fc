"""Reads cost what `query_counts.json` says: the same at 1 and at 50 rows.

`UPDATE_BASELINE=1 pytest tests/conformance/test_query_counts.py` writes the file anew; look at what changed.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conformance.discovery import every_surface, surfaces
from tests.conformance.examples import example_of

pytestmark = pytest.mark.once

FILE = Path(__file__).with_name("query_counts.json")
BASELINE = json.loads(FILE.read_text())
UPDATING = os.environ.get("UPDATE_BASELINE") == "1"
MOST = 2  # one for who asks, one for the rows
MOST_WITH_COUNT = 3
ROWS = 50


def reads(surface, item):
    """The address of every way to read, by its name."""
    actions = ("list", "retrieve", "transitions", "history", "export", "unread")
    found = {name: surface.url(name, item.pk) for name in actions if name in surface.routes}
    if "list" in found:
        everything = ",".join(sorted(surface.viewset.includes))
        found[f"list with {everything}"] = f"{found['list']}?include={everything}"
    return found


def statements(client, url):
    """How many statements one answer takes, streamed to its end."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        size = len(b"".join(answer))
    assert answer.status_code == 200
    assert size
    return len(captured)


def readers(item, people):
    """The least who may read it, and an admin, who sees every row."""
    who = dict.fromkeys([example_of(type(item)).who, "ada"])
    rows = type(item).objects
    everybody = [getattr(people, each) for each in who]
    return [each for each in everybody if rows.for_user(each).filter(pk=item.pk).exists()]


@pytest.fixture(scope="module")
def measured():
    """What was counted, kept as the new baseline where that was asked for."""
    costs = {}
    yield costs
    if UPDATING:
        FILE.write_text(json.dumps(costs, indent=2, sort_keys=True) + "\n")


@every_surface()
def test_reads_cost_the_same_for_one_row_and_for_fifty(measured, people, api, surface):
    make = example_of(surface.model).make
    item = make(people)
    urls, clients = reads(surface, item), [api(each) for each in readers(item, people)]

    at_one = [{name: statements(each, url) for name, url in urls.items()} for each in clients]
    for _ in range(ROWS - 1):
        make(people)
    at_fifty = [{name: statements(each, url) for name, url in urls.items()} for each in clients]

    measured[str(surface)] = at_fifty[0]
    assert at_one == at_fifty == [at_fifty[0]] * len(clients)
    assert UPDATING or at_fifty[0] == BASELINE.get(str(surface))
    for name, cost in at_fifty[0].items():
        assert cost <= (MOST_WITH_COUNT if "count" in name else MOST), name


def test_the_baseline_has_no_line_too_many():
    assert UPDATING or set(BASELINE) == {str(surface) for surface in surfaces()}
