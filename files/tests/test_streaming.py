"""Large files pass through without staying in memory; what breaks off leaves nothing."""

import time
from pathlib import Path

import pytest

from files.amounts import MB
from files.tests.server import running

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="asks Linux for memory"),
]

SIZE = 64 * MB
BOUND = 30 * MB
PIECE = (b"Every word counts here; look:\r\n-- \n" * 2048)[: 64 * 1024]


def pieces(size):
    return (PIECE for _ in range(size // len(PIECE)))


@pytest.fixture
def token(as_, ann):
    """Ann is signed in before the database is copied."""
    return as_(ann)._credentials["HTTP_AUTHORIZATION"].removeprefix("Bearer ")


def test_a_large_file_never_is_in_memory(token, tmp_path):
    with running(tmp_path) as server:
        assert server.send(token, pieces(MB), size=MB) == 201
        server.forget_peak()
        before = server.peak()

        assert server.send(token, pieces(SIZE), size=SIZE) == 201

        assert server.peak() - before < BOUND
        assert server.stored() == 2


def test_a_caller_who_goes_away_half_way_leaves_nothing(token, tmp_path):
    with running(tmp_path) as server:
        server.send(token, pieces(8 * MB), size=16 * MB, cut_off=True)
        assert server.send(token, pieces(MB), size=MB) == 201

        for _ in range(50):
            if server.stored() == 1:
                break
            time.sleep(0.1)
        assert server.stored() == 1
