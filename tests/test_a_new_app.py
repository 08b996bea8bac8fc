"""A new lifecycle costs its declarations: the bells have every surface in fewer than sixty lines."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from conftest import PASSWORD
from core.lifecycle import create
from core.lifecycle.document import render
from core.models import Event
from tests.bells.models import Bell

APP = Path(__file__).parent / "bells"


@pytest.fixture
def bell(ann):
    return create(Bell(title="Door bell"), actor=ann)


def test_it_is_small():
    files = [APP / "models.py", APP / "surfaces.py"]

    assert sum(len(file.read_text().splitlines()) for file in files) < 60


def test_it_has_an_api(bell, ann, ben, as_):
    url = f"/api/bells/{bell}/"

    options = as_(ann).get(f"{url}transitions/").json()
    assert [(each["name"], each["reason"]) for each in options] == [
        ("ring", "Only agents do this.")
    ]
    assert as_(ann).post(f"{url}ring/").status_code == 403
    assert as_(ben).post(f"{url}ring/").json()["status"] == "rung"
    bulk = as_(ben).post("/api/bells/transitions/", {"transition": "ring", "ids": [bell.pk]})
    assert [each["status"] for each in bulk.json()["results"]] == [409]
    told = as_(ann).get(f"{url}history/").json()["results"]
    assert [each["action"] for each in told] == ["ring", "created"]


def test_it_has_an_admin(bell, ben):
    desk = Client()
    desk.post("/sign-in/", {"email": ben.email, "password": PASSWORD})

    page = desk.get(f"/admin/bells/bell/{bell.pk}/change/").content.decode()
    assert "Make a sound." in page
    desk.post(f"/admin/bells/bell/{bell.pk}/transition/ring/", {"note": ""})
    assert Event.of(bell).last().actor == ben


def test_it_has_a_command_and_a_diagram(bell, capsys):
    call_command("move", str(bell), "ring")

    assert f"{bell}: ring, silent → rung" in capsys.readouterr().out
    assert "silent --> rung: ring" in render([Bell])
