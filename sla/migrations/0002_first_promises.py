"""The service levels that a new installation starts with; admins edit them from there."""

from django.conf import settings
from django.db import migrations

from sla.starting import WORKDAYS, around_the_clock, calendar, policy

# (priority, hours to the first response, hours to the resolution)
IN_OFFICE_HOURS = [("high", 4, 16), ("medium", 8, 40), ("low", 16, 80)]


def promise(apps, schema_editor):
    hours = {day: [["09:00", "17:30"]] for day in WORKDAYS}
    office = calendar(apps, "Office hours", time_zone=settings.TIME_ZONE, hours=hours)
    ticket(apps, "urgent", 1, 8, calendar=around_the_clock(apps), position=10)
    for place, promised in enumerate(IN_OFFICE_HOURS, start=2):
        ticket(apps, *promised, calendar=office, position=10 * place)


def ticket(apps, priority, response, resolution, **fields):
    policy(
        apps,
        f"{priority.title()} tickets",
        applies_to="ticket",
        priority=priority,
        response_minutes=response * 60,
        resolution_minutes=resolution * 60,
        **fields,
    )


class Migration(migrations.Migration):
    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("sla", "0003_first_promises")]

    dependencies = [("sla", "0001_initial")]

    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
