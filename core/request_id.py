"""The id that ties an answer, its log lines and its events together."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request being served, or "" outside of one."""
    return _current.get()


@contextmanager
def bind(request_id: str) -> Iterator[None]:
    """Everything inside happens on behalf of this request."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)
