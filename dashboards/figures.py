"""The figures: one function and one query each, over the rows that exist for the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, F, Window
from django.db.models.functions import CumeDist
from django.utils import timezone

from dashboards.question import Question
from dashboards.service_levels import (
    service_levels,
    service_levels_by_policy,
    service_levels_by_team,
)
from dashboards.uploads import upload_volume_by_day, upload_volume_by_person
from requests_app.models import ServiceRequest

Figure = dict[str, Any]
TIME_TO_APPROVAL = F("decided_at") - F("created_at")
OLDEST = 10


def pending(question: Question) -> Figure:
    """How many requests wait for a decision now, whenever they were made."""
    return {
        "value": question.rows.waiting().count(),
        "link": question.link(status=ServiceRequest.Status.PENDING.value),
    }


def new_today(question: Question) -> Figure:
    """How many requests were made since midnight."""
    midnight = timezone.localtime(question.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "value": question.rows.filter(created_at__gte=midnight).count(),
        "link": question.link(created_after=midnight.isoformat()),
    }


def average_approval_time(question: Question) -> Figure:
    """Seconds from asking to approval, on average over the approvals given in the window."""
    found = question.approved_in_window.aggregate(mean=Avg(TIME_TO_APPROVAL), count=Count("pk"))
    return _approval_time(question, found["mean"], found["count"])


def p90_approval_time(question: Question) -> Figure:
    """Seconds within which nine of ten approvals in the window were given (nearest rank)."""
    slowest = (
        question.approved_in_window.annotate(
            taken=TIME_TO_APPROVAL,
            # The share of approvals that took at most as long.
            share=Window(CumeDist(), order_by=TIME_TO_APPROVAL),
            count=Window(Count("pk")),
        )
        .filter(share__gte=0.9)
        .order_by("taken")
        .values_list("taken", "count")
        .first()
    )
    return _approval_time(question, *(slowest or (None, 0)))


def by_status(question: Question) -> Figure:
    """How many of the requests made in the window stand where today."""
    return _by_choice(question, "status", ServiceRequest.Status.choices)


def by_priority(question: Question) -> Figure:
    """How much the requests made in the window press."""
    return _by_choice(question, "priority", ServiceRequest.Priority.choices)


def by_category(question: Question) -> Figure:
    """What the requests made in the window are about; only categories that occur."""
    category = "request_type__category"
    order = f"{category}__position"
    return _by_related(question, "category", category, f"{category}__name", order)


def by_department(question: Question) -> Figure:
    """Where the requests made in the window come from; only departments that occur."""
    return _by_related(question, "department", "department", "department__name", "department__name")


def oldest_waiting(question: Question) -> Figure:
    """The ten requests that have waited longest for a decision, with their age in seconds."""
    rows = (
        question.rows.waiting().order_by("created_at", "pk").only("title", "created_at", "status")
    )
    return {
        "rows": [
            {
                **request.summary(),
                "created_at": request.created_at,
                "age": (question.now - request.created_at).total_seconds(),
            }
            for request in rows[:OLDEST]
        ],
        "link": question.link(status=ServiceRequest.Status.PENDING.value, ordering="created_at"),
    }


FIGURES: dict[str, Callable[[Question], Figure]] = {
    figure.__name__: figure
    for figure in (
        pending,
        new_today,
        average_approval_time,
        p90_approval_time,
        by_status,
        by_category,
        by_department,
        by_priority,
        oldest_waiting,
        service_levels,
        service_levels_by_policy,
        service_levels_by_team,
        upload_volume_by_day,
        upload_volume_by_person,
    )
}


def _approval_time(question: Question, taken: timedelta | None, count: int) -> Figure:
    return {
        "value": None if taken is None else taken.total_seconds(),
        "count": count,
        "link": question.link(approved="true", **question.window("decided")),
    }


def _by_choice(question: Question, field: str, choices: Iterable[tuple[str, Any]]) -> Figure:
    """Counts for a closed set of values, in its own order, zeros included."""
    counted = dict(
        question.asked_in_window.values_list(field).annotate(count=Count("pk")).order_by()
    )
    groups = [(value, str(label), counted.get(value, 0)) for value, label in choices]
    return _breakdown(question, field, groups)


def _by_related(question: Question, field: str, path: str, label: str, order: str) -> Figure:
    """Counts for the related rows that occur."""
    counted = question.asked_in_window.values_list(path, label).annotate(count=Count("pk"))
    return _breakdown(question, field, counted.order_by(order, path))


def _breakdown(question: Question, field: str, groups: Iterable[tuple[Any, str, int]]) -> Figure:
    window = question.window("created")
    return {
        "rows": [
            {
                "key": str(key),
                "label": label,
                "count": count,
                "link": question.link(**window | {field: key}),
            }
            for key, label, count in groups
        ],
        "link": question.link(**window),
    }
