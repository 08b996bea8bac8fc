"""Markdown as a closed set of tags: whatever somebody writes, nothing else comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

DEEPEST = 12
"""How far quotes and lists may lie in each other; the parser drops what lies deeper."""

MOST_CELLS = 2_000
"""How big a table may be: its rows are filled up to the width of its head, out of nothing."""

HOLD_MORE = {"blockquote_open", "list_item_open"}

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
REL = "noopener noreferrer nofollow"


@cache
def reader() -> MarkdownIt:
    """CommonMark with tables and strikethrough; raw HTML is text, pictures are not loaded."""
    options = {"html": False, "linkify": False, "maxNesting": DEEPEST}
    rules = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    rules.block.ruler.at("table", modest_table, {"alt": ["paragraph", "reference"]})
    return rules.disable(["html_block", "html_inline", "image"])


@lru_cache(maxsize=256)  # a discussion is read more often than written
def html_of(text: str) -> str:
    """The text as safe HTML; links neither pass on where one comes from nor lend their weight.

    What lies too deep to be read as Markdown is shown as it was typed.
    """
    parsed = reader().parse(text)
    html = _as_typed(text) if _lies_too_deep(parsed) else _rendered(parsed)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=REL,
    )


def prose_of(text: str) -> Iterator[str]:
    """Its words without code, piece by piece: where somebody can be mentioned."""
    for block in reader().parse(text):
        for token in block.children or ():
            if token.type == "text":
                yield token.content


def modest_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule, unless so wide a head over so many lines would fill pages with nothing."""
    head = state.src[state.bMarks[start] : state.eMarks[start]]
    widest = head.count("|") + 1
    return widest * (end - start) <= MOST_CELLS and table(state, start, end, silent)


def _lies_too_deep(tokens: Iterable[Token]) -> bool:
    return any(each.type in HOLD_MORE and each.level >= DEEPEST - 1 for each in tokens)


def _rendered(tokens: list[Token]) -> str:
    html: str = reader().renderer.render(tokens, reader().options, {})
    return html


def _as_typed(text: str) -> str:
    return f"<p>{escape(text)}</p>".replace("\n", "<br>\n")
