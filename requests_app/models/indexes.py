"""The indexes of requests, each with the query that it serves."""

from django.db.models import Index, Q

from requests_app.states import OPEN, RequestStatus

IS_OPEN = Q(status__in=[str(status) for status in OPEN])
NEWEST = ["-created_at", "-id"]

REQUEST_INDEXES = [
    # The queue and every list without a narrower filter, newest first; the figures of a window.
    Index(fields=NEWEST, name="requests_newest"),
    # A queue of one status, newest first.
    Index(fields=["status", *NEWEST], name="requests_by_status"),
    # What a person asked for: the scope of requesters.
    Index(fields=["requester", *NEWEST], name="requests_by_requester"),
    # What a department asked for: the scope of approvers, and the department filter.
    Index(fields=["department", *NEWEST], name="requests_by_department"),
    # What waits for a department's decision, oldest first.
    Index(
        fields=["department", "created_at"],
        name="requests_waiting",
        condition=Q(status=str(RequestStatus.PENDING)),
    ),
    # Somebody's unfinished work, and what nobody has taken.
    Index(fields=["assignee", "-created_at"], name="requests_open_work", condition=IS_OPEN),
    # What is overdue, or due next.
    Index(fields=["due_at"], name="requests_open_due", condition=IS_OPEN),
    # When the clock has to be looked at next.
    Index(
        fields=["next_alarm_at"],
        name="requests_next_alarm",
        condition=Q(next_alarm_at__isnull=False),
    ),
    # How long approvals took, by when they were given.
    Index(fields=["decided_at"], name="requests_decided", condition=Q(decided_at__isnull=False)),
]
