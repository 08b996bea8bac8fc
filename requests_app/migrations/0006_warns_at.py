"""When three quarters of a promise are used: what lists of items in danger ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0005_no_target_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicerequest",
            name="warns_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
