"""Who is behind a session: asked by every request, so in words that are found once a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections

from accounts.models import Session
from core import clock
from core.compiled import Statement

SOME_KEY = UUID(int=2**128 - 1)
SOME_TIME = datetime(9999, 1, 1, tzinfo=UTC)


def live_session(key: UUID, *, way: str) -> Session | None:
    """The session, with its person, if it still lets them in by this way. One query."""
    using, now = Session.objects.db, clock.now()
    stand_ins = _as_sent(SOME_KEY, SOME_TIME, using)
    values = dict(zip(stand_ins, _as_sent(key, now, using), strict=True))
    return next(iter(_question(way, clock.today(), using).rows(values)), None)


@lru_cache(maxsize=len(Session.Way))
def _question(way: str, today: date, using: str) -> Statement[Session]:
    """Who stands in for whom depends on the day."""
    rows = Session.objects.using(using).with_person(on=today).live(at=SOME_TIME)
    stand_ins = _as_sent(SOME_KEY, SOME_TIME, using)
    return Statement(rows.filter(pk=SOME_KEY, way=way), stand_ins=stand_ins)


def _as_sent(key: UUID, at: datetime, using: str) -> tuple[Any, Any]:
    """Both as the database is given them."""
    primary, expires = Session._meta.pk, Session._meta.get_field("expires_at")
    connection = connections[using]
    return primary.get_db_prep_value(key, connection), expires.get_db_prep_value(at, connection)
