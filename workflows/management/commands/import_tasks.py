"""Bring tasks in from a spreadsheet."""

from core.management.importing import ImportCommand, columns_in_words
from workflows.resources import TaskResource


class Command(ImportCommand):
    """All rows or none."""

    help = (
        "Plan a task for each row of a CSV file: all of them, or none if any is wrong. "
        f"{columns_in_words(TaskResource)} The workflow is a reference such as WF-42, the assignee an "
        "e-mail address, tags are slugs with spaces between. A sample is in workflows/samples/tasks.csv."
    )
    resource = TaskResource
