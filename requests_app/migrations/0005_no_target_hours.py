"""The hours on request types are policies now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0004_targets_become_policies")]

    operations = [
        migrations.RemoveConstraint(
            model_name="requesttype",
            name="requests_app_type_target",
        ),
        migrations.RemoveField(
            model_name="requesttype",
            name="target_hours",
        ),
    ]
