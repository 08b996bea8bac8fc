"""The indexes of tickets and work orders, each with the query that it serves."""

from django.db.models import Index, Q

from tickets.states import BOOKED, ENDED_WORK, OPEN_TICKETS, TicketStatus

IS_OPEN = Q(status__in=[str(status) for status in OPEN_TICKETS], merged_into=None)
NEWEST = ["-created_at", "-id"]

TICKET_INDEXES = [
    # Every list without a narrower filter, newest first; the figures of a window.
    Index(fields=NEWEST, name="tickets_newest"),
    # A queue of one status, newest first.
    Index(fields=["status", *NEWEST], name="tickets_by_status"),
    # What somebody reported: the scope of requesters.
    Index(fields=["requester", *NEWEST], name="tickets_by_requester"),
    # A team's queue.
    Index(fields=["team", "-created_at"], name="tickets_open_queue", condition=IS_OPEN),
    # Somebody's unfinished work, and what nobody has taken; the least loaded of a team.
    Index(fields=["assignee", "-created_at"], name="tickets_open_work", condition=IS_OPEN),
    # What is overdue, or due next.
    Index(fields=["due_at"], name="tickets_open_due", condition=IS_OPEN),
    # When the clock has to be looked at next.
    Index(
        fields=["next_alarm_at"],
        name="tickets_next_alarm",
        condition=Q(next_alarm_at__isnull=False),
    ),
    # What follows a survivor.
    Index(fields=["merged_into"], name="tickets_merged", condition=Q(merged_into__isnull=False)),
    # What can be closed by now.
    Index(
        fields=["resolved_at"],
        name="tickets_resolved",
        condition=Q(status=str(TicketStatus.RESOLVED)),
    ),
]

WORK_ORDER_INDEXES = [
    # Every list without a narrower filter, newest first.
    Index(fields=NEWEST, name="work_orders_newest"),
    # A queue of one status, newest first.
    Index(fields=["status", *NEWEST], name="work_orders_by_status"),
    # The work orders of a ticket, and whether one is still open.
    Index(fields=["ticket", "status"], name="work_orders_of_ticket"),
    # The work orders of a request.
    Index(
        fields=["request"],
        name="work_orders_of_request",
        condition=Q(request__isnull=False),
    ),
    # What takes somebody's time in a window.
    Index(
        fields=["assignee", "scheduled_start"],
        name="work_orders_booked",
        condition=Q(status__in=[str(status) for status in BOOKED]),
    ),
    # What is overdue, or next.
    Index(
        fields=["scheduled_end"],
        name="work_orders_open_end",
        condition=~Q(status__in=[str(status) for status in ENDED_WORK]),
    ),
]
