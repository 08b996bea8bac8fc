"""Tickets from a file: every row through the same rules as a ticket that somebody reports."""

from __future__ import annotations

from typing import Any

from import_export import fields
from import_export.widgets import Widget

from accounts.models import User
from core.imports import NamedWidget, RecordResource, TextWidget
from tickets.models import Ticket

CATEGORIES = Ticket._meta.get_field("category").related_model


class TagsWidget(Widget):
    """Slugs of tags, with spaces between."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return str(value or "").lower().split()


class TicketResource(RecordResource):
    """One new ticket for each row."""

    optional = ("description", "category", "tags")

    title = fields.Field("title", "title", widget=TextWidget())
    requester = fields.Field("requester", "requester", widget=NamedWidget(User, "email"))
    description = fields.Field("description", "description", widget=TextWidget())
    category = fields.Field(
        "category", "category", widget=NamedWidget(CATEGORIES, "slug", required=False)
    )
    tags = fields.Field("tags", "tags", widget=TagsWidget())

    class Meta:
        model = Ticket
        fields = ("title", "requester", "description", "category", "tags")
