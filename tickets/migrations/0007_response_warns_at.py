"""When three quarters of a promised first response are used: what lists of items in danger ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0006_warns_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="response_warns_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
