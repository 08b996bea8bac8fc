"""How much processor time each input costs that the tests keep for its malice, worst first.

    python -m benchmarks.hostile

Needs no database. What becomes of each input is what the tests say; here is only how soon.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from discussion.markdown import html_of
from discussion.tests.hostile import CROWDED, GROWING, HOSTILE, filled
from notifications.mail.parsing import UnreadableError, read_head, read_letter
from notifications.mail.trimming import trimmed
from notifications.tests.hostile import BROKEN, COSTLY, nested
from requests_app.form_rules import LONGEST_MATCHED
from requests_app.form_schemas import objection, violations
from requests_app.tests.hostile import (
    MANY_ANSWERS,
    SLOW_PATTERNS,
    SLOWEST_PATTERN,
    UNREADABLE_PATTERNS,
)
from tickets.recurrence import Recurrence
from tickets.tests.hostile import COUNTED_FROM_LONG_AGO, HOPELESS

REPETITIONS = 3
WIDTH = 60
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

Input = tuple[str, str, Callable[[], object]]
"""What reads it, its name, and the reading."""


def main() -> int:
    costs = [(_milliseconds(read), kind, name) for kind, name, read in inputs()]
    for cost, kind, name in sorted(costs, reverse=True):
        print(f"{cost:9.2f} ms  {kind:9}  {_short(name)}")
    total = sum(cost for cost, _, _ in costs)
    print(f"{total:9.2f} ms  all {len(costs)}, best of {REPETITIONS} each")
    return 0


def inputs() -> Iterator[Input]:
    """All of them."""
    yield from markdown()
    yield from letters()
    yield from forms()
    yield from rules()


def markdown() -> Iterator[Input]:
    """Comments, as they are shown for the first time."""
    crowded = {piece: filled(piece) for piece in CROWDED}
    hostile = {text: text for text in HOSTILE}
    for name, text in (hostile | crowded | GROWING).items():
        yield "markdown", name, partial(html_of.__wrapped__, text)


def letters() -> Iterator[Input]:
    """E-mails, from the first byte to the new words."""
    deep = {f"{depth} in each other": nested(depth) for depth in (50, 3_000)}
    for name, raw in (BROKEN | COSTLY | deep).items():
        yield "letter", name, partial(_read, raw)


def forms() -> Iterator[Input]:
    """Questions that somebody would ask, and answers to the worst that may be asked."""
    for pattern in [*SLOW_PATTERNS, *UNREADABLE_PATTERNS, SLOWEST_PATTERN]:
        yield "question", pattern, partial(objection, _form(pattern=pattern))
    slowest, once = _form(pattern=SLOWEST_PATTERN), _form(uniqueItems=True)
    for answer in ("a" * LONGEST_MATCHED, "a" * 19_000):
        yield "answer", answer, partial(violations, slowest, {"answer": answer})
    yield "answer", "each only once", partial(violations, once, {"answer": MANY_ANSWERS})


def rules() -> Iterator[Input]:
    """Schedules, asked for their next time."""
    for rule in HOPELESS:
        yield "rule", rule, partial(_next, rule, datetime(2026, 1, 1, 9))  # noqa: DTZ001 - local
    for rule in COUNTED_FROM_LONG_AGO:
        yield "rule", f"{rule} since 1700", partial(_next, rule, datetime(1700, 11, 1))  # noqa: DTZ001


def _read(raw: bytes) -> None:
    with suppress(UnreadableError):
        read_head(raw)
        trimmed(read_letter(raw).text)


def _next(rule: str, start: datetime) -> datetime | None:
    return Recurrence(rule, start, ZoneInfo("Europe/London")).next_after(NEW_YEAR)


def _form(**question: object) -> dict[str, object]:
    return {"type": "object", "properties": {"answer": question}}


def _milliseconds(read: Callable[[], object]) -> float:
    costs = []
    for _ in range(REPETITIONS):
        began = time.process_time()
        read()
        costs.append(time.process_time() - began)
    return min(costs) * 1000


def _short(name: str) -> str:
    spelled = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in name)
    return spelled if len(spelled) <= WIDTH else f"{spelled[:WIDTH]}… ({len(name):,} characters)"


if __name__ == "__main__":
    sys.exit(main())
