"""What a line of an exported request holds."""

from __future__ import annotations

import json

from core.export import Columns
from requests_app.models import ServiceRequest


def approvals(request: ServiceRequest) -> str:
    """`1 of 2`: in words, because a spreadsheet would read 1/2 as a date."""
    return f"{request.approvals_given} of {request.approvals_needed}"


REQUEST_COLUMNS: Columns = {
    "reference": lambda request: request.reference,
    "title": lambda request: request.title,
    "type": lambda request: request.request_type.name,
    "category": lambda request: request.request_type.category.name,
    "department": lambda request: request.department.name,
    "priority": lambda request: request.priority,
    "status": lambda request: request.status,
    "requester": lambda request: request.requester.name,
    "assignee": lambda request: request.assignee.name if request.assignee else "",
    "approvals": approvals,
    "created_at": lambda request: request.created_at,
    "due_at": lambda request: request.due_at,
    "decided_at": lambda request: request.decided_at,
    "started_at": lambda request: request.started_at,
    "completed_at": lambda request: request.completed_at,
    "reason": lambda request: request.reason,
    "resolution": lambda request: request.resolution,
    "description": lambda request: request.description,
    "answers": lambda request: json.dumps(request.answers, ensure_ascii=False),
}
