"""Refusals carry a sentence for the person."""

from django.core.exceptions import ValidationError

from core.errors import FieldError, InvalidInput, TooManyRequests, WrongStatus


def test_a_refusal_has_a_sentence_even_when_none_is_given():
    assert WrongStatus().detail == "This is not possible in the present status."
    assert WrongStatus("It is closed.").detail == "It is closed."


def test_invalid_input_sums_up_what_is_wrong():
    one = InvalidInput.of("title", "Say what it is.", code="required")
    two = InvalidInput(errors=[*one.errors, FieldError("", "odd", "Odd as a whole.")])

    assert one.detail == "title: Say what it is."
    assert two.detail == "title: Say what it is. (1 more in errors.)"


def test_what_a_model_found_keeps_its_fields_and_codes():
    found = ValidationError(
        {
            "title": ValidationError("At most %(n)d.", code="max_length", params={"n": 5}),
            "__all__": ["Odd as a whole."],
        }
    )

    assert InvalidInput.from_django(found).errors == [
        FieldError("title", "max_length", "At most 5."),
        FieldError("", "invalid", "Odd as a whole."),
    ]


def test_retry_after_is_never_at_once():
    assert TooManyRequests(retry_after=0).retry_after == 1
