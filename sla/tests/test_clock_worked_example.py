"""The worked example in the documentation is what the clock says."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla.clock import Calendar, Fact, Lifecycle, Measure, Reckoning, Terms, reckon

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "service-levels.md"
LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(
    "Europe/London",
    (((9 * 60, 17 * 60 + 30),),) * 5 + ((), ()),
    {date(2026, 5, 25): "Spring bank holiday"},
)
TERMS = Terms(1, OFFICE, timedelta(hours=4), timedelta(hours=16), frozenset({"blocked"}))


def tables() -> list[list[dict[str, str]]]:
    """Every table below the heading of the example, as rows by column."""
    _, example = DOCUMENT.read_text().split("## A worked example\n")
    blocks = [block for block in example.split("\n## ")[0].split("\n\n") if block.startswith("|")]
    return [rows(block) for block in blocks]


def rows(block: str) -> list[dict[str, str]]:
    """The cells of one table by their column."""
    head, _, *body = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in block.strip().split("\n")
    ]
    return [dict(zip(head, cells, strict=True)) for cells in body]


def instant(cell: str) -> datetime | None:
    """`Fri 22 May 2026 14:00` in London."""
    if not cell:
        return None
    local = datetime.strptime(cell, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert local.strftime("%a") == cell[:3]
    return local.astimezone(UTC)


def span(cell: str) -> timedelta:
    """`13:00` hours."""
    hours, minutes = cell.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def told(at: datetime) -> Reckoning:
    """What the clock says of the documented events."""
    facts = [
        Fact(instant(row["when"]), row["status"], 1, responded=row["first response"] == "yes")
        for row in tables()[0]
    ]
    return reckon(facts, {1: TERMS}, Lifecycle(frozenset({"resolved"}), frozenset()), at)


def test_the_segments_are_those_of_the_table():
    documented = tables()[1]

    segments = told(datetime(2026, 6, 30, tzinfo=UTC)).segments

    assert [(s.start, s.end, s.kind, s.why) for s in segments] == [
        (instant(row["from"]), instant(row["to"]), row["kind"], row["why"]) for row in documented
    ]


@pytest.mark.parametrize("row", tables()[1], ids=lambda row: row["to"])
def test_the_working_time_so_far_is_that_of_the_table(row):
    assert told(instant(row["to"])).resolution.used == span(row["working time so far"])


@pytest.mark.parametrize("row", tables()[2], ids=lambda row: f"{row['asked at']} {row['promise']}")
def test_the_promises_stand_as_in_the_table(row):
    measure = getattr(told(instant(row["asked at"])), row["promise"])

    assert measure == Measure(
        span(row["target"]),
        span(row["used"]),
        instant(row["due"]),
        instant(row["warning"]),
        row["state"],
    )
