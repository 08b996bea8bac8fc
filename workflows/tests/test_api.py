"""Projects over HTTP: what one sees, asks for, moves and puts away."""

from datetime import timedelta

import pytest

from core import clock
from workflows.tests.making import board, done, plan, project_of, started, task

ALL = ("/api/projects/", "/api/workflows/", "/api/tasks/")


def names(answer):
    assert answer.status_code == 200, answer.content
    return [row.get("title") or row.get("name") for row in answer.json()["results"]]


def test_a_project_is_begun_and_filled(ann, as_):
    api = as_(ann)
    project = api.post("/api/projects/", {"name": "New office"}, format="json").json()
    assert (project["role"], project["owner"]["name"]) == ("owner", "Ann")

    workflow = api.post(f"/api/projects/{project['reference']}/workflows/", {"name": "Move"})
    assert workflow.status_code == 201
    assert workflow.json()["project"] == {
        "id": project["id"],
        "reference": project["reference"],
        "title": "New office",
    }
    body = {"title": "Pack", "assignee": ann.pk, "due_on": "2031-03-01"}
    made = api.post(f"/api/workflows/{workflow.json()['id']}/tasks/", body, format="json").json()
    assert made["project"]["title"] == "New office"
    assert names(api.get("/api/tasks/?mine=true")) == ["Pack"]


def test_members_give_each_other_tasks_and_nobody_else(ann, eve, zoe, workflow, as_):
    url = f"/api/workflows/{workflow}/tasks/"

    given = as_(eve).post(url, {"title": "Pack", "assignee": ann.pk}, format="json")
    assert given.json()["assignee"] == {"id": ann.pk, "name": "Ann"}
    for stranger in (zoe.pk, 10**9):
        refused = as_(eve).post(url, {"title": "Pack", "assignee": stranger}, format="json")
        (error,) = refused.json()["errors"]
        assert (error["field"], error["code"]) == ("assignee", "does_not_exist")


def test_strangers_find_nothing_anywhere(ann, zoe, ben, project, workflow, as_):
    item = task(workflow, title="Secret")
    assert names(as_(ann).get("/api/tasks/?search=secret")) == ["Secret"]

    for person in (zoe, ben):
        api = as_(person)
        for url in ALL:
            assert api.get(f"{url}?include=count").json()["count"] == 0
        for query in (f"project={project.pk}", f"workflow={workflow}", "search=secret"):
            assert names(api.get(f"/api/tasks/?{query}")) == []
        for below in ("", "history/", "comments/", "dependencies/", "checklist/", "transitions/"):
            hidden = api.get(f"/api/tasks/{item}/{below}", headers={"X-Request-ID": "same"})
            absent = api.get(f"/api/tasks/987654321/{below}", headers={"X-Request-ID": "same"})
            assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_stranger_makes_nothing_in_somebodys_project(ann, zoe, ben, project, workflow, as_):
    for person in (zoe, ben):
        api = as_(person)
        for url, body in (
            ("/api/workflows/", {"name": "Mine", "project": project.pk}),
            ("/api/tasks/", {"title": "Mine", "workflow": workflow.pk}),
        ):
            name = "project" if "project" in body else "workflow"
            hidden = api.post(url, body, format="json", headers={"X-Request-ID": "same"})
            body[name] = 987654321
            absent = api.post(url, body, format="json", headers={"X-Request-ID": "same"})
            assert (hidden.status_code, hidden.content) == (400, absent.content)
        for below in ("members", "invitations", "workflows"):
            assert api.post(f"/api/projects/{project}/{below}/", {}).status_code == 404


def test_what_is_put_away_is_left_out_until_it_is_asked_for(ann, eve, ada, project, workflow, as_):
    task(workflow)
    assert as_(eve).delete(f"/api/projects/{project}/").status_code == 403
    assert as_(ann).delete(f"/api/projects/{project}/").status_code == 204

    for person, found in ((ann, 1), (ada, 1), (eve, 0)):
        api = as_(person)
        for url in ALL:
            assert len(names(api.get(url))) == 0
            assert len(names(api.get(f"{url}?archived=false"))) == 0
            assert len(names(api.get(f"{url}?archived=true"))) == found
            assert b"".join(api.get(f"{url}export/")).count(b"\n") == 1
        assert len(names(api.get("/api/projects/?status=archived"))) == found
        assert len(names(api.get("/api/projects/?status=active"))) == 0


