"""What one may not see does not exist: no row, no count. `tests/isolation` names it in every place."""

import pytest

from tests.conformance.discovery import surfaces
from tests.conformance.examples import example_of


def hiding(action):
    """Runs the test for every viewset whose rows zoe does not see."""
    found = [each for each in surfaces() if action in each.routes]
    found = [each for each in found if example_of(each.model).stranger == 404]
    return pytest.mark.parametrize("surface", found, ids=str)


@hiding("list")
def test_a_list_has_neither_row_nor_count_for_a_stranger(people, api, surface):
    zoe, url = api(people.zoe), f"{surface.url('list')}?include=count&limit=100"
    before = zoe.get(url).json()

    item = example_of(surface.model).make(people)

    after = zoe.get(url).json()
    assert after.get("count") == before.get("count")
    assert str(item.pk) not in {str(row["id"]) for row in after.get("results", [])}


@hiding("export")
def test_an_export_has_no_row_for_a_stranger(people, api, surface):
    zoe, url = api(people.zoe), surface.url("export")
    before = b"".join(zoe.get(url))

    example_of(surface.model).make(people)

    assert b"".join(zoe.get(url)) == before
