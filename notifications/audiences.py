"""The one table of who hears of what, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.models import Event
from notifications import recipients as people
from notifications.news import HANGS_ON_AN_ITEM
from notifications.recipients import Who
from notifications.subjects import LOOKED_AFTER, subjects
from notifications.topics import Topic


class Hears(NamedTuple):
    """Some people hear of it; the topic says why, and what of it they chose in their preferences."""

    who: Who
    topic: Topic


Audience = tuple[Hears, ...]

ANY = "any item"
TRANSITION = "any transition"
NOBODY: Audience = ()

REQUEST, TICKET, WORK_ORDER = (
    "requests_app.servicerequest",
    "tickets.ticket",
    "tickets.workorder",
)
COMMENT, FILE, MEMBER, TASK = (
    "discussion.comment",
    "files.file",
    "workflows.member",
    "workflows.task",
)
JOB, ENDPOINT = "jobs.job", "notifications.webhookendpoint"

it_goes_on = Hears(people.watchers, Topic.PROGRESS)
it_is_yours = Hears(people.assignee, Topic.ASSIGNED)
time_runs_out = Hears(people.assignee_or_team, Topic.SERVICE_LEVEL)
it_failed = Hears(people.admins, Topic.ALERT)

AUDIENCES: Mapping[tuple[str, str], Audience] = {
    # Whatever kind of item; the first line that fits somebody is why they hear of it.
    (ANY, "created"): (it_is_yours, it_goes_on),
    (ANY, "changed"): (Hears(people.new_assignee, Topic.ASSIGNED),),
    (ANY, "assign"): (it_is_yours, it_goes_on),
    (ANY, "response_warning"): (time_runs_out,),
    (ANY, "response_breach"): (time_runs_out,),
    (ANY, "warning"): (time_runs_out,),
    (ANY, "breach"): (time_runs_out,),
    (ANY, TRANSITION): (it_goes_on,),
    # Requests
    (REQUEST, "created"): (Hears(people.approvers, Topic.APPROVAL), it_is_yours, it_goes_on),
    # Tickets and work orders
    (TICKET, "routed"): (Hears(people.team, Topic.QUEUE),),
    (TICKET, "transfer"): (Hears(people.team, Topic.QUEUE), it_goes_on),
    (TICKET, "follow"): NOBODY,
    (WORK_ORDER, "dispatch"): (it_is_yours, it_goes_on),
    # Projects
    (TASK, "ready"): (it_is_yours,),
    (TASK, "unassigned"): (it_goes_on,),
    (MEMBER, "created"): (Hears(people.themselves, Topic.MEMBERSHIP),),
    # What is said and shown on any item
    (COMMENT, "created"): (
        Hears(people.mentioned, Topic.MENTIONED),
        Hears(people.watchers, Topic.COMMENTED),
    ),
    (COMMENT, "changed"): (Hears(people.mentioned, Topic.MENTIONED),),
    (FILE, "release"): (Hears(people.others_watching, Topic.COMMENTED),),
    (FILE, "quarantine"): (it_failed, Hears(people.uploader, Topic.COMMENTED)),
    # Background work: whoever asked hears the end of it, admins of what nobody tries any more.
    (JOB, "created"): NOBODY,
    (JOB, "succeed"): (Hears(people.owner, Topic.JOB),),
    (JOB, "fail"): (it_failed, Hears(people.owner, Topic.JOB)),
    (JOB, TRANSITION): NOBODY,
    (ENDPOINT, "disable"): (it_failed,),
}


def audience_of(event: Event) -> Audience:
    """Who hears of it: by a line for its kind of row, or else by one for any kind of item."""
    kind, action = event.subject_type, event.action
    is_an_item = kind in subjects() and kind not in (*HANGS_ON_AN_ITEM, *LOOKED_AFTER)
    for each in (kind, ANY) if is_an_item else (kind,):
        for line in (action, TRANSITION) if event.target else (action,):
            if (each, line) in AUDIENCES:
                return AUDIENCES[each, line]
    return NOBODY
