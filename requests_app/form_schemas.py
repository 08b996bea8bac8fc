"""The forms of request types: JSON Schema (draft 2020-12), kept small and self-contained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

from requests_app.form_rules import (
    FORMATS,
    MOST_VARYING,
    FormValidator,
    forbidden,
    slow_patterns,
)

SIZE_LIMIT = 20_000
MESSAGE_LENGTH = 300


def empty_form() -> dict[str, Any]:
    """A form that asks nothing."""
    return {"type": "object", "properties": {}, "additionalProperties": False}


def objection(form: Any) -> str | None:
    """Why this is no form, in a sentence; None when it is one."""
    if not isinstance(form, dict) or form.get("type") != "object":
        return 'A form is a JSON Schema with "type": "object".'
    if len(json.dumps(form)) > SIZE_LIMIT:
        return f"A form has at most {SIZE_LIMIT} characters."
    try:
        Draft202012Validator.check_schema(form)
    except SchemaError as error:
        return f"This is no JSON Schema: {_readable(error.message)}"
    except (RecursionError, OverflowError):
        return "This is no JSON Schema: one of its patterns cannot be read."
    if keyword := next(forbidden(form), None):
        return f"A form may not use {keyword}: write it out."
    if pattern := next(slow_patterns(form), None):
        return (
            f"The pattern {_readable(pattern)} could take very long. A pattern is a row of characters"
            f" and [classes], at most {MOST_VARYING} of them repeated, without groups."
        )
    return None


def violations(form: Mapping[str, Any], answers: Any) -> dict[str, list[str]]:
    """What is wrong with answers to a form: `{"answers.laptop.model": ["Choose one of: …"]}`."""
    if len(json.dumps(answers)) > SIZE_LIMIT:
        return {"answers": [f"At most {SIZE_LIMIT} characters, please."]}
    found: dict[str, list[str]] = {}
    validator = FormValidator(form, format_checker=FORMATS)
    for error in validator.iter_errors(answers):
        path = [str(step) for step in error.absolute_path]
        for name, message in _told(error):
            messages = found.setdefault(".".join(["answers", *path, *name]), [])
            if message not in messages:
                messages.append(message)
    return found


def _told(error: ValidationError) -> list[tuple[list[str], str]]:
    """The names below the error's own path that it is about, each with a sentence for the person."""
    wanted: Any = error.validator_value
    given: Any = error.instance
    if error.validator == "required":
        missing = [name for name in wanted if name not in given]
        return [([name], "This field is required.") for name in missing]
    if error.validator == "additionalProperties" and wanted is False:
        schema: Any = error.schema
        extra = [name for name in given if name not in schema.get("properties", {})]
        return [([name], "The form does not ask this.") for name in extra]
    return [([], _sentence(error))]


def _sentence(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    match error.validator:
        case "enum":
            return f"Choose one of: {', '.join(map(str, wanted))}."
        case "type":
            return f"This has to be of type {wanted}."
        case "minLength" | "minItems":
            return f"At least {wanted}, please."
        case "maxLength" | "maxItems":
            return f"At most {wanted}, please."
        case "minimum":
            return f"This has to be {wanted} or more."
        case "maximum":
            return f"This has to be {wanted} or less."
        case "format":
            return f"This is not a valid {wanted}."
    return _readable(error.message)


def _readable(message: str) -> str:
    """Library messages quote the input: never more than a line of it."""
    return message if len(message) <= MESSAGE_LENGTH else f"{message[:MESSAGE_LENGTH]}…"