def test_whoever_put_it_away_brings_it_back(ann, eve, project, workflow, as_):
    as_(ann).delete(f"/api/projects/{project}/")
    assert as_(eve).get(f"/api/projects/{project}/").status_code == 404
    refused = as_(ann).patch(f"/api/workflows/{workflow}/", {"name": "New"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "condition_unmet")

    restored = as_(ann).post(f"/api/projects/{project}/restore/")
    assert restored.json()["status"] == "active"
    assert as_(eve).get(f"/api/projects/{project}/").status_code == 200


def test_a_task_is_moved_with_one_row_written(ann, project, workflow, as_):
    one, two, three = (task(workflow, title=title) for title in ("one", "two", "three"))
    api, url = as_(ann), f"/api/tasks/{three}/move/"

    assert api.post(url, {"after": str(one)}).status_code == 200
    in_order = names(api.get(f"/api/workflows/{workflow}/tasks/"))
    assert in_order == ["one", "three", "two"]
    tags = [api.get(f"/api/tasks/{each}/")["ETag"] for each in (one, two, three)]
    assert tags == [f'"{one.pk}-1"', f'"{two.pk}-1"', f'"{three.pk}-2"']
    other = board(project)
    assert api.post(url, {"workflow": str(other)}).json()["workflow"]["id"] == other.pk
    assert api.post(url, {}).status_code == 400
    assert api.post(url, {"after": two.pk}, headers={"If-Match": tags[2]}).status_code == 412


def test_nobody_moves_anything_to_what_they_do_not_see(ann, zoe, workflow, as_):
    item, foreign = task(workflow), task(board(project_of(zoe)))

    for name, hidden in (("after", foreign), ("before", foreign), ("workflow", foreign.workflow)):
        answers = [
            as_(ann).post(f"/api/tasks/{item}/move/", {name: key}, headers={"X-Request-ID": "same"})
            for key in (hidden.pk, 987654321)
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content


def test_workflows_are_put_in_order(ann, project, as_):
    one, two = board(project, name="one"), board(project, name="two")

    assert as_(ann).post(f"/api/workflows/{two}/move/", {"before": str(one)}).status_code == 200
    assert names(as_(ann).get(f"/api/projects/{project}/workflows/")) == ["two", "one"]


def test_a_board_has_columns_with_limits(vic, project, as_, django_assert_num_queries):
    workflow = board(project, wip_limits={"in_progress": 2})
    for title in ("one", "two", "three"):
        task(workflow, title=title)
    started(workflow.tasks.first())
    api = as_(vic)

    with django_assert_num_queries(3):  # who asks, the workflow, its tasks
        columns = api.get(f"/api/workflows/{workflow}/board/").json()["columns"]

    told = [(each["status"], each["limit"], each["count"]) for each in columns]
    assert told == [
        ("todo", None, 2),
        ("in_progress", 2, 1),
        ("blocked", None, 0),
        ("done", None, 0),
        ("cancelled", None, 0),
    ]
    assert [each["title"] for each in columns[0]["tasks"]] == ["two", "three"]


def test_a_board_shows_the_first_of_many(ann, workflow, as_, monkeypatch):
    monkeypatch.setattr("workflows.boards.MOST_SHOWN", 2)
    for title in ("one", "two", "three"):
        task(workflow, title=title)

    column = as_(ann).get(f"/api/workflows/{workflow}/board/").json()["columns"][0]
    assert (column["count"], [each["title"] for each in column["tasks"]]) == (3, ["one", "two"])


def test_the_plan_tells_the_critical_path(vic, project, workflow, as_, django_assert_num_queries):
    pack = task(workflow, title="Pack", estimate_minutes=60)
    carry = task(workflow, title="Carry", estimate_minutes=120)
    clean = task(workflow, title="Clean", estimate_minutes=30)
    paint = task(workflow, title="Paint")
    plan(carry, after=pack)
    plan(clean, after=pack)
    plan(paint, after=done(task(workflow, estimate_minutes=500)))
    api = as_(vic)

    with django_assert_num_queries(3):  # who asks, the project, its tasks
        told = api.get(f"/api/projects/{project}/plan/").json()

    assert (told["minutes"], told["unestimated"]) == (180, 1)
    assert told["critical_path"] == [str(pack), str(carry)]
    tasks = {each["title"]: each for each in told["tasks"]}
    assert tasks["Clean"]["slack_minutes"] == 90
    assert [each["reference"] for each in tasks["Carry"]["blocked_by"]] == [str(pack)]
    assert tasks["Paint"]["blocked_by"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=in_progress", ["two"]),
        ("assignee=me", ["one"]),
        ("mine=true", ["one"]),
        ("mine=false", ["two", "three"]),
        ("assignee=none", ["two", "three"]),
        ("blocked=true", ["three"]),
        ("blocked=false", ["one", "two"]),
        ("overdue=true", ["one"]),
        ("due_before=2031-03-01", ["one"]),
        ("due_after=2031-02-28", ["two"]),
        ("due_after=2031-03-01", []),
        ("search=thr", ["three"]),
        ("priority=urgent", ["three"]),
        ("ordering=-position", ["three", "two", "one"]),
        ("ordering=due_on", ["one", "two", "three"]),
    ],
)
def test_tasks_are_found_by_what_they_are(ann, workflow, as_, query, found):
    one = task(workflow, title="one", assignee=ann, due_on=clock.today() - timedelta(days=1))
    started(task(workflow, title="two", due_on="2031-03-01"))
    plan(task(workflow, title="three", priority="urgent"), after=one)

    query = query if "ordering" in query else f"{query}&ordering=id"
    assert names(as_(ann).get(f"/api/tasks/?{query}")) == found


@pytest.mark.parametrize("query", ["due_before=soon", "due_after=2031-02-30", "blocked=maybe"])
def test_what_is_no_day_and_no_answer_is_refused(ann, as_, query):
    assert as_(ann).get(f"/api/tasks/?{query}").status_code == 400


def test_people_leave_and_are_sent_away(ann, eve, vic, project, as_):
    keys = {member.person: member.pk for member in project.members.all()}

    assert as_(eve).delete(f"/api/members/{keys[vic]}/").status_code == 403
    assert as_(eve).delete(f"/api/members/{keys[eve]}/").status_code == 204
    assert as_(eve).get(f"/api/projects/{project}/").status_code == 404
    refused = as_(ann).delete(f"/api/members/{keys[ann]}/")
    assert (refused.status_code, refused.json()["detail"]) == (409, "Hand the project over first.")


def test_nobody_makes_themselves_an_owner(ann, eve, project, as_):
    key = project.members.get(person=eve).pk

    assert as_(eve).patch(f"/api/members/{key}/", {"role": "owner"}).status_code == 403
    assert as_(ann).patch(f"/api/members/{key}/", {"role": "owner"}).status_code == 200


def test_invitations_are_for_owners_eyes(ann, eve, project, as_):
    url = f"/api/projects/{project}/invitations/"
    body = {"email": "Carl@Example.org", "role": "editor"}

    assert as_(eve).post(url, body).status_code == 403
    made = as_(ann).post(url, body)
    assert (made.status_code, made.json()["email"]) == (201, "carl@example.org")
    assert as_(ann).post(url, body).status_code == 400
    assert as_(eve).get(url).json()["results"] == []
    own = f"/api/invitations/{made.json()['id']}/"
    assert as_(eve).get(own).status_code == 404
    assert as_(ann).post(f"{own}withdraw/").json()["status"] == "withdrawn"
    assert as_(ann).post(url, body).status_code == 201


def test_a_change_of_hands(ann, eve, project, as_):
    answer = as_(ann).post(f"/api/projects/{project}/transfer/", {"owner": eve.pk})

    assert answer.json()["owner"]["id"] == eve.pk
    assert as_(eve).get("/api/projects/?owner=me").json()["results"][0]["role"] == "owner"
