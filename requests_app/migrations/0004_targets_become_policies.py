"""What request types promised in hours becomes a policy for each: around the clock, never pausing, as it was."""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import F
from django.utils import timezone

AROUND_THE_CLOCK = "Around the clock"
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
THE_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
FIRST, LAST = 500, 900
OTHERS = "Other requests in 72 hours"
OPEN = ["pending", "approved", "in_progress"]


def promise(apps, schema_editor):
    """A policy for each type, and one for types that come later; requests are under their type's."""
    calendar = around_the_clock(apps)
    requests = apps.get_model("requests_app", "ServiceRequest").objects
    for kind in apps.get_model("requests_app", "RequestType").objects.order_by("pk"):
        name = f"{kind.name[:80]} in {kind.target_hours} hours"
        mine = policy(apps, calendar, name, kind.target_hours, FIRST, request_type=kind)
        requests.filter(request_type=kind).update(sla_policy=mine)
    policy(apps, calendar, OTHERS, 72, LAST)
    requests.update(first_responded_at=F("started_at"))
    requests.filter(status__in=OPEN).update(next_alarm_at=timezone.now())


def take_back(apps, schema_editor):
    """The hours of a type are those of its own policy."""
    policies = apps.get_model("sla", "Policy").objects
    mine = policies.filter(position=FIRST).exclude(request_type=None)
    for each in mine.select_related("request_type"):
        each.request_type.target_hours = max(1, (each.resolution_minutes or 72 * 60) // 60)
        each.request_type.save()
    apps.get_model("requests_app", "ServiceRequest").objects.update(sla_policy=None)


def around_the_clock(apps):
    calendars = apps.get_model("sla", "Calendar").objects
    known = calendars.filter(name=AROUND_THE_CLOCK).first()
    if known:
        return known
    says = {"time_zone": "UTC", "hours": ALWAYS, "holidays": []}
    calendar = calendars.create(name=AROUND_THE_CLOCK, **says)
    versions = apps.get_model("sla", "CalendarVersion").objects
    versions.create(calendar=calendar, number=1, valid_from=THE_BEGINNING, **says)
    return calendar


def policy(apps, calendar, name, hours, position, **conditions):
    policies = apps.get_model("sla", "Policy").objects
    known = policies.filter(name=name).first()
    if known:
        return known
    says = {"calendar": calendar, "resolution_minutes": hours * 60, "waits_in": []}
    made = policies.create(name=name, position=position, applies_to="request", **says, **conditions)
    versions = apps.get_model("sla", "PolicyVersion").objects
    versions.create(policy=made, number=1, valid_from=THE_BEGINNING, **says)
    return made


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0003_service_levels"), ("sla", "0003_first_promises")]

    operations = [migrations.RunPython(promise, take_back)]
