"""Whatever somebody writes, only the closed set of tags comes out."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.markdown import (
    ATTRIBUTES,
    MOST_STEPS,
    SCHEMES,
    TAGS,
    TooMuch,
    html_of,
    prose_of,
    reader,
)
from discussion.tests.hostile import CROWDED, GROWING, HOSTILE, filled

pytestmark = pytest.mark.once

PIECES = ["<", ">", '"', "'", "(", ")", "[", "]", "!", "`", "*", "_", "|", "\n", " ", "&", "#", ":"]
PIECES += [
    "script",
    "javascript:",
    "href=",
    "onclick=",
    "https://a.example",
    "img",
    "</",
    "~~",
    "-",
]


class Reader(HTMLParser):
    """What a browser would find."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.words = ""

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words += data


def found_in(html):
    reader = Reader()
    reader.feed(html)
    return reader.found


def words_of(html):
    reader = Reader()
    reader.feed(html)
    return reader.words


def is_closed(html):
    for tag, attributes in found_in(html):
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        if "href" in attributes:
            assert attributes["href"].partition(":")[0].lower() in SCHEMES
    return True


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(text):
    html = html_of(text)

    assert is_closed(html)
    assert "<script" not in html
    assert "<img" not in html


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join))
def test_nothing_else_ever_comes_out(text):
    assert is_closed(html_of(text))


def test_what_people_use():
    html = html_of(
        "**Bold**, ~~gone~~, `code`\n\n- one\n- two\n\n| a |\n|---|\n| b |\n\n[a](https://a.example)"
    )

    for part in (
        "<strong>Bold</strong>",
        "<s>gone</s>",
        "<code>code</code>",
        "<li>one</li>",
        "<td>b</td>",
    ):
        assert part in html
    assert '<a href="https://a.example" rel="noopener noreferrer nofollow">a</a>' in html


def test_a_link_says_where_it_leads():
    html = html_of("[here](/admin/) [there](//tracker.example) [write](mailto:ann@a.example)")

    hrefs = [attributes.get("href") for _, attributes in found_in(html)]
    assert [href for href in hrefs if href] == ["mailto:ann@a.example"]


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_a_table_does_not_grow_out_of_nothing(text):
    assert len(found_in(html_of(text))) <= len(text)


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
@pytest.mark.parametrize("depth", [3, 6, 12, 40, 500])
def test_nothing_is_lost_however_deep_it_lies(mark, depth):
    assert "needle" in html_of(f"{mark * depth}needle\n\nand on")


@pytest.mark.parametrize("piece", CROWDED)
def test_what_is_nothing_but_marks_is_shown_as_it_was_typed(piece):
    text = filled(piece)

    html = html_of(text)

    assert {tag for tag, _ in found_in(html)} <= {"p", "br"}
    assert "".join(words_of(html).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", CROWDED)
def test_no_text_is_read_on_and_on(piece):
    told = {}

    with pytest.raises(TooMuch):
        reader().parse(filled(piece), told)

    assert told["steps"] == MOST_STEPS + 1


@pytest.mark.parametrize(
    "text",
    [
        "The *quick* brown fox, who jumps over the lazy dog, is well known (see 3.1).\n" * 125,
        "- an item with **some** words\n" * 150,
        "*this*\n\n```\n" + "12:00:01 [INFO] user_id=5 <ok> *ptr = &array[0];\n" * 190 + "```\n",
    ],
    ids=["prose", "list", "log"],
)
def test_long_texts_of_people_are_markdown(text):
    assert len(text) <= 10_000
    assert {"em", "strong"} & {tag for tag, _ in found_in(html_of(text))}


def test_markup_is_shown_as_it_was_typed():
    assert "&lt;b&gt;not bold&lt;/b&gt;" in html_of("<b>not bold</b>")


def test_prose_is_without_code():
    assert "@ben" not in "".join(prose_of("`@ben` and\n\n    @ben\n\n```\n@ben\n```"))
    assert "@ben" in "".join(prose_of("> **@ben** look"))


def test_what_is_escaped_stays_escaped_in_prose():
    assert list(prose_of(r"\@ben \* &amp; @ann")) == [r"\@ben * & @ann"]
