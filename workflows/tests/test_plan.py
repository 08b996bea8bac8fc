"""The critical path, against a slow and simple reckoning."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plan import Job, plan

pytestmark = pytest.mark.once


@st.composite
def projects(draw):
    """Jobs that wait for earlier ones only."""
    minutes = draw(st.lists(st.integers(0, 300), max_size=8))
    return [
        Job(number, each, draw(st.sets(st.integers(0, number - 1))) if number else ())
        for number, each in enumerate(minutes)
    ]


def longest(jobs, job):
    """The minutes of the longest chain that ends with this job."""
    return job.minutes + max((longest(jobs, jobs[each]) for each in job.after), default=0)


def test_a_move():
    jobs = [Job(1, 60), Job(2, 30, [1]), Job(3, 120, [1]), Job(4, 15, [2, 3])]

    move = plan(jobs)

    assert move.minutes == 195
    assert move.critical_path == [1, 3, 4]
    assert {slot.id: (slot.starts, slot.ends, slot.slack) for slot in move.slots} == {
        1: (0, 60, 0),
        2: (60, 90, 90),
        3: (60, 180, 0),
        4: (180, 195, 0),
    }


def test_of_two_equal_chains_one_is_told():
    assert len(plan([Job(1, 60), Job(2, 60)]).critical_path) == 1


def test_nothing_is_planned_in_no_time():
    assert (plan([]).minutes, plan([]).critical_path) == (0, [])


def test_what_is_done_holds_nothing_up():
    assert plan([Job(2, 30, [1])]).slots[0].starts == 0


@given(projects())
def test_it_takes_as_long_as_its_longest_chain(jobs):
    whole = plan(jobs)

    assert whole.minutes == max((longest(jobs, job) for job in jobs), default=0)
    assert {slot.id: slot.ends for slot in whole.slots} == {
        job.id: longest(jobs, job) for job in jobs
    }


@given(projects())
def test_the_critical_path_is_a_chain_as_long_as_the_whole(jobs):
    whole = plan(jobs)

    path = [jobs[each] for each in whole.critical_path]
    assert sum(job.minutes for job in path) == whole.minutes
    assert all(before.id in job.after for before, job in pairwise(path))


@given(projects(), st.data())
def test_slack_is_how_much_longer_a_job_may_take(jobs, data):
    if not jobs:
        return
    whole = plan(jobs)
    slot = data.draw(st.sampled_from(list(whole.slots)))
    job = jobs[slot.id]
    longer = list(jobs)

    longer[slot.id] = Job(job.id, job.minutes + slot.slack, job.after)
    assert plan(longer).minutes == whole.minutes
    longer[slot.id] = Job(job.id, job.minutes + slot.slack + 1, job.after)
    assert plan(longer).minutes == whole.minutes + 1
