"""Bringing files: what is taken, what is refused, and that nothing refused stays."""

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.lifecycle import Rule, anyone, needs
from core.models import Event
from files.models import File
from files.storage import place_of
from files.tests.conftest import PNG
from tests.lamps.models import Lamp


def wrong(answer):
    """What is wrong with which field."""
    return [(each["field"], each["code"]) for each in answer.json()["errors"]]


def test_ann_hangs_a_picture_on_her_lamp(ann, lamp, send, bytes_at):
    answer = send(ann, "Flicker.PNG", PNG, to=f"/api/lamps/{lamp.pk}/files/")

    assert answer.status_code == 201, answer.content
    told, file = answer.json(), File.objects.get()
    assert answer["Location"].endswith(f"/api/files/{file.pk}/")
    assert told["reference"] == f"FILE-{file.pk}"
    assert told["item"] == {"id": lamp.pk, "reference": lamp.reference}
    assert (told["title"], told["content_type"]) == ("Flicker.PNG", "image/png")
    assert (told["size"], told["sha256"]) == (len(PNG), hashlib.sha256(PNG).hexdigest())
    assert (told["status"], told["download"], told["internal"]) == ("received", None, False)
    assert (bytes_at / place_of(file.key)).read_bytes() == PNG
    assert [each.action for each in Event.of(file)] == ["created"]


def test_an_item_is_named_by_its_reference(ann, lamp, send):
    answer = send(ann, "note.txt", b"Hello", item=lamp.reference)

    assert answer.json()["item"]["reference"] == lamp.reference
    assert send(ann, "note.txt", b"Hello").json()["item"] is None


def test_a_small_one_may_come_as_json(ann, lamp, as_, stored):
    body = {"file": {"name": "a.txt", "content": base64.b64encode(b"Hello").decode()}}

    answer = as_(ann).post(f"/api/lamps/{lamp.pk}/files/", body)

    assert (answer.status_code, answer.json()["size"], stored()) == (201, 5, 1)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("Hello", "invalid"),
        ({"name": "a.txt"}, "invalid"),
        ({"name": "a.txt", "content": 5}, "invalid"),
        ({"name": "a.txt", "content": "§"}, "base64"),
        ({"name": "a.txt", "content": ""}, "empty"),
        ({"name": "a.exe", "content": "SGVsbG8="}, "type_not_taken"),
        (None, "null"),
    ],
)
@pytest.mark.once
def test_wrong_json_is_named(ann, as_, stored, file, code):
    answer = as_(ann).post("/api/files/", {"file": file})

    assert (answer.status_code, wrong(answer), stored()) == (400, [("file", code)], 0)


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("setup.exe", b"MZ\x90\x00" + bytes(200), "type_not_taken"),
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>", "type_not_taken"),
        ("image.svg", b"<svg onload=alert(1)>", "type_not_taken"),
        ("nothing", b"Hello", "type_not_taken"),
        ("photo.png", b"MZ\x90\x00" + bytes(200), "type_differs"),
        ("photo.png", b"Hello", "type_differs"),
        ("note.txt", b"<html><body onload=alert(1)>", "type_differs"),
        ("note.txt", b"MZ\x90\x00" + bytes(200), "type_differs"),
        ("list.csv", b"\x7fELF\x02\x01\x01" + bytes(200), "type_differs"),
        ("report.docx", b"PK\x03\x04\x14\x00\x00\x00\x00\x00" + bytes(60), "type_differs"),
        ("tool.pdf", b"#!/bin/sh\nrm -rf /\n", "type_differs"),
        ("empty.txt", b"", "empty"),
        ("photo\u202egnp.exe", PNG, "type_not_taken"),
        ("photo.png\x00.exe", PNG, "type_not_taken"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_forgotten(ann, send, stored, name, content, code):
    answer = send(ann, name, content)

    assert (answer.status_code, wrong(answer)) == (400, [("file", code)])
    assert (stored(), File.objects.count()) == (0, 0)


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ann\\note.txt", "note.txt"),
        ("..\\..\\.txt", "file.txt"),
        ("re\u202etxt.txt", "retxt.txt"),
        ("  two   words .txt", "two words.txt"),
        ("a\u0000b\u200b\u2028c.txt", "abc.txt"),
        ("x" * 500 + ".txt", "x" * 146 + ".txt"),
        ('<b>"hi"</b>.txt', "b_.txt"),
        ("Überschrift 🙂.txt", "Überschrift 🙂.txt"),
    ],
)
def test_a_name_is_only_a_label(ann, send, name, label, bytes_at):
    answer = send(ann, name, b"Hello")

    assert (answer.status_code, answer.json()["title"]) == (201, label)
    assert all(each.name.count("-") == 4 for each in bytes_at.rglob("*") if each.is_file())


