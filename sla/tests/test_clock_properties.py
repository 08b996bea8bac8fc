"""Whatever happens to an item, the clock agrees with somebody who looks at the wall once a minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sla.clock import Kind, Measure, Reckoning, Segment, calendar, reckon, zones
from sla.tests.clock_lives import CHANGES_OF_CLOCKS, LIFECYCLE, Life, lives
from sla.tests.clock_oracle import PATIENCE, Child, Tally
from tests.effort import enough

pytestmark = pytest.mark.once

odd_tick = timedelta(seconds=61, microseconds=7)
many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(life: Life) -> Reckoning:
    """What the clock says."""
    facts, terms, at = life
    return reckon(facts, terms, LIFECYCLE, at)


@pytest.mark.parametrize("zone", sorted(CHANGES_OF_CLOCKS))
@given(data=st.data())
@settings(many, max_examples=enough(15, 40))
def test_the_clock_agrees_with_looking_at_the_wall_every_minute(zone, data):
    life = facts, terms, at = data.draw(lives(first_zone=zone))

    told = asked(life)

    child = Child(facts, terms, LIFECYCLE, at)
    assert [(s.start, s.end, s.kind, s.policy) for s in merged(told)] == list(child.segments())
    agrees(told.response, child, child.answered or child.now, "response")
    agrees(told.resolution, child, child.done or child.now, "resolution")


def merged(told: Reckoning) -> list:
    """The segments as the child sees them: it writes no reasons down."""
    result = []
    for segment in told.segments:
        if result and result[-1][2:] == (segment.kind, "", segment.policy):
            result[-1] = result[-1]._replace(end=segment.end)
        else:
            result.append(segment._replace(why=""))
    return result


def agrees(measure: Measure | None, child: Child, tally: Tally, promise: str) -> None:
    """One promise, compared in everything it says."""
    target = getattr(tally.terms, promise, None)
    if target is None:
        assert measure is None
        return
    due = child.when(target, tally)
    assert measure.target == target
    assert measure.used == timedelta(minutes=len(tally.worked))
    assert measure.state == child.state(tally, due)
    same_instant(measure.due, due, tally, child)
    same_instant(measure.warns, child.when(target * 3 / 4, tally), tally, child)


def same_instant(told: datetime | None, found: datetime | None, tally: Tally, child: Child) -> None:
    """Equal, or further away than the child cares to look."""
    is_far = told is not None and found is None and told > tally.moment + PATIENCE
    assert told == found or (is_far and not child.stands(tally.status, tally.terms))


@given(lives(tick=odd_tick))
@settings(many, max_examples=enough(25, 60))
def test_segments_leave_no_gap_and_add_up(life):
    facts, _, at = life

    told = asked(life)

    starts = [segment.start for segment in told.segments]
    ends = [segment.end for segment in told.segments]
    assert starts[1:] == ends[:-1]
    assert all(facts[0].at <= segment.start < segment.end <= at for segment in told.segments)
    if told.resolution:
        assert told.resolution.used == length(s for s in told.segments if s.kind is Kind.WORKING)


def length(segments: Iterable[Segment]) -> timedelta:
    """How long they are together."""
    return sum((segment.end - segment.start for segment in segments), timedelta())


@given(lives(tick=odd_tick))
@settings(many, max_examples=enough(25, 60))
def test_a_past_instant_is_reckoned_from_what_was_known_then(life):
    facts, terms, at = life

    known = [fact for fact in facts if fact.at <= at]

    assert reckon(facts, terms, LIFECYCLE, at) == reckon(known, terms, LIFECYCLE, at)


@given(lives(tick=odd_tick))
@settings(many, max_examples=enough(25, 60))
def test_what_the_clock_remembers_of_days_changes_nothing(life):
    remembering = asked(life)

    for memory in (calendar.utc_day, calendar.local_day, zones.parts):
        memory.cache_clear()

    assert asked(life) == remembering


@given(lives(tick=odd_tick))
@settings(many, max_examples=enough(25, 60))
def test_a_due_instant_stays_while_nothing_happens(life):
    facts, terms, at = life
    last = max(fact.at for fact in facts if fact.at <= at)

    then, now = reckon(facts, terms, LIFECYCLE, last), asked(life)

    for before, after in ((then.response, now.response), (then.resolution, now.resolution)):
        assert (before and before.due) == (after and after.due)
        assert (before and before.warns) == (after and after.warns)
