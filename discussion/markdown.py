"""Markdown as a closed set of tags: whatever somebody writes, nothing else comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape
from itertools import groupby

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

DEEPEST = 12
"""How far quotes and lists may lie in each other; the parser drops what lies deeper."""

MOST_CELLS = 2_000
"""How big a table may be: its rows are filled up to the width of its head, out of nothing."""

MOST_STEPS = 2_000
"""How often the parser may try what comes next: prose of the greatest length needs fewer, and more take too long."""

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


class TooMuch(Exception):  # noqa: N818 - an answer, not a fault
    """So many marks that reading them as Markdown would take longer than it is worth."""


@cache
def reader(*, joined: bool = True) -> MarkdownIt:
    """CommonMark with tables and strikethrough; raw HTML is text, pictures are not loaded.

    Unless ``joined``, what was escaped stays a token of its own.
    """
    options = {"html": False, "linkify": False, "maxNesting": DEEPEST}
    rules = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    rules.block.ruler.at("table", modest_table, {"alt": ["paragraph", "reference"]})
    within = ["paragraph", "reference", "blockquote", "list"]
    rules.block.ruler.before("table", "step", one_step, {"alt": within})
    rules.inline.ruler.before("text", "step", one_step)
    unwanted = ["html_block", "html_inline", "image"]
    return rules.disable(unwanted if joined else [*unwanted, "text_join"])


@lru_cache(maxsize=256)  # a discussion is read more often than written
def html_of(text: str) -> str:
    """The text as safe HTML; links neither pass on where one comes from nor lend their weight.

    What lies too deep to be read as Markdown, or has too many marks, is shown as it was typed.
    """
    return nh3.clean(
        _html_of(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=REL,
    )


def prose_of(text: str) -> Iterator[str]:
    """Its words without code, piece by piece: where somebody can be mentioned; `\\@` stays escaped."""
    blocks = _read(text, reader(joined=False))
    if blocks is None:
        yield text
        return
    for block in blocks:
        for is_prose, run in groupby(block.children or (), key=_is_prose):
            if is_prose:
                yield "".join(_as_prose(token) for token in run)


def modest_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule, unless so wide a head over so many lines would fill pages with nothing."""
    head = state.src[state.bMarks[start] : state.eMarks[start]]
    widest = head.count("|") + 1
    return widest * (end - start) <= MOST_CELLS and table(state, start, end, silent)


def one_step(state: StateBlock | StateInline, *where: object) -> bool:
    """A rule that is tried first and never fits: it counts how often something is tried at all."""
    state.env["steps"] = state.env.get("steps", 0) + 1
    if state.env["steps"] > MOST_STEPS:
        raise TooMuch
    return False


def _html_of(text: str) -> str:
    parsed = _read(text, reader())
    return _as_typed(text) if parsed is None else _rendered(parsed)


def _read(text: str, rules: MarkdownIt) -> list[Token] | None:
    """What the parser makes of it; None for what is shown as it was typed."""
    try:
        parsed = rules.parse(text, {})
    except TooMuch:
        return None
    return None if _lies_too_deep(parsed) else parsed


def _is_prose(token: Token) -> bool:
    return token.type in ("text", "text_special")


def _as_prose(token: Token) -> str:
    return token.markup if token.markup == "\\@" else token.content


def _lies_too_deep(tokens: Iterable[Token]) -> bool:
    return any(each.type in HOLD_MORE and each.level >= DEEPEST - 1 for each in tokens)


def _rendered(tokens: list[Token]) -> str:
    html: str = reader().renderer.render(tokens, reader().options, {})
    return html


def _as_typed(text: str) -> str:
    return f"<p>{escape(text)}</p>".replace("\n", "<br>\n")