def test_a_file_that_is_too_large_is_refused_whatever_it_says(ann, send, settings, stored):
    settings.FILE_LIMIT = 100_000

    by_its_length = send(ann, "note.txt", b"x" * 200_000)
    by_count = send(ann, "note.txt", b"x" * 100_001)

    assert [each.status_code for each in (by_its_length, by_count)] == [413, 413]
    assert by_count.json()["code"] == "file_too_large"
    assert by_count.json()["detail"] == "A file has at most 98 KB."
    assert (stored(), send(ann, "note.txt", b"x" * 100_000).status_code) == (0, 201)


def test_a_quota_is_for_all_files_of_a_person(ann, zoe, send, settings, stored):
    settings.FILE_QUOTA = 1_000

    first = send(ann, "a.txt", b"x" * 600)
    second = send(ann, "b.txt", b"x" * 401)

    assert [first.status_code, second.status_code] == [201, 409]
    assert second.json()["code"] == "quota_exceeded"
    assert (stored(), send(zoe, "c.txt", b"x" * 600).status_code) == (1, 201)
    assert send(ann, "b.txt", b"x" * 400).status_code == 201
    assert send(ann, "d.txt", b"x").status_code == 409


def test_what_is_taken_away_makes_room(as_, ann, send, settings):
    settings.FILE_QUOTA = 1_000
    first = send(ann, "a.txt", b"x" * 600).json()

    gone = as_(ann).delete(f"/api/files/{first['id']}/")

    assert gone.status_code == 204
    assert send(ann, "b.txt", b"x" * 1_000).status_code == 201


def test_a_stranger_hangs_nothing_there(zoe, lamp, send, stored):
    below = send(zoe, "a.txt", b"Hello", to=f"/api/lamps/{lamp.pk}/files/")
    named = send(zoe, "a.txt", b"Hello", item=lamp.reference)
    absent = send(zoe, "a.txt", b"Hello", item="LMP-99999")

    assert below.status_code == 404
    assert (named.status_code, wrong(named)) == (400, [("item", "does_not_exist")])
    assert named.json()["errors"] == absent.json()["errors"]
    assert stored() == 0


def test_where_nobody_writes_nobody_uploads(ann, send, stored, monkeypatch, lamp):
    closed = needs("It is archived.", lambda lamp: False)
    monkeypatch.setattr(Lamp, "discussable", Rule(anyone, [closed]))

    answer = send(ann, "a.txt", b"Hello", to=f"/api/lamps/{lamp.pk}/files/")
    named = send(ann, "a.txt", b"Hello", item=lamp.reference)

    assert [answer.status_code, named.status_code] == [409, 409]
    assert answer.json()["detail"] == "It is archived."
    assert stored() == 0


def test_only_agents_hang_internal_files(ann, ben, lamp, send, stored):
    there = f"/api/lamps/{lamp.pk}/files/"

    assert send(ann, "a.txt", b"Psst", to=there, internal="true").status_code == 403
    assert send(ben, "a.txt", b"Psst", to=there, internal="true").json()["internal"] is True
    alone = send(ben, "a.txt", b"Psst", internal="true")
    assert (alone.status_code, wrong(alone)) == (400, [("internal", "invalid")])
    assert stored() == 1


def test_a_repeated_upload_happens_once(as_, ann, lamp, stored):
    def again(content, **more):
        body = {"file": SimpleUploadedFile("a.txt", content), **more}
        return as_(ann).post(
            "/api/files/", body, format="multipart", headers={"Idempotency-Key": "k"}
        )

    first, second, other = again(b"Hello"), again(b"Hello"), again(b"Help!")

    assert (first.status_code, second.content) == (201, first.content)
    assert second["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (stored(), File.objects.count()) == (1, 1)


def test_equal_bytes_are_stored_for_each(ann, zoe, send, stored):
    mine, hers = send(ann, "a.txt", b"Hello"), send(zoe, "b.txt", b"Hello")

    assert (mine.status_code, hers.status_code, stored()) == (201, 201, 2)
