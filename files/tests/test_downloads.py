"""Getting files: only what was released, only those who may, and never so that a browser runs it."""

import pytest

from core.lifecycle import create, perform
from core.models import Event
from files.models import File
from files.storage import place_of
from files.tests.conftest import PNG
from tests.lamps.models import Lamp


def path_of(file):
    return f"/api/files/{file.pk}/download/"


def test_whoever_sees_the_item_gets_the_file(as_, ann, ben, lamp, available):
    file = available(ben, lamp, name="Flicker.png", content=PNG)

    answer = as_(ann).get(path_of(file))

    assert (answer.status_code, b"".join(answer)) == (200, PNG)
    assert answer["Content-Disposition"] == 'attachment; filename="Flicker.png"'
    assert (answer["Content-Type"], answer["Content-Length"]) == ("image/png", str(len(PNG)))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_each_download_is_in_the_history(as_, ann, ben, lamp, available):
    file = available(ben, lamp)
    client = as_(ann)

    assert client.head(path_of(file)).status_code == 405
    for _ in range(2):
        client.get(path_of(file))

    downloads = Event.of(file).filter(action="downloaded")
    assert [event.actor for event in downloads] == [ann, ann]


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"Hello", "text/plain; charset=utf-8"),
        ("a.csv", b"a,b", "text/csv"),
        ("a.json", b'{"a": 1}', "application/octet-stream"),
        ("a.eml", b"From: ann\n\nHello", "application/octet-stream"),
        ("Größe “x”.txt", b"Hello", "text/plain; charset=utf-8"),
    ],
)
def test_browsers_are_told_a_safe_type(as_, ann, available, name, content, told):
    answer = as_(ann).get(path_of(available(ann, name=name, content=content)))

    assert answer["Content-Type"] == told
    assert answer["Content-Disposition"].startswith("attachment; filename")


@pytest.mark.once
@pytest.mark.parametrize("accept", ["*/*", "application/octet-stream", "text/html,*/*;q=0.8"])
def test_whoever_takes_anything_gets_it(as_, ann, available, accept):
    answer = as_(ann).get(path_of(available(ann)), HTTP_ACCEPT=accept)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")


def test_nobody_gets_what_is_not_released(as_, ann, lamp, bring):
    file = bring(ann, lamp)
    client, path = as_(ann), path_of(file)
    answers = [client.get(path)]

    file = perform(file, "scan", actor=None)
    answers.append(client.get(path))
    file = perform(file, "quarantine", actor=None, finding="Eicar-Test-Signature")
    answers.append(client.get(path))
    file = perform(file, "discard", actor=ann)
    answers.append(client.get(path))

    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (409, "not_available")
    ] * 4
    assert not Event.of(file).filter(action="downloaded").exists()


def test_a_stranger_finds_nothing(as_, zoe, ann, lamp, available):
    hung, own = available(ann, lamp), available(ann)

    for file in (hung, own):
        for path in (path_of(file), f"/api/files/{file.pk}/", f"/api/files/{file.pk}/history/"):
            assert as_(zoe).get(path).status_code == 404
        assert as_(zoe).delete(f"/api/files/{file.pk}/").status_code == 404
    assert as_(zoe).get(f"/api/lamps/{lamp.pk}/files/").status_code == 404
    assert as_(zoe).get("/api/files/?include=count").json()["count"] == 0


def test_what_is_among_agents_does_not_exist_for_others(as_, ann, ben, lamp, available):
    file = available(ben, lamp, internal=True)

    assert as_(ann).get(path_of(file)).status_code == 404
    assert as_(ann).get(f"/api/lamps/{lamp.pk}/files/?include=count").json()["count"] == 0
    assert as_(ben).get(path_of(file)).status_code == 200


def test_what_somebody_keeps_is_theirs_and_the_admins(as_, ann, ben, ada, available):
    file = available(ann)

    assert [as_(each).get(path_of(file)).status_code for each in (ann, ben, ada)] == [200, 404, 200]


def test_where_agents_stay_among_themselves_so_do_their_files(ann, ben, bring, monkeypatch, lamp):
    monkeypatch.setattr(Lamp, "comments_start_internal", True)

    assert (bring(ben, lamp).is_internal, bring(ann, lamp).is_internal) == (True, False)


def test_whoever_uploaded_it_or_an_agent_takes_it_away(as_, ann, ben, zoe, available):
    lamp = create(Lamp(title="Lamp of the shelf"), actor=ben)
    file = available(ben, lamp)

    gone = as_(ben).delete(f"/api/files/{file.pk}/")

    assert gone.status_code == 204
    assert as_(ben).get("/api/files/").json()["results"] == []
    left = as_(ben).get("/api/files/?status=deleted").json()["results"]
    assert [(each["id"], each["download"]) for each in left] == [(file.pk, None)]


def test_a_requester_takes_only_their_own_away(as_, ann, ben, lamp, available):
    theirs, own = available(ben, lamp), available(ann, lamp)

    assert as_(ann).delete(f"/api/files/{theirs.pk}/").status_code == 403
    assert as_(ann).delete(f"/api/files/{own.pk}/").status_code == 204
    perform(theirs, "discard", actor=ben)
    assert as_(ann).get(f"/api/files/{theirs.pk}/").status_code == 404


def test_lost_bytes_are_no_crash(as_, ann, available, bytes_at):
    file = available(ann)
    (bytes_at / place_of(file.key)).unlink()

    answer = as_(ann).get(path_of(file))

    assert (answer.status_code, answer.json()["code"]) == (409, "bytes_missing")


@pytest.mark.once
def test_files_are_narrowed(as_, ann, ben, lamp, available):
    note, picture = available(ann, lamp), available(ben, lamp, name="a.png", content=PNG)
    own = available(ann, name="own.txt", content=b"x" * 500)
    client = as_(ann)

    def found(query):
        return {each["id"] for each in client.get(f"/api/files/?{query}").json()["results"]}

    assert found("") == {note.pk, picture.pk, own.pk}
    assert found("item=none") == {own.pk}
    assert found(f"item={lamp.reference}") == {note.pk, picture.pk}
    assert found("type=image/png") == {picture.pk}
    assert found("created_by=me&size_min=500") == {own.pk}
    assert found("size_max=499&status=available&search=note") == {note.pk}
    assert client.get("/api/files/?size_min=x").status_code == 400
    assert client.get("/api/files/?type=text/html").status_code == 400
    assert File.objects.count() == 3
