"""Requests from a file: all or none, and every bad row named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.demo.people import gather
from core import clock
from requests_app.models import ServiceRequest
from requests_app.tests.making import FORM, a_type

SAMPLE = Path(__file__).parents[1] / "samples" / "requests.csv"
HEADER = "title,type,department,requester,priority,answers\n"


@pytest.fixture
def bring(tmp_path, ann, capsys):
    """`bring(rows)`: import a file with these rows; returns what was said."""
    a_type(1, name="Desk", form=FORM)

    def run(rows, *options, header=HEADER):
        file = tmp_path / "requests.csv"
        file.write_text(header + rows, encoding="utf-8")
        try:
            call_command("import_requests", str(file), *options)
            last = ""
        except CommandError as refused:
            last = str(refused)
        return "".join(capsys.readouterr()) + last

    return run


GOOD = 'A desk,desk,corporate,Ann@flowtrack.example,high,"{""model"": ""small""}"\n'


def test_good_rows_become_requests(bring, ann):
    said = bring(GOOD + GOOD.replace("high", ""))

    assert "2 requests imported" in said
    first, second = ServiceRequest.objects.order_by("pk")
    assert (first.requester, first.department, first.priority) == (ann, ann.department, "high")
    assert (first.answers, first.created_by) == ({"model": "small"}, None)
    assert second.priority == "medium"


def test_answers_that_could_not_be_shown_again_are_refused(bring):
    said = bring(GOOD.replace("small", "\\ud800") + GOOD.replace('""small""', "NaN"))

    assert said.count("not valid JSON") == 2
    assert not ServiceRequest.objects.exists()


def test_one_bad_row_stops_them_all_and_each_is_named(bring, zoe):
    zoe.deactivate()
    zoe.save()
    said = bring(
        GOOD
        + 'A desk,desk,corporate,ann@flowtrack.example,high,"{""model"": ""huge""}"\n'
        + '"Two\nlines",desk,corporate,nobody@flowtrack.example,high,\n'
        + "A desk,table,corporate,ann@flowtrack.example,high,\n"
        + "A desk,desk,corporate,ann@flowtrack.example,soon,[\n"
        + 'A desk,desk,corporate,zoe@flowtrack.example,low,"{""model"": ""small""}"\n'
    )

    assert "line 3: answers.model: Choose one of: small, large." in said
    assert "line 4: requester: There is no user “nobody@flowtrack.example”." in said
    assert "line 6: request_type: There is no request type “table”." in said
    assert "line 7: answers: This is not valid JSON" in said
    assert "line 8: requester: This account is deactivated." in said
    assert "5 of 6 rows are wrong. Nothing was imported." in said
    assert ServiceRequest.objects.count() == 0


def test_a_dry_run_changes_nothing(bring):
    said = bring(GOOD, "--dry-run")

    assert "dry run" in said
    assert ServiceRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        ("title,type\n", "", "the columns department, requester are missing"),
        (HEADER.replace("priority", "colour"), "", "there are no columns colour"),
        (HEADER, '"open\n', "this is not CSV"),
        ("", "", "are missing"),
    ],
)
def test_a_file_of_another_shape_is_refused(bring, header, rows, words):
    assert words in bring(rows, header=header)


def test_a_missing_file_is_said_politely(db):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_requests", "/nowhere/requests.csv")


def test_the_sample_fits_the_demo(db, capsys):
    gather(people=0, since=clock.now())

    call_command("import_requests", str(SAMPLE))

    assert 20 <= ServiceRequest.objects.count() <= 30
    assert ServiceRequest.objects.filter(status="approved").exists()


def test_a_short_row_hides_no_other_mistake(bring):
    said = bring("A desk,desk\n" + GOOD + GOOD.replace("corporate", "nowhere"))

    assert "line 2: 2 cells instead of 6." in said
    assert "line 4: " in said
    assert "2 of 3 rows are wrong" in said
    assert not ServiceRequest.objects.exists()
