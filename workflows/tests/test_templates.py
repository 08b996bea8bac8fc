"""Templates: what begins again and again, for whom, and without whose names."""

import json

import pytest
from django.apps import apps

from core.errors import ConditionUnmet, InvalidInput
from core.lifecycle import change, create, perform
from core.models import Event, IdempotencyKey
from workflows.models import ChecklistStep, Task, Workflow, WorkflowTemplate
from workflows.saving import save_as_template, share
from workflows.starting import Start
from workflows.tests.making import done, plan, project_of, task

TAG = apps.get_model("tickets", "Tag")  # it stands above
LAPTOP = {"key": "laptop", "title": "Order a laptop", "role": "it", "checklist": ["Ask the price"]}
DESK = {"key": "desk", "title": "Set it up", "due_after_days": 5, "depends_on": ["laptop"]}


def template_of(person, project=None, **fields):
    said = {"name": "On-boarding", "tasks": [LAPTOP, DESK], "project": project} | fields
    return create(WorkflowTemplate(**said), actor=person)


@pytest.fixture
def template(ann, project):
    return template_of(ann, project)


def errors(answer, status=400):
    assert answer.status_code == status, answer.content
    return {(each["field"], each["code"]) for each in answer.json()["errors"]}


def test_a_workflow_is_saved_and_begins_again(ann, eve, workflow, as_):
    create(TAG(slug="office"), actor=None)
    day = workflow.created_at.date()
    first = done(task(workflow, title="Order", assignee=ann, tags=["office"]))
    second = task(workflow, title="Unpack", assignee=eve, due_on=day.replace(year=day.year + 1))
    perform(task(workflow, title="Forget it"), "cancel", actor=ann, reason="No.")
    plan(second, after=first)
    create(ChecklistStep(task=second, text="Keep the box"), actor=ann)
    api = as_(eve)

    body = {"name": "Again", "people": {"boss": ann.pk}}
    saved = api.post(f"/api/workflows/{workflow}/save-as-template/", body, format="json")

    assert saved.status_code == 201, saved.content
    said = saved.json()
    assert [(each["title"], each["role"]) for each in said["tasks"]] == [
        ("Order", "boss"),
        ("Unpack", "person-1"),
    ]
    assert said["tasks"][1]["due_after_days"] in (365, 366)
    assert (said["roles"], api.get(saved["Location"]).json()) == (["boss", "person-1"], said)

    body = {"project": workflow.project.pk, "starts_on": "2031-01-01", "people": {"boss": eve.pk}}
    begun = api.post(f"/api/workflow-templates/{said['id']}/start/", body, format="json").json()
    assert (begun["name"], begun["status"]) == ("Again", "draft")
    assert begun["unassigned_roles"] == ["person-1"]
    order, unpack = Task.objects.for_display().filter(workflow=begun["id"]).order_by("position")
    assert (order.status, order.assignee, order.tags) == ("todo", eve, ["office"])
    assert (unpack.assignee, unpack.due_on.isoformat()[:4]) == (None, "2032")
    assert [step.text for step in unpack.checklist] == ["Keep the box"]
    assert [each.id for each in unpack.predecessors] == [order.pk]
    note = Event.of(Workflow(pk=begun["id"]))[0].note
    assert note == "From the template “Again”. Nobody was named for: person-1."


def test_it_begins_once_however_often_it_is_asked_for(ann, project, template, as_):
    api, url = as_(ann), f"/api/workflow-templates/{template.pk}/start/"
    body = json.dumps({"project": project.pk})
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": "once"}}

    first, second = (api.post(url, body, **sent) for _ in range(2))

    assert (first.status_code, first.content) == (201, second.content)
    assert Workflow.objects.count() == IdempotencyKey.objects.count() == 1


def test_whoever_is_wrong_for_a_role_is_named_and_nothing_begins(ann, vic, zoe, project, as_):
    template = template_of(ann, project)
    api, url = as_(ann), f"/api/workflow-templates/{template.pk}/start/"

    def asked(people):
        return errors(api.post(url, {"project": project.pk, "people": people}, format="json"))

    assert asked({"it": zoe.pk}) == asked({"it": 10**9}) == {("people.it", "does_not_exist")}
    assert asked({"it": vic.pk}) == {("people.it", "invalid")}
    assert asked({"chef": ann.pk}) == {("people.chef", "unknown")}
    assert asked({f"r{each}": 1 for each in range(101)}) == {("people", "max_length")}
    assert not Workflow.objects.exists()
    late = api.post(url, {"project": project.pk, "starts_on": "9999-12-31"}, format="json")
    assert errors(late) == {("starts_on", "invalid")}
    assert not Workflow.objects.exists()


