"""What people can ask for, and the forms of it."""

import pytest

from core.errors import InvalidInput, NotPermitted
from core.lifecycle import create
from requests_app.form_schemas import objection, violations
from requests_app.models import Category, RequestType
from requests_app.tests.making import FORM, a_type


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ([], "type"),
        ({"type": "array"}, "type"),
        ({"type": "object", "properties": []}, "no JSON Schema"),
        (
            {"type": "object", "properties": {"a": {"$ref": "https://evil.example/"}}},
            "write it out",
        ),
        ({"type": "object", "properties": {"a": {"$ref": "#"}}}, "write it out"),
        ({"type": "object", "properties": {"a": {"pattern": "("}}}, "regex"),
        ({"type": "object", "patternProperties": {"^a": {}}}, "write it out"),
        ({"type": "object", "description": "x" * 20_001}, "at most"),
    ],
)
def test_a_form_has_to_be_a_form(form, word):
    assert word in objection(form)


def test_a_question_may_be_called_pattern():
    assert objection({"type": "object", "properties": {"pattern": {"type": "string"}}}) is None


def test_every_problem_is_named_by_its_path():
    form = {
        "type": "object",
        "properties": {"rooms": {"type": "array", "items": {"type": "object", "required": ["no"]}}},
    }

    assert violations(form, {"rooms": [{"no": 1}, {}]}) == {
        "answers.rooms.1.no": ["This field is required."]
    }
    assert violations(form, []) == {"answers": ["This has to be of type object."]}
    assert violations(FORM, {"model": "small"}) == {}


def test_only_admins_write_the_catalogue(ada, ben):
    with pytest.raises(NotPermitted):
        create(Category(name="Travel"), actor=ben)

    assert create(Category(name="Travel"), actor=ada).slug == "travel"


def test_a_type_with_a_bad_form_is_refused(ada):
    kind = RequestType(name="Odd", category=a_type().category, form={"type": "string"})

    with pytest.raises(InvalidInput, match="form"):
        create(kind, actor=ada)


def test_a_new_installation_has_a_catalogue(db):
    assert RequestType.objects.count() >= 10
    assert [
        objection(each.form) for each in RequestType.objects.all() if objection(each.form)
    ] == []
    assert set(RequestType.objects.values_list("approvals_needed", flat=True)) >= {0, 1, 2}


def test_everybody_reads_the_catalogue_and_only_admins_see_what_is_off(as_, ann, ada):
    a_type(1, name="Fax line", is_active=False)

    def fax(person):
        return as_(person).get("/api/catalog/", {"search": "fax"}).json()["results"]

    assert fax(ann) == []
    [shown] = fax(ada)
    assert (shown["category"]["name"], shown["is_active"]) == ("Testing", False)


def test_admins_edit_the_catalogue_over_the_api(as_, ann, ada):
    shelf = as_(ann).get("/api/categories/").json()["results"][0]
    body = {"name": "Standing desk", "category": shelf["id"], "form": FORM}

    assert as_(ann).post("/api/catalog/", body, format="json").status_code == 403
    created = as_(ada).post("/api/catalog/", body, format="json")
    assert created.status_code == 201, created.content
    changed = as_(ada).patch(created["Location"], {"approvals_needed": 11}, format="json")
    assert changed.status_code == 400
    assert changed.json()["errors"][0]["field"] == "approvals_needed"
