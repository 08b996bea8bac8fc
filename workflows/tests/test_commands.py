"""What is done from the command line: handing over, putting away, bringing in."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.lifecycle import perform
from core.models import Event
from workflows.models import Project, Task
from workflows.tests.making import board, project_of, task

LONG_AGO = timedelta(days=200)


def fresh(project):
    return Project.objects.get(pk=project.pk)


def test_projects_are_handed_over(ann, zoe, project, capsys):
    archived = perform(project_of(ann), "archive", actor=ann)

    call_command("transfer_projects", "--from", ann.email, "--to", zoe.email)
    assert (fresh(project).owner, fresh(archived).owner) == (zoe, ann)
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