def test_a_template_is_for_the_members_of_its_project(ann, eve, vic, zoe, ben, template, as_):
    url = f"/api/workflow-templates/{template.pk}/"
    for person, read, write in ((eve, 200, 200), (vic, 200, 403), (zoe, 404, 404), (ben, 404, 404)):
        api = as_(person)
        assert api.get(url).status_code == read
        listed = api.get("/api/workflow-templates/?include=count").json()["count"]
        assert listed == (read == 200)
        assert api.patch(url, {"name": "Arrivals"}, format="json").status_code == write
    mine = project_of(zoe)
    body = {"project": mine.pk}
    assert as_(zoe).post(f"{url}start/", body, format="json").status_code == 404
    foreign = as_(ann).post(f"{url}start/", body, format="json")
    assert errors(foreign) == {("project", "does_not_exist")}
    assert (
        as_(vic).post(f"{url}start/", {"project": template.project_id}, format="json").status_code
        == 403
    )
    assert as_(eve).delete(url).status_code == 204


def test_what_admins_share_says_nothing_of_where_it_is_from(ann, ada, zoe, template, as_):
    url = f"/api/workflow-templates/{template.pk}/share/"
    assert as_(ann).post(url).status_code == 403
    copy = as_(ada).post(url).json()

    shown = as_(zoe).get(f"/api/workflow-templates/{copy['id']}/").json()
    assert (shown["project"], shown["tasks"]) == (None, template.tasks)
    history = as_(zoe).get(f"/api/workflow-templates/{copy['id']}/history/").json()["results"]
    assert [(each["action"], each["changes"], each["note"]) for each in history] == [
        ("created", {}, "")
    ]
    body = {"project": project_of(zoe).pk}
    begun = as_(zoe).post(f"/api/workflow-templates/{copy['id']}/start/", body, format="json")
    assert begun.status_code == 201
    refused = as_(zoe).delete(f"/api/workflow-templates/{copy['id']}/")
    assert refused.json()["detail"].endswith("only admins with what is everybody's.")
    for body in ({"name": "Mine", "tasks": []}, {"name": "Mine", "project": template.project_id}):
        answer = as_(zoe).post("/api/workflow-templates/", body, format="json")
        assert answer.status_code in (400, 403)


def test_what_is_retired_is_offered_to_nobody(ann, ada, zoe, project, as_):
    own, everybodys = template_of(ann, project), template_of(ada)
    for each, actor in ((own, ann), (everybodys, ada)):
        perform(each, "retire", actor=actor)

    assert as_(zoe).get(f"/api/workflow-templates/{everybodys.pk}/").status_code == 404
    assert as_(ann).get(f"/api/workflow-templates/{own.pk}/").status_code == 200
    with pytest.raises(ConditionUnmet, match="retired"):
        Start(own, project).made(actor=ann)
    perform(own, "restore", actor=ann)
    assert Start(own, project).made(actor=ann).tasks.count() == 2


def test_it_is_frozen_with_its_project(ann, eve, project, template, as_):
    perform(project, "archive", actor=ann)

    url = f"/api/workflow-templates/{template.pk}/"
    assert as_(eve).get(url).status_code == 404
    assert as_(ann).get("/api/workflow-templates/").json()["results"] == []
    assert len(as_(ann).get("/api/workflow-templates/?archived=true").json()["results"]) == 1
    body = {"project": project_of(ann).pk}
    for answer in (
        as_(ann).patch(url, {"name": "Arrivals"}, format="json"),
        as_(ann).post(f"{url}retire/"),
        as_(ann).post(f"{url}start/", body, format="json"),
        as_(ann).delete(url),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "condition_unmet")


