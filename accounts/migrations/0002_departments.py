"""The three departments that FlowTrack starts with."""

from django.db import migrations

NAMES = ("Corporate", "Healthcare", "Legal")


def seed(apps, editor):
    departments = apps.get_model("accounts", "Department").objects
    for name in NAMES:
        departments.get_or_create(slug=name.lower(), defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    # Going back removes the table itself, so nothing is undone here.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
