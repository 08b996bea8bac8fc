"""Requests from a file: every row through the same rules as a request that somebody makes."""

from __future__ import annotations

from typing import Any

from import_export import fields
from import_export.widgets import Widget

from accounts.models import Department, User
from core import strict_json
from core.errors import Malformed
from core.imports import NamedWidget, RecordResource, TextWidget
from requests_app.models import RequestType, ServiceRequest


class AnswersWidget(Widget):
    """Answers as a JSON object; an empty cell is no answer."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return strict_json.loads(str(value).encode()) if value else {}
        except Malformed as malformed:
            raise ValueError(malformed.detail) from None


class RequestResource(RecordResource):
    """One new request for each row."""

    optional = ("description", "priority", "answers")

    title = fields.Field("title", "title", widget=TextWidget())
    description = fields.Field("description", "description", widget=TextWidget())
    type = fields.Field("request_type", "type", widget=NamedWidget(RequestType, "slug"))
    department = fields.Field("department", "department", widget=NamedWidget(Department, "name"))
    requester = fields.Field("requester", "requester", widget=NamedWidget(User, "email"))
    priority = fields.Field("priority", "priority", default="medium")
    answers = fields.Field("answers", "answers", widget=AnswersWidget())

    class Meta:
        model = ServiceRequest
        fields = (
            "title",
            "type",
            "department",
            "requester",
            "description",
            "priority",
            "answers",
        )
