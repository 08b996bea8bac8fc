"""The run on PostgreSQL is never left out in silence."""

import pytest

from tests import postgresql


@pytest.fixture
def no_postgresql(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgresql, "_programs", lambda: None)
    monkeypatch.setattr(postgresql.signal, "signal", lambda number, handler: None)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_without_postgresql_it_is_loud_and_ci_fails(no_postgresql, monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)

    assert postgresql.main([]) == code
    assert "DID NOT RUN ON POSTGRESQL" in capsys.readouterr().err


def test_a_named_server_is_used(monkeypatch):
    used = []
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://tests@db/flowtrack")
    monkeypatch.setattr(postgresql.signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(postgresql, "_pytest", lambda arguments, *, url: used.append(url) or 0)

    assert postgresql.main(["-q"]) == 0
    assert used == ["postgresql://tests@db/flowtrack"]
