"""Forms that no browser sends: each is refused by name, and nothing of it stays."""

import pytest

from files.models import File

pytestmark = pytest.mark.once

B = "a-boundary"
FORM = f"multipart/form-data; boundary={B}"


def part(disposition, content="Hello", *headers):
    lines = [f"--{B}", f"Content-Disposition: {disposition}", *headers, "", content]
    return "\r\n".join(lines) + "\r\n"


FILE = part('form-data; name="file"; filename="a.txt"')
END = f"--{B}--\r\n"

FORMS = {
    "nothing": ("", 400, None),
    "no end": (FILE, 400, ""),
    "only the end": (END, 400, "file"),
    "half an end": (FILE + f"--{B}-", 400, ""),
    "no file": (part('form-data; name="item"', "LMP-1") + END, 400, "file"),
    "words for a file": (part('form-data; name="file"', "Hello") + END, 400, "file"),
    "no name of the file": (part('form-data; name="file"; filename=""') + END, 400, "file"),
    "dots for a name": (part('form-data; name="file"; filename=".."') + END, 400, "file"),
    "no name of the part": (part('form-data; filename="a.txt"') + END, 400, "file"),
    "another part": (FILE + part('form-data; name="status"', "available") + END, 400, "status"),
    "another file": (FILE + part('form-data; name="other"; filename="a.txt"') + END, 400, "other"),
    "two files": (FILE + FILE + END, 400, "file"),
    "an item twice": (FILE + part('form-data; name="item"', "LMP-1") * 2 + END, 400, "item"),
    "no item": (FILE + part('form-data; name="item"', "LMP-1\x00") + END, 400, "item"),
    "no yes or no": (FILE + part('form-data; name="internal"', "perhaps") + END, 400, "internal"),
    "words in front": ("Once upon a time\r\n" + FILE + END, 201, None),
    "wrong Base64": (
        part('form-data; name="file"; filename="a.txt"', "abc", "Content-Transfer-Encoding: base64")
        + END,
        400,
        "",
    ),
    "long words": (FILE + part('form-data; name="item"', "x" * 2_000_000) + END, 413, ""),
    "very many parts": (FILE + part('form-data; name="item"', "x") * 1_500 + END, 400, ""),
    "a path": (part('form-data; name="file"; filename="../../x/a.txt"') + END, 201, None),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_strange_form_is_answered(as_, ann, stored, name):
    body, status, field = FORMS[name]

    answer = as_(ann).generic("POST", "/api/files/", body.encode(), FORM)

    assert answer.status_code == status, answer.content
    if field:
        assert field in {each["field"] for each in answer.json()["errors"]}
    kept = 1 if status == 201 else 0
    assert (stored(), File.objects.count()) == (kept, kept)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 300,
        "multipart/form-data; boundary=ä",
        "multipart/mixed; boundary=a-boundary",
        "application/x-www-form-urlencoded",
        "text/plain",
    ],
)
def test_a_strange_type_of_body_is_answered(as_, ann, stored, content_type):
    answer = as_(ann).generic("POST", "/api/files/", (FILE + END).encode(), content_type)

    assert answer.status_code in (400, 415), answer.content
    assert (stored(), File.objects.count()) == (0, 0)


def test_a_form_where_no_file_belongs_is_not_read(as_, ann, available, stored):
    file = available(ann)

    answer = as_(ann).generic("POST", f"/api/files/{file.pk}/discard/", (FILE + END).encode(), FORM)

    assert (answer.status_code, stored()) == (415, 1)


def test_only_whom_we_know_is_read(as_, stored):
    answer = as_(None).generic("POST", "/api/files/", (FILE + END).encode(), FORM)

    assert (answer.status_code, stored()) == (401, 0)
