"""Tickets from a file: all or none, and every bad row named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.demo.people import gather
from core import clock
from core.lifecycle import create
from core.models import Event
from tickets.demo.setting import CATEGORIES, furnish
from tickets.models import Tag, Ticket

SAMPLE = Path(__file__).parents[1] / "samples" / "tickets.csv"
HEADER = "title,requester,category,tags\n"
GOOD = "Wifi drops,Ann@flowtrack.example,Hardware,WIFI  network\n"


@pytest.fixture
def bring(tmp_path, ann, ada, capsys):
    """`bring(rows)`: import a file with these rows; returns what was said."""
    CATEGORIES.objects.get_or_create(slug="hardware", defaults={"name": "Hardware"})
    for slug in ("wifi", "network"):
        create(Tag(slug=slug), actor=ada)

    def run(rows, *options, header=HEADER):
        file = tmp_path / "tickets.csv"
        file.write_text(header + rows, encoding="utf-8")
        try:
            call_command("import_tickets", str(file), *options)
            last = ""
        except CommandError as refused:
            last = str(refused)
        return "".join(capsys.readouterr()) + last

    return run


def test_good_rows_become_tickets(bring, ann):
    said = bring(GOOD + "Door,ann@flowtrack.example,,\n")

    assert "2 tickets imported" in said
    first, second = Ticket.objects.order_by("pk")
    assert (first.requester, first.department) == (ann, ann.department)
    assert (first.category.slug, first.tags) == ("hardware", ["network", "wifi"])
    assert (second.category, second.tags, second.created_by) == (None, [], None)
    assert [event.note for event in Event.of(first)][:1] == ["Imported."]


def test_two_columns_are_enough(bring):
    said = bring("Door,ann@flowtrack.example\n", header="title,requester\n")

    assert "1 tickets imported" in said


def test_one_bad_row_stops_them_all_and_each_is_named(bring, zoe):
    zoe.deactivate()
    zoe.save()
    said = bring(
        GOOD
        + '"Two\nlines",nobody@flowtrack.example,hardware,\n'
        + "Wifi,ann@flowtrack.example,furniture,\n"
        + "Wifi,ann@flowtrack.example,hardware,wifi colour\n"
        + "Wifi,zoe@flowtrack.example,hardware,wifi\n"
        + ",ann@flowtrack.example,hardware,wifi\n"
        + "Wifi\n"
    )

    assert "line 3: requester: There is no user “nobody@flowtrack.example”." in said
    assert "line 5: category: There is no category “furniture”." in said
    assert "line 6: tags: There is no tag colour." in said
    assert "line 7: requester: This account is deactivated." in said
    assert "line 8: title: " in said
    assert "line 9: 1 cells instead of 4." in said
    assert "6 of 7 rows are wrong. Nothing was imported." in said
    assert Ticket.objects.count() == 0


def test_a_dry_run_changes_nothing(bring):
    assert "dry run" in bring(GOOD, "--dry-run")
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        ("title\n", "", "the columns requester are missing"),
        (HEADER.replace("tags", "status"), "", "there are no columns status"),
        (HEADER.replace("tags", "title"), "", "each column may be there once"),
        (HEADER, '"open\n', "this is not CSV"),
        ("", "", "are missing"),
    ],
)
def test_a_file_of_another_shape_is_refused(bring, header, rows, words):
    assert words in bring(rows, header=header)


def test_a_nul_character_is_refused_with_its_line(bring):
    said = bring(GOOD + "Do\0or,ann@flowtrack.example,,\n")

    assert "Line 3" in said
    assert "NUL" in said
    assert not Ticket.objects.exists()


def test_a_file_in_another_encoding_is_refused(bring, tmp_path):
    file = tmp_path / "latin.csv"
    file.write_bytes("title,requester\nTür,ann@flowtrack.example\n".encode("latin-1"))

    with pytest.raises(CommandError, match="is not UTF-8"):
        call_command("import_tickets", str(file))


def test_the_sample_fits_the_demo(db):
    now = clock.now()
    furnish(gather(people=0, since=now), since=now)

    call_command("import_tickets", str(SAMPLE))

    assert Ticket.objects.count() == 20
    assert Ticket.objects.filter(team__name="Clinic devices").exists()