def test_a_tag_that_is_no_more_holds_nothing_up(ann, project, workflow):
    tag = create(TAG(slug="office"), actor=None)
    task(workflow, tags=["office"])
    template = save_as_template(workflow, name="Again", actor=ann)
    change(tag, actor=None, is_active=False)

    made = Start(template, project).made(actor=ann)

    assert made.tasks.get().tags == []
    assert template.tasks[0]["tags"] == ["office"]
    assert share(template, actor=None).tasks[0]["tags"] == []
    assert change(template, actor=ann, name="Once more").name == "Once more"
    with pytest.raises(InvalidInput, match="There is no tag nowhere"):
        change(template, actor=ann, tasks=[{"title": "A", "tags": ["nowhere"]}])


@pytest.mark.once
def test_the_roles_of_a_saved_workflow_are_told_apart(ann, eve, vic, workflow):
    for person in (ann, eve, ann):
        task(workflow, assignee=person)

    def roles(**people):
        saved = save_as_template(workflow, name="Again", actor=ann, people=people)
        return [each["role"] for each in saved.tasks]

    assert roles() == ["person-1", "person-2", "person-1"]
    assert roles(**{"person-1": eve}) == ["person-2", "person-1", "person-2"]
    with pytest.raises(InvalidInput, match="no task there"):
        roles(guest=vic)
    with pytest.raises(InvalidInput, match="named for another role") as refused:
        roles(boss=eve, chef=eve)
    assert [each.field for each in refused.value.errors] == ["people.chef"]


@pytest.mark.once
def test_only_limits_that_leave_room_are_kept(ann, project, workflow):
    for _ in range(3):
        task(workflow)
    perform(workflow.tasks.first(), "start", actor=ann)
    limited = change(workflow, actor=ann, wip_limits={"todo": 2, "in_progress": 1})

    assert save_as_template(limited, name="Again", actor=ann).wip_limits == {"in_progress": 1}
    with pytest.raises(InvalidInput, match="All 2 tasks begin in the column todo"):
        template_of(ann, project, wip_limits={"todo": 1})


@pytest.mark.once
@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ("x", "Give a list of tasks"),
        ([{"title": "A"}] * 101, "At most 100 tasks"),
        (["x"], "Task 1: Give an object"),
        ([{"title": "A", "who": 7}], "Task 1: There is no field who"),
        ([{"title": "A"}, {"title": " "}], "Task 2: title: This field cannot be blank"),
        ([{"title": "x" * 201}], "Task 1: title: Ensure"),
        ([{"title": 5}], "Task 1: title: this is of the wrong type"),
        ([{"title": "A", "priority": "huge"}], "Task 1: priority"),
        ([{"title": "A", "estimate_minutes": True}], "wrong type"),
        ([{"title": "A", "estimate_minutes": 0}], "Task 1: estimate_minutes"),
        ([{"title": "A", "due_after_days": -1}], "from 0 to"),
        ([{"title": "A", "role": "The boss"}], "Task 1: role: write words"),
        ([{"title": "A", "role": "it\n"}], "Task 1: role: write words"),
        ([{"title": "A", "checklist": [5]}], "checklist: give a list of texts"),
        ([{"title": "A", "checklist": [""]}], "Task 1: text: This field cannot be blank"),
        ([{"title": "A", "checklist": ["x"] * 101}], "checklist: at most 100"),
        (
            [{"title": "A", "key": f"k{n}", "description": "x" * 9_999} for n in range(6)],
            "at most 50,000 characters",
        ),
        ([{"title": "A", "tags": ["nowhere"]}], "There is no tag nowhere"),
        ([{"title": "A", "tags": [[]]}], "tags: write words"),
        ([{"title": "A", "depends_on": ["b"]}], "there is no task b"),
        ([{"title": "A", "depends_on": ["1"]}], "in a circle: 1"),
        ([{"title": "A", "depends_on": ["2"]}, {"title": "B", "depends_on": ["1"]}], "circle"),
        ([{"title": "A"}, {"title": "B", "depends_on": ["1", "1"]}], "each only once"),
        ([{"title": "A", "key": "2"}, {"title": "B"}], "Task 2: key: 2 is another task's"),
    ],
)
def test_what_could_not_be_made_is_refused_with_its_place(ada, tasks, said):
    with pytest.raises(InvalidInput, match=said):
        template_of(ada, tasks=tasks)
