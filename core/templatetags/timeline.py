"""How a line of history reads on a page."""

from __future__ import annotations

from collections.abc import Iterator

from django import template

from core.models import Event

register = template.Library()

LONGEST = 80


@register.filter
def spoken(name: str) -> str:
    """`in_progress` as people say it."""
    return name.replace("_", " ").capitalize()


@register.filter
def changes(event: Event) -> Iterator[str]:
    """One sentence for each field that changed."""
    for name, pair in event.changes.items():
        if pair is None:
            yield f"{spoken(name)} changed"
        else:
            before, after = map(_shown, pair)
            yield f"{spoken(name)}: {before} → {after}"


def _shown(value: object) -> str:
    text = "—" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
