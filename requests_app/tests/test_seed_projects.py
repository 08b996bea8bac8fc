"""The projects of the demo: in every state, with what there is to try in each."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from requests_app.demo.seeder import seed
from requests_app.models import ServiceRequest
from workflows.models import ChecklistStep, Project, Task, Workflow, WorkflowTemplate

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def test_projects_stand_in_every_state_and_are_made_once(db):
    asked = {"people": 8, "requests": 0, "seed": 7, "until": NOW, "tell": lambda line: None}
    assert seed(projects=5, **asked) == (0, 0, 0, 5)

    assert set(Project.objects.values_list("status", flat=True)) == {
        "active",
        "on_hold",
        "completed",
    }
    assert set(Workflow.objects.values_list("status", flat=True)) == {
        "draft",
        "active",
        "completed",
    }
    statuses = set(Task.objects.values_list("status", flat=True))
    assert statuses == {"todo", "in_progress", "blocked", "done"}
    assert ChecklistStep.objects.filter(status="done").exists()
    assert WorkflowTemplate.objects.shared().count() == 2
    request = ServiceRequest.objects.get()
    assert request.workflow.name == f"{request}: Elif begins on Monday"
    assert request.workflow.tasks.filter(status="in_progress").exists()
    known = User.objects.get(email="requester@flowtrack.example")
    assert Project.objects.for_user(known).count() == 6
    assert not any(seed(projects=5, **asked))
