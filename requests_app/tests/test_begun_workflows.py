"""A request type may begin a workflow: where, for whom, and what becomes of it when it cannot."""

import pytest
from django.db import models

from core.errors import InvalidInput
from core.lifecycle import change, create, perform
from core.models import Event
from requests_app.tests.making import a_type, ask
from workflows.models import Member, Project, Workflow, WorkflowTemplate

TASKS = [
    {"key": "laptop", "title": "Order a laptop", "role": "assignee", "due_after_days": 1},
    {"title": "Say hello", "role": "requester", "depends_on": ["laptop"]},
    {"title": "Give the keys", "role": "porter"},
]


@pytest.fixture
def project(ada, ben):
    """Where ada lets workflows begin; ben edits there, ann takes no part."""
    project = create(Project(name="Secret arrivals"), actor=ada)
    create(Member(project=project, person=ben, role="editor"), actor=ada)
    return project


@pytest.fixture
def kind(ada, project):
    """Whoever asks for this begins a workflow."""
    template = create(WorkflowTemplate(name="On-boarding", tasks=TASKS), actor=ada)
    begins = {"workflow_template": template, "workflow_project": project}
    return change(a_type(0), actor=ada, **begins)


def begun(person, kind, agent):
    return perform(ask(person, request_type=kind, title="A start"), "start", actor=agent)


def test_the_work_begins_with_its_workflow(ann, ben, zoe, ada, project, kind, as_):
    request = begun(ann, kind, ben)

    workflow = Workflow.objects.get()
    assert (workflow.name, workflow.status) == (f"{request}: A start", "active")
    tasks = list(workflow.tasks.order_by("position"))
    # ann asked, and takes no part in the project; nobody is a porter.
    assert [task.assignee for task in tasks] == [ben, None, None]
    events = Event.of(request)
    assert [(event.action, event.actor) for event in events][-2:] == [
        ("start", ben),
        ("workflow_started", None),
    ]
    assert events.last().changes == {"workflow": None}
    shown = {"id": workflow.pk, "reference": workflow.reference, "title": workflow.name}
    for person, seen in ((ben, shown), (ada, shown), (ann, None)):
        for url in (f"/api/requests/{request}/", "/api/requests/"):
            answer = as_(person).get(url).json()
            assert answer.get("results", [answer])[0]["workflow"] == seen
    create(Member(project=project, person=ann, role="editor"), actor=ada)
    assert as_(ann).get(f"/api/requests/{request}/").json()["workflow"] == shown


def test_a_template_from_which_something_begins_stays(ada, kind, as_, caplog):
    url = f"/api/workflow-templates/{kind.workflow_template_id}/"

    refused = as_(ada).delete(url)

    assert (refused.status_code, refused.json()["code"]) == (409, "condition_unmet")
    assert refused.json()["detail"] == "Something begins from it: retire it instead."
    assert "Traceback" not in caplog.text
    change(kind, actor=ada, workflow_template=None, workflow_project=None)
    assert as_(ada).delete(url).status_code == 204


def test_a_title_of_several_lines_names_a_workflow_on_one(ann, ben, kind):
    request = ask(ann, request_type=kind, title="A start")
    models.QuerySet(type(request)).filter(pk=request.pk).update(title="A\nstart")

    perform(request, "start", actor=ben)

    assert Workflow.objects.get().name == f"{request}: A start"


def test_an_agent_elsewhere_learns_nothing_of_the_project(ann, ben, person, ada, kind, as_):
    request = begun(ann, kind, ben)
    agent = person("carl", role="agent")

    for url in (f"/api/requests/{request}/", f"/api/requests/{request}/history/"):
        assert b"WF-" not in as_(agent).get(url).content
    for reader in (ann, agent):
        for url in (f"/api/catalog/{kind.pk}/", f"/api/catalog/{kind.pk}/history/"):
            answer = as_(reader).get(url)
            assert answer.status_code == 200
            assert b"arrivals" not in answer.content
            assert (
                f'"workflow_project":{{"id":{kind.workflow_project_id}'.encode()
                not in answer.content
            )
    assert as_(agent).get(f"/api/catalog/{kind.pk}/").json()["workflow_project"] is None
    assert as_(ada).get(f"/api/catalog/{kind.pk}/").json()["workflow_project"]["title"]


@pytest.mark.parametrize("ended", ["archive", "complete", "retire"])
def test_the_work_begins_also_where_its_workflow_cannot(ann, ben, ada, project, kind, ended):
    perform(kind.workflow_template if ended == "retire" else project, ended, actor=ada)

    request = begun(ann, kind, ben)

    assert (request.status, request.workflow) == ("in_progress", None)
    event = Event.of(request).last()
    assert (event.action, event.actor) == ("workflow_not_started", None)
    assert event.note == "The workflow of its type could not begin."
    assert not Workflow.objects.exists()


def test_what_begins_is_what_the_type_says_now(ann, ben, ada, kind):
    request = ask(ann, request_type=kind)
    change(kind, actor=ada, workflow_template=None, workflow_project=None)

    assert perform(request, "start", actor=ben).workflow is None
    assert Event.of(request).last().action == "start"


@pytest.mark.once
def test_a_type_says_what_begins_and_where(ada, project, kind, as_):
    own = create(WorkflowTemplate(name="Own", project=project), actor=ada)
    other = create(Project(name="Another"), actor=ada)
    for fields, said in (
        ({"workflow_project": None}, "in which project"),
        ({"workflow_template": None}, "which workflow"),
        ({"workflow_template": own, "workflow_project": other}, "share it first"),
    ):
        with pytest.raises(InvalidInput, match=said):
            change(kind, actor=ada, **fields)
    assert change(kind, actor=ada, workflow_template=own).workflow_template == own
    refused = as_(ada).delete(f"/api/workflow-templates/{own.pk}/")
    assert (refused.status_code, refused.json()["code"]) == (409, "condition_unmet")


def test_staff_elsewhere_read_nothing_of_it_in_the_admin(ann, ben, ada, person, kind, browser_of):
    request = begun(ann, kind, ben)
    pages = (
        f"/admin/requests_app/requesttype/{kind.pk}/change/",
        f"/admin/requests_app/servicerequest/{request.pk}/change/",
    )

    def read(reader):
        answers = [browser_of(reader).get(page) for page in pages]
        assert {answer.status_code for answer in answers} == {200}
        return "".join(answer.content.decode() for answer in answers)

    carl = read(person("carl", role="agent"))
    where = kind.workflow_project.reference
    assert where not in carl
    assert request.workflow.reference not in carl
    assert where in read(ada)
    assert request.workflow.reference in read(ben)
