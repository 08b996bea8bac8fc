"""What somebody wrote, without what their mail program put below it."""

from __future__ import annotations

import re
from html import unescape

import nh3

MOST_LINES = 5_000
LONGEST_MARK = 400
MARKS = (
    re.compile(r"on\b.{3,350}\bwrote:", re.IGNORECASE),
    re.compile(r"am\b.{3,350}\bschrieb\b.{0,200}:", re.IGNORECASE),
    re.compile(r"le\b.{3,350}\ba écrit\s?:", re.IGNORECASE),
    re.compile(
        r"-{2,}\s?(original message|ursprüngliche nachricht|message d'origine)\s?-{2,}",
        re.IGNORECASE,
    ),
    re.compile(r"_{20,}"),
    re.compile(r"-- ?"),
)
"""A line, or two that are one, below which nothing is new."""

OUTLOOK = re.compile(r"\*?(from|von|de)\s?:\*?\s.{3,}", re.IGNORECASE)
OUTLOOK_NEXT = re.compile(r"\*?(sent|date|to|gesendet|an|envoyé|à)\s?:", re.IGNORECASE)
QUOTED_IN_HTML = {"blockquote", "script", "style", "head", "title"}
MOST_HTML = 20_000
"""Reading HTML takes the square of the time where much is opened and never closed."""

UNREAD_IN_HTML = tuple(
    (re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (
        ("<!--", "-->"),
        (r"<style\b", "</style>"),
        (r"<script\b", "</script>"),
        (r"<head\b", "</head>"),
    )
)
"""What is long and says nothing; it is left out before anything is counted."""

BREAKS_IN_HTML = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "pre"}
A_BREAK = re.compile(r"<[^>]+>")
SPACES = re.compile(r"(?:\s|&nbsp;)+")


def trimmed(text: str) -> str:
    """The new words: nothing below the mark of a quotation, and no quotation at the end."""
    lines = text.split("\n")[:MOST_LINES]
    end = next((n for n in range(len(lines)) if _is_mark(lines, n)), len(lines))
    kept = [line.rstrip() for line in lines[:end]]
    while kept and (not kept[-1] or kept[-1].lstrip().startswith(">")):
        kept.pop()
    return "\n".join(kept).strip("\n")


def text_of_html(html: str) -> str:
    """The words of an HTML e-mail, without quotations."""
    for begins, ends in UNREAD_IN_HTML:
        html = _without(html, begins, ends)
    # Python's own reader takes seconds for tags that are not closed, and fails on some.
    html = nh3.clean(
        html[:MOST_HTML], tags=BREAKS_IN_HTML, attributes={}, clean_content_tags=QUOTED_IN_HTML
    )
    words = unescape(A_BREAK.sub("\n", SPACES.sub(" ", html)))
    return re.sub(r"(?: ?\n){3,}", "\n\n", words).strip()


def _without(html: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> str:
    """What is never closed goes on to the end, so every letter is looked at once."""
    kept, at = [], 0
    while (begun := begins.search(html, at)) is not None:
        kept.append(html[at : begun.start()])
        ended = ends.search(html, begun.end())
        if ended is None:
            return "".join(kept)
        at = ended.end()
    return "".join([*kept, html[at:]])


def _is_mark(lines: list[str], n: int) -> bool:
    one = lines[n].strip()[:LONGEST_MARK]
    if not one:
        return False
    two = " ".join(line.strip() for line in lines[n : n + 2])[:LONGEST_MARK]
    if any(mark.fullmatch(each) for mark in MARKS for each in {one, two}):
        return True
    following = (line.strip()[:LONGEST_MARK] for line in lines[n + 1 : n + 4])
    return bool(OUTLOOK.fullmatch(one)) and any(OUTLOOK_NEXT.match(line) for line in following)
