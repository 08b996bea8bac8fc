"""What only PostgreSQL can find with an index: tasks by their tags."""

from typing import Any

from django.db import migrations

TAGS = "workflows_task_tags"


def index_tags(apps: Any, editor: Any) -> None:
    """Serves `?tag=`: which lists hold this word. SQLite reads them all."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {TAGS} ON workflows_task USING gin (tags jsonb_path_ops)")


def drop_index(apps: Any, editor: Any) -> None:
    editor.execute(f"DROP INDEX IF EXISTS {TAGS}")


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial")]

    operations = [migrations.RunPython(index_tags, drop_index)]
