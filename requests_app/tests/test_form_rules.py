"""A form's rules are judged in few steps, whatever somebody answers."""

import pytest

from requests_app import form_rules
from requests_app.form_rules import LONGEST_MATCHED
from requests_app.form_schemas import objection, violations
from requests_app.tests.hostile import (
    MANY_ANSWERS,
    SLOW_PATTERNS,
    SLOWEST_PATTERN,
    UNREADABLE_PATTERNS,
)


def form(**question):
    return {"type": "object", "properties": {"answer": question}}


@pytest.mark.parametrize("pattern", SLOW_PATTERNS)
def test_a_pattern_that_could_take_for_ever_is_no_question(pattern):
    assert "could take very long" in objection(form(pattern=pattern))


@pytest.mark.parametrize(
    "pattern", ["^[A-Z]{2}-[0-9]{4}$", r"^\S+@\S+\.\S+$", r"[\w\].]+", r"a\*\(b\)", ""]
)
def test_an_ordinary_pattern_is_welcome(pattern):
    assert objection(form(pattern=pattern)) is None


@pytest.mark.parametrize("pattern", UNREADABLE_PATTERNS, ids=["open", "large"])
def test_a_pattern_that_cannot_be_read_is_no_question(pattern):
    assert "cannot be read" in objection(form(pattern=pattern))


def test_the_slowest_pattern_sees_no_more_than_a_short_text():
    slowest = form(pattern=SLOWEST_PATTERN)
    unmatched = {"answers.answer": [f"This does not match {SLOWEST_PATTERN}"]}
    too_long = {"answers.answer": [f"At most {LONGEST_MATCHED} characters, please."]}

    assert objection(slowest) is None
    assert violations(slowest, {"answer": "a" * LONGEST_MATCHED}) == unmatched
    for length in (LONGEST_MATCHED + 1, 19_000):
        assert violations(slowest, {"answer": "a" * length}) == too_long


def test_each_only_once():
    once = form(type="array", uniqueItems=True)

    assert violations(once, {"answer": [1, True, "1", {"a": 1}]}) == {}
    for twice in ([1, 1.0], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]):
        assert violations(once, {"answer": twice}) == {
            "answers.answer": ["Each only once, please."]
        }


def test_many_answers_are_each_looked_at_once(monkeypatch):
    looked_at = []
    spelled = form_rules._spelled
    monkeypatch.setattr(
        form_rules, "_spelled", lambda each: looked_at.append(each) or spelled(each)
    )

    assert violations(form(uniqueItems=True), {"answer": MANY_ANSWERS}) == {}
    assert looked_at == MANY_ANSWERS


def test_nobody_has_a_regular_expression_compiled():
    assert violations(form(format="regex"), {"answer": "(" * 6_000}) == {}


def test_answers_have_a_limit():
    assert violations(form(), {"answer": "x" * 20_000}) == {
        "answers": ["At most 20000 characters, please."]
    }
