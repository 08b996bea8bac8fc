"""What a browser sends for a form of the admin on which nothing was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import BaseForm, BoundField, MultipleChoiceField, MultiWidget


def as_shown(page: Any) -> dict[str, Any]:
    """The whole page's values, rows edited inline included."""
    return {name: value for form in _forms(page) for bound in form for name, value in _sent(bound)}


def as_typed(page: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a transition, as somebody types them into its form."""
    form = page.context["form"].__class__(initial=given)
    return {name: value for bound in form for name, value in _sent(bound)}


def as_text(body: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """The body of an API call, as somebody types it into a form: lists and objects are JSON.

    Unless the page lets one choose several.
    """
    fields = {name: field for form in _forms(page) for name, field in form.fields.items()}
    chosen = {name for name, field in fields.items() if isinstance(field, MultipleChoiceField)}
    return {
        name: json.dumps(value) if isinstance(value, dict | list) and name not in chosen else value
        for name, value in body.items()
    }


def _forms(page: Any) -> Iterator[BaseForm]:
    yield page.context["adminform"].form
    for inline in page.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _sent(bound: BoundField) -> Iterator[tuple[str, Any]]:
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, MultiWidget):
        for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
            yield f"{bound.html_name}{suffix}", part or ""
    elif value is not None and value is not False:
        yield bound.html_name, value
