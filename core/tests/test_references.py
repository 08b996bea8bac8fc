"""REQ-42 is as good as 42."""

import pytest
from django.contrib.auth.models import Group

from core import references


class Lamp:
    reference_prefix = "LMP"


@pytest.mark.parametrize(
    ("text", "pk"),
    [
        ("42", 42),
        ("LMP-42", 42),
        ("lmp-42", 42),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), None),
        ("9" * 30, None),
        ("TCK-42", None),
        ("LMP42", None),
        ("-42", None),
        ("042", None),
        ("0", None),
        ("4 2", None),
        ("42\n", None),
        ("٤٢", None),
        ("", None),
    ],
)
def test_an_id_or_a_reference_of_the_same_kind_is_understood(text, pk):
    assert references.parse(Lamp, text) == pk


def test_a_model_without_references_only_has_ids():
    assert references.parse(Group, "42") == 42
    assert references.parse(Group, "LMP-42") is None
