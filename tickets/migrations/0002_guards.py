"""What only PostgreSQL can hold or find: windows that do not overlap, and tickets by their tags."""

from typing import Any

from django.db import migrations

from core.db.no_overlap import NoOverlap

TAGS = "tickets_ticket_tags"


def index_tags(apps: Any, editor: Any) -> None:
    """Serves `?tag=`: which lists hold this word. SQLite reads them all."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {TAGS} ON tickets_ticket USING gin (tags jsonb_path_ops)")


def drop_index(apps: Any, editor: Any) -> None:
    editor.execute(f"DROP INDEX IF EXISTS {TAGS}")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        NoOverlap(
            "WorkOrder",
            name="tickets_work_order_not_booked_twice",
            owner="assignee",
            start="scheduled_start",
            end="scheduled_end",
            # As in tickets.states.BOOKED. Without a start there is no window.
            condition="status IN ('dispatched', 'in_progress', 'on_hold')"
            " AND scheduled_start IS NOT NULL",
        ),
        migrations.RunPython(index_tags, drop_index),
    ]
