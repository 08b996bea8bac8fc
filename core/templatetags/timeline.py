"""How the words of history read on a page."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def spoken(name: str) -> str:
    """`in_progress` as people say it."""
    return name.replace("_", " ").capitalize()
