"""An item whose clock could not be read keeps FlowTrack from starting."""

import pytest

from sla.checks import check_service_levels, problems
from tickets.models import Ticket


def test_ours_are_in_order():
    assert check_service_levels(None) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("waits_in", frozenset({"asleep"}), "no status asleep"),
        ("waits_in", frozenset({"resolved"}), "at once in resolved"),
        ("void_in", frozenset({"closed"}), "at once in closed"),
        ("ended_column", "ended_at", "ended_column"),
    ],
)
def test_a_wrong_declaration_is_named(monkeypatch, name, value, words):
    monkeypatch.setattr(Ticket, name, value)

    assert words in " ".join(problems(Ticket))


def test_a_kind_that_no_policy_knows_is_named(monkeypatch):
    monkeypatch.setattr(Ticket._meta, "verbose_name", "complaint")

    assert "no policy can apply" in " ".join(problems(Ticket))
