"""A form's rules never take long, whatever somebody answers."""

import time

import pytest

from requests_app.form_rules import LONGEST_MATCHED
from requests_app.form_schemas import objection, violations


def form(**question):
    return {"type": "object", "properties": {"answer": question}}


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|a)*b", "a?" * 20 + "a" * 20, r"\\+\\+\\+\\+x", r"(x)\1", "x|y"]
)
def test_a_pattern_that_could_take_for_ever_is_no_question(pattern):
    assert "could take very long" in objection(form(pattern=pattern))


@pytest.mark.parametrize(
    "pattern", ["^[A-Z]{2}-[0-9]{4}$", r"^\S+@\S+\.\S+$", r"[\w\].]+", r"a\*\(b\)", ""]
)
def test_an_ordinary_pattern_is_welcome(pattern):
    assert objection(form(pattern=pattern)) is None


@pytest.mark.parametrize("pattern", ["(" * 6_000, "a{99999999999999}"])
def test_a_pattern_that_cannot_be_read_is_no_question(pattern):
    assert "cannot be read" in objection(form(pattern=pattern))


def test_the_slowest_pattern_on_the_longest_text_is_quick():
    slowest = form(pattern="[^z]*[^z]*[^z]*!")
    assert objection(slowest) is None
    started = time.monotonic()

    assert violations(slowest, {"answer": "a" * LONGEST_MATCHED})
    assert violations(slowest, {"answer": "a" * 19_000}) == {
        "answers.answer": [f"At most {LONGEST_MATCHED} characters, please."]
    }
    assert time.monotonic() - started < 5


def test_each_only_once():
    once = form(type="array", uniqueItems=True)

    assert violations(once, {"answer": [1, True, "1", {"a": 1}]}) == {}
    for twice in ([1, 1.0], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]):
        assert violations(once, {"answer": twice}) == {
            "answers.answer": ["Each only once, please."]
        }


def test_many_answers_are_compared_quickly():
    started = time.monotonic()

    assert violations(form(uniqueItems=True), {"answer": [{"a": n} for n in range(1_500)]}) == {}
    assert time.monotonic() - started < 1


def test_nobody_has_a_regular_expression_compiled():
    assert violations(form(format="regex"), {"answer": "(" * 6_000}) == {}


def test_answers_have_a_limit():
    assert violations(form(), {"answer": "x" * 20_000}) == {
        "answers": ["At most 20000 characters, please."]
    }
