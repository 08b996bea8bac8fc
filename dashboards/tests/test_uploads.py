"""How much was uploaded, by day and by person, is what a count by hand gives, and leads to these files."""

from datetime import UTC, datetime, timedelta

from core import clock
from dashboards.figures import FIGURES
from dashboards.question import Question
from files.reception import take_in

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def bring(person, size, *, days):
    with clock.at(NOW - timedelta(days=days)):
        return take_in("note.txt", [b"x" * size], actor=person)


def asked(name, user, **others):
    window = {"now": NOW, "since": NOW - timedelta(days=30), "until": NOW}
    return FIGURES[name](Question(user=user, **window, **others))


def test_volume_by_day_and_by_person(as_, ann, ben, zoe, ada):
    for person, size, days in [(ann, 10, 1), (ann, 20, 2), (zoe, 40, 1), (ben, 80, 40)]:
        bring(person, size, days=days)

    by_day = asked("upload_volume_by_day", ada)["rows"]
    by_person = asked("upload_volume_by_person", ada)["rows"]

    days = [(each["key"], each["count"], each["bytes"]) for each in by_day]
    people = [(each["label"], each["count"], each["bytes"]) for each in by_person]
    assert days == [("2026-11-18", 1, 20), ("2026-11-19", 2, 50)]
    assert people == [("Zoe", 1, 40), ("Ann", 2, 30)]
    for row in [*by_day, *by_person]:
        listed = as_(ada).get(row["link"]).json()["results"]
        assert (len(listed), sum(each["size"] for each in listed)) == (row["count"], row["bytes"])


def test_each_counts_what_exists_for_them(ann, zoe, ada):
    bring(ann, 10, days=1)
    bring(zoe, 20, days=1)

    assert [each["bytes"] for each in asked("upload_volume_by_day", ann)["rows"]] == [10]
    legal = asked("upload_volume_by_person", ada, department=zoe.department_id)["rows"]
    assert [each["label"] for each in legal] == ["Zoe"]
