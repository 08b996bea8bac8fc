"""When three quarters of a promise are used: what lists of items in danger ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0005_points_remember_their_template"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="warns_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
