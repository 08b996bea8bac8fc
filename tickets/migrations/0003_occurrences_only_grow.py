"""What became of an occurrence is written once."""

from django.db import migrations

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_guards")]

    operations = [AppendOnly("Occurrence")]
