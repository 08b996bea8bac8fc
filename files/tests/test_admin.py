"""Files in the admin: uploaded on the page of an item, found in one list, and got from there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Event
from files.models import File
from files.tests.conftest import PNG

LIST = "/admin/files/file/"


def upload(browser, lamp, name, content, **more):
    body = {"file": SimpleUploadedFile(name, content), **more}
    return browser.post(f"/admin/lamps/lamp/{lamp.pk}/file/", body)


def test_an_agent_uploads_on_the_page_of_the_item(browser_of, ben, lamp):
    desk = browser_of(ben)

    answer = upload(desk, lamp, "Flicker.png", PNG, internal="on")

    file = File.objects.get()
    assert (answer.status_code, file.subject_id, file.is_internal) == (302, lamp.pk, True)
    assert Event.of(file).last().actor == ben
    page = desk.get(f"/admin/lamps/lamp/{lamp.pk}/change/").content.decode()
    assert "Flicker.png" in page
    assert "Received" in page


def test_what_is_refused_is_said_beside_the_form(browser_of, ben, lamp, stored, settings):
    desk = browser_of(ben)

    wrong = upload(desk, lamp, "photo.png", b"Hello").content.decode()
    empty = upload(desk, lamp, "note.txt", b"").content.decode()
    settings.FILE_QUOTA = 3
    full = upload(desk, lamp, "note.txt", b"Hello").content.decode()

    assert "Its content is not that of a .png file." in wrong
    assert "The file is empty." in empty
    assert "Your files may have 3 bytes together" in full
    assert (stored(), File.objects.count()) == (0, 0)


def test_a_file_is_got_and_that_is_in_its_history(browser_of, ben, lamp, available):
    file = available(ben, lamp)
    desk = browser_of(ben)

    answer = desk.get(f"{LIST}{file.pk}/download/")

    assert b"".join(answer.streaming_content) == b"It flickers."
    assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert Event.of(file).last().action == "downloaded"
    assert f"{LIST}{file.pk}/download/" in desk.get(f"{LIST}{file.pk}/change/").content.decode()


def test_what_cannot_be_had_is_said(browser_of, ben, lamp, bring):
    file = bring(ben, lamp)

    answer = browser_of(ben).get(f"{LIST}{file.pk}/download/", follow=True)

    assert "It was not scanned yet." in answer.content.decode()


def test_the_list_is_narrowed_by_person_type_status_and_size(
    browser_of, ann, ben, lamp, available, bring
):
    note, picture = available(ann, lamp), bring(ben, lamp, name="a.png", content=PNG)
    desk = browser_of(ben)

    def found(query):
        return {each.pk for each in desk.get(f"{LIST}?{query}").context["cl"].result_list}

    both = {note.pk, picture.pk}
    assert found("") == both
    assert found(f"created_by={ann.pk}") == {note.pk}
    assert found("content_type__exact=image%2Fpng") == {picture.pk}
    assert found("status__exact=available") == {note.pk}
    assert (found("size=small"), found("size=huge")) == (both, set())
    assert (found("subject_type=lamps.lamp"), found("subject_type=none")) == (both, set())
    assert found(f"q={note.reference}") == {note.pk}


def test_agents_do_not_find_what_others_keep_for_themselves(browser_of, ann, ben, ada, available):
    file = available(ann)

    assert browser_of(ben).get(f"{LIST}{file.pk}/download/").status_code == 302
    assert browser_of(ben).get(LIST).context["cl"].result_count == 0
    assert browser_of(ada).get(LIST).context["cl"].result_count == 1
    assert not Event.of(file).filter(action="downloaded").exists()


@pytest.mark.once
def test_requesters_have_no_admin(browser_of, ann, available):
    file = available(ann)

    assert browser_of(ann).get(f"{LIST}{file.pk}/download/").status_code in (302, 403)
