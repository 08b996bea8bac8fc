"""Places in an order: however often something is put between, nothing else moves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.positions import FIRST, between, is_key

pytestmark = pytest.mark.once

moves = st.lists(st.integers(min_value=0, max_value=10_000), max_size=60)


def inserted(places):
    """The keys of an order into which something was put at each of these places in turn."""
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        before = keys[at - 1] if at else None
        after = keys[at] if at < len(keys) else None
        keys.insert(at, between(before, after))
    return keys


@given(moves)
def test_the_keys_are_in_the_order_of_the_list(places):
    keys = inserted(places)

    assert all(one < other for one, other in pairwise(keys))
    assert all(is_key(key) for key in keys)


@given(moves, st.data())
def test_there_is_room_between_any_two(places, data):
    keys = inserted([0, 0, *places])
    one, other = sorted(data.draw(st.sampled_from(list(pairwise(keys)))))

    assert one < between(one, other) < other


def test_adding_at_the_end_keeps_keys_short():
    key = FIRST
    for _ in range(10_000):
        following = between(key, None)
        assert following > key
        key = following

    assert len(key) <= 4


def test_adding_at_the_beginning_keeps_keys_short():
    key = FIRST
    for _ in range(10_000):
        ahead = between(None, key)
        assert ahead < key
        key = ahead

    assert len(key) <= 4


def test_putting_into_the_same_gap_takes_a_letter_for_every_five():
    low, high = FIRST, between(FIRST, None)
    for number in range(500):
        middle = between(low, high)
        assert low < middle < high
        low, high = (middle, high) if number % 2 else (low, middle)

    assert len(middle) <= 2 + 500 / 5


@pytest.mark.parametrize(("before", "after"), [("a1", "a1"), ("a2", "a1"), ("b00", "a0")])
def test_nothing_lies_between_what_is_not_in_order(before, after):
    with pytest.raises(ValueError, match="Nothing lies between"):
        between(before, after)


@pytest.mark.parametrize("text", ["", "0", "a", "a00", "b0", "a0!", "ä0", "1a", "a0V0"])
def test_what_was_not_made_here_is_known(text):
    assert not is_key(text)


def test_the_very_first_place_has_nothing_ahead():
    first = "A" + "0" * 26

    with pytest.raises(ValueError, match="ahead"):
        between(None, first)
    assert between(None, first + "V") == first


def test_behind_the_very_last_place_there_is_room():
    last = "z" * 28

    assert between(last, None) > last
