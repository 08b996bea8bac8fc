"""What a calendar or a policy said once is never rewritten."""

from django.db import migrations

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial")]

    operations = [AppendOnly("CalendarVersion"), AppendOnly("PolicyVersion")]
