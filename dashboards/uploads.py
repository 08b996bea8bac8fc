"""Uploads: how much came in the window, by day and by person."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from core import clock
from dashboards.question import Question
from files.models import File

Figure = dict[str, Any]
MOST_PEOPLE = 25


def upload_volume_by_day(question: Question) -> Figure:
    """Files and bytes that came on each day of the window, days without any left out."""
    day = TruncDate("created_at", tzinfo=timezone.get_current_timezone())
    counted = _uploaded(question).annotate(day=day).values_list("day")
    rows = counted.annotate(count=Count("pk"), bytes=Sum("size")).order_by("day")
    return _volume(question, [_day(question, *row) for row in rows])


def upload_volume_by_person(question: Question) -> Figure:
    """Files and bytes that each person brought in the window; the twenty-five with the most bytes."""
    counted = _uploaded(question).exclude(created_by=None)
    rows = counted.values_list("created_by", "created_by__name").annotate(
        count=Count("pk"), bytes=Sum("size")
    )
    most = rows.order_by("-bytes", "created_by")[:MOST_PEOPLE]
    return _volume(question, [_person(question, *row) for row in most])


def _uploaded(question: Question) -> Any:
    """Files that exist for the caller, came in the window and were not taken away."""
    rows = File.objects.for_user(question.user).living()
    rows = rows.filter(created_at__gte=question.since, created_at__lt=question.until)
    if question.department:
        rows = rows.filter(created_by__department=question.department)
    return rows.order_by()


def _day(question: Question, day: Any, count: int, size: int) -> Figure:
    zone = timezone.get_current_timezone()
    first = datetime.combine(day, time.min, zone)
    last = datetime.combine(day + timedelta(days=1), time.min, zone)
    window = {
        "created_after": clock.timestamp(max(first.astimezone(UTC), question.since)),
        "created_before": clock.timestamp(min(last.astimezone(UTC), question.until)),
    }
    name = day.isoformat()
    return {
        "key": name,
        "label": name,
        "count": count,
        "bytes": size,
        "link": _link(question, window),
    }


def _person(question: Question, key: int, name: str, count: int, size: int) -> Figure:
    filters = question.window("created") | {"created_by": str(key)}
    return {
        "key": str(key),
        "label": name,
        "count": count,
        "bytes": size,
        "link": _link(question, filters),
    }


def _volume(question: Question, rows: list[Figure]) -> Figure:
    return {"rows": rows, "link": _link(question, question.window("created"))}


def _link(question: Question, filters: dict[str, str]) -> str:
    return question.link("files", **filters)
