"""What is done from the command line: handing over, putting away, bringing in."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.lifecycle import create, perform
from core.models import Event
from discussion.models import Comment
from workflows.examination import somebody_answers
from workflows.idle import put_away
from workflows.models import ChecklistStep, Dependency, Invitation, Project, Task
from workflows.tests.making import board, project_of, task, told

LONG_AGO = timedelta(days=200)


def fresh(project):
    return Project.objects.get(pk=project.pk)


def test_projects_are_handed_over(ann, zoe, project, capsys):
    archived = perform(project_of(ann), "archive", actor=ann)

    call_command("transfer_projects", "--from", ann.email, "--to", zoe.email)
    assert (fresh(project).owner, fresh(archived).owner) == (zoe, zoe)
    assert fresh(archived).status == "archived"
    assert told(archived)[-3:] == ["restore", "transfer", "archive"]
    assert fresh(project).members.get(person=ann).role == "owner"
    assert Event.of(project).last().actor is None
    call_command("transfer_projects", "--from", ann.email, "--to", zoe.email)
    assert capsys.readouterr().out.splitlines()[-1] == "0 projects."


def test_a_dry_run_hands_nothing_over(ann, zoe, project, capsys):
    call_command("transfer_projects", "--from", ann.email, "--to", zoe.email, "--dry-run")

    assert f"{project}: would go to Zoe" in capsys.readouterr().out
    assert fresh(project).owner == ann


def test_nothing_is_handed_to_whoever_has_left(ann, ada, zoe, project):
    perform(zoe, "deactivate", actor=ada)

    with pytest.raises(CommandError, match="deactivated"):
        call_command("transfer_projects", "--from", ann.email, "--to", zoe.email)
    with pytest.raises(CommandError, match="already"):
        call_command("transfer_projects", "--from", ann.email, "--to", ann.email)


def test_the_doctor_finds_projects_for_which_nobody_answers(ann, ada, zoe, project):
    assert list(somebody_answers()) == []

    perform(ann, "deactivate", actor=ada)
    perform(project_of(zoe), "archive", actor=zoe)
    perform(zoe, "deactivate", actor=ada)

    found = [(finding.what, finding.remedy) for finding in somebody_answers()]
    assert [what.partition(" ")[0] for what, _ in found] == [ann.email, zoe.email]
    assert f"transfer_projects --from {ann.email}" in found[0][1]


def test_what_is_idle_is_put_away(ann, capsys):
    with clock.at(clock.now() - LONG_AGO):
        idle, touched = project_of(ann), project_of(ann)
        workflow = board(touched)
    task(workflow)

    call_command("archive_projects", "--idle", "180d", "--dry-run")
    assert fresh(idle).status == "active"
    call_command("archive_projects", "--idle", "180d")
    assert (fresh(idle).status, fresh(touched).status) == ("archived", "active")
    call_command("archive_projects", "--idle", "180d")
    assert capsys.readouterr().out.splitlines()[-1] == "0 projects archived."


@pytest.mark.parametrize(
    "touched",
    [
        lambda ann, t: create(ChecklistStep(task=t, text="Tape"), actor=ann),
        lambda ann, t: create(Dependency(task=t, depends_on=task(t.workflow)), actor=ann),
        lambda ann, t: create(Invitation(project=t.project, email="q@example.org"), actor=ann),
        lambda ann, t: create(Comment(body="Soon.").attach_to(t), actor=ann),
        lambda ann, t: create(Comment(body="Soon.").attach_to(t.workflow), actor=ann),
        lambda ann, t: create(Comment(body="Soon.").attach_to(t.project), actor=ann),
    ],
    ids=["step", "dependency", "invitation", "on a task", "on a workflow", "on the project"],
)
def test_where_something_happens_nothing_is_idle(ann, zoe, touched):
    now = clock.now()
    with clock.at(now - LONG_AGO):
        item = task(board(project_of(ann)))
        other = task(board(project_of(ann)))
    idle = Project.objects.all().idle_since(now - LONG_AGO / 2).order_by("pk")
    assert list(idle) == [item.project, other.project]

    touched(ann, item)

    assert list(idle.all()) == [other.project]
    # It was idle when it was looked for, and is not any more when it is held.
    assert put_away(item.project, idle_since=now - LONG_AGO / 2, note="") is None
    assert fresh(item.project).status == "active"


def test_tasks_are_brought_in(eve, workflow, tmp_path, capsys):
    file = tmp_path / "tasks.csv"
    file.write_text(
        "workflow,title,assignee,due_on,estimate_minutes,priority\n"
        f"{workflow},Pack,{eve.email},2031-03-01,90,high\n"
        f"{workflow},Carry,,,,\n"
    )

    call_command("import_tasks", str(file), "--dry-run")
    assert not workflow.tasks.exists()
    call_command("import_tasks", str(file))
    pack, carry = workflow.tasks.order_by("position")
    assert (pack.title, pack.assignee, pack.estimate_minutes, pack.priority) == (
        "Pack",
        eve,
        90,
        "high",
    )
    assert (carry.title, carry.assignee, carry.due_on, carry.priority) == (
        "Carry",
        None,
        None,
        "medium",
    )
    assert capsys.readouterr().out.splitlines()[-1] == "2 tasks imported."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("WF-987654321,Pack,,", "There is no workflow"),
        ("{workflow},,,", "title"),
        ("{workflow},Pack,zoe@flowtrack.example,", "Only an editor or owner"),
        ("{workflow},Pack,,lost", "priority"),
    ],
)
def test_a_wrong_row_stops_them_all(zoe, workflow, tmp_path, capsys, row, said):
    file = tmp_path / "tasks.csv"
    good = f"{workflow},Carry,,high"
    file.write_text(
        "\n".join(["workflow,title,assignee,priority", good, row.format(workflow=workflow)])
    )

    with pytest.raises(CommandError, match="1 of 2 rows are wrong"):
        call_command("import_tasks", str(file))
    assert said in capsys.readouterr().err
    assert not Task.objects.exists()
