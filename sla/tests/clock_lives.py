"""Lives of items to try the clock on: odd calendars, changes of clocks, and facts in any order of statuses."""

from datetime import UTC, datetime, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from sla.clock import (
    AROUND_THE_CLOCK,
    UNCHANGED,
    Calendar,
    Fact,
    Hours,
    Lifecycle,
    Terms,
    objection,
)

LIFECYCLE = Lifecycle(done_in=frozenset({"resolved", "closed"}), void_in=frozenset({"cancelled"}))
OPEN = ["new", "in_progress", "triaged", "blocked"]
STATUSES = [*OPEN, "on_hold", "resolved", "closed", "cancelled"]
DAY = 1440
MINUTE = timedelta(minutes=1)

CHANGES_OF_CLOCKS = {
    "Europe/London": ["2026-03-29 01:00", "2026-10-25 01:00"],
    "America/Sao_Paulo": ["2016-10-16 03:00", "2017-10-15 03:00", "2018-02-18 02:00"],
    "Australia/Lord_Howe": ["2026-04-04 15:00", "2026-10-03 15:30"],
    "Pacific/Apia": ["2011-12-30 10:00"],
    "Asia/Kolkata": ["2026-07-01 00:00"],
    "UTC": ["2026-12-31 23:00"],
}
"""São Paulo changed at its own midnight, Lord Howe by half an hour, and Apia went without a whole day."""

seldom = st.sampled_from([False, False, False, True])
waits = st.sampled_from([0, 1, 30, 600]) | st.integers(0, 1500)

Life = tuple[list[Fact], dict[int, Terms], datetime]


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    """Hours of seven days: none, split, until midnight or into the next morning."""
    cuts = [sorted(draw(st.frozensets(st.integers(0, DAY), max_size=4))) for _ in range(2)]
    patterns = [[*zip(cut[::2], cut[1::2], strict=False)] for cut in [*cuts, []]]
    days = [[*draw(st.sampled_from(patterns))] for _ in range(7)]
    for today, tomorrow in zip(days, [*days[1:], days[0]], strict=True):
        begin = max((end for _, end in today), default=DAY // 2)
        latest = min(DAY + min((start for start, _ in tomorrow), default=DAY // 3), begin + DAY)
        if begin < DAY and draw(st.booleans()):
            today.append((begin, draw(st.integers(begin + 1, latest))))
    return tuple(tuple(day) for day in days)


@st.composite
def calendars(draw: st.DrawFn, zone: str, start: datetime) -> Calendar:
    """A calendar that may be saved, with holidays around the start."""
    hours = draw(st.one_of(weeks(), weeks(), weeks(), st.just(AROUND_THE_CLOCK)))
    dates = st.integers(-1, 4).map(lambda days: start.date() + timedelta(days=days))
    holidays = draw(st.dictionaries(dates, st.sampled_from(["Fair", "Regatta"]), max_size=3))
    calendar = Calendar(zone, hours, holidays)
    assume(objection(calendar) is None)
    return calendar


@st.composite
def promises(draw: st.DrawFn, policy: int, calendar: Calendar) -> Terms:
    """Targets whose three quarters are whole minutes."""
    quarters = st.integers(1, 60) | st.integers(1, 400)
    targets = quarters.map(lambda quarter: 4 * quarter * MINUTE)
    if draw(seldom):
        targets |= st.none()
    waits_in = draw(st.frozensets(st.sampled_from(["blocked", "on_hold"])))
    return Terms(policy, calendar, draw(targets), draw(targets), waits_in)


@st.composite
def lives(draw: st.DrawFn, tick: timedelta = MINUTE, first_zone: str = "") -> Life:
    """Facts, the terms of every policy that they name, and an instant at which to ask."""
    zones = draw(st.lists(st.sampled_from(sorted(CHANGES_OF_CLOCKS)), min_size=1, max_size=3))
    zones[0] = first_zone or zones[0]
    change = datetime.fromisoformat(draw(st.sampled_from(CHANGES_OF_CLOCKS[zones[0]])))
    start = change.replace(tzinfo=UTC) + draw(st.integers(-2000, 700)) * MINUTE
    terms = {n: draw(promises(n, draw(calendars(zone, start)))) for n, zone in enumerate(zones, 1)}
    policies = st.sampled_from([*terms, *terms, *terms, None])
    first = draw(st.sampled_from([*OPEN, *STATUSES]))
    facts = [Fact(start, first, draw(policies), draw(seldom))]
    for wait in draw(st.lists(waits, max_size=7)):
        status = draw(st.none() | st.sampled_from(STATUSES))
        policy = draw(policies) if draw(seldom) else UNCHANGED
        facts.append(Fact(facts[-1].at + wait * tick, status, policy, draw(seldom)))
    last = (facts[-1].at - start) // tick
    return facts, terms, start + draw(st.integers(0, last + 2000)) * tick
