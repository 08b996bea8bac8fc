"""What is written to break out of Markdown, or to keep its reader busy."""

from __future__ import annotations

LONGEST = 10_000


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    "[click](&#106;avascript:alert(1))",
    "<javascript:alert(1)>",
    "![pixel](https://tracker.example/p.gif)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<a href='https://a.example' style='position:fixed'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe src=https://a.example></iframe>",
    "<style>*{display:none}</style>",
    "`<script>`",
    "```\n</code><script>alert(1)</script>\n```",
    "> " * 500 + "deep",
    "- " * 500 + "deep",
    "[" * 5_000,
    "*" * 5_000,
    "`" * 5_000,
    "![" * 2_500,
    "|a" * 2_000 + "\n" + "|-" * 2_000,
    "<" * 5_000,
    "\x00\ufffd\u202e",
]

CROWDED = [
    "*a_ ",
    "[",
    "![",
    "**a ",
    "[a][b",
    "[](a)",
    "~~a",
    "`a``b",
    "a\n\n",
    "- a\n",
    "1. 1. a\n\n",
    "[a]: b\n\n[a]\n",
    "|a|\n|-|\n|b|\n\n",
    "&",
]
"""Texts are filled with one of these."""

GROWING = {
    "wide": ("| a " * 500 + "|\n" + "|-" * 500 + "|\n" + "b\n" * 3_900)[:LONGEST],
    "long": "|a|b|\n|-|-|\n" + "|\n" * 4_900,
    "many": "\n\n".join("|a|b|c|\n|-|-|-|\n" + "x\n" * 20 for _ in range(190))[:LONGEST],
}
"""Tables whose rows are wider than what was typed."""


def filled(piece: str) -> str:
    """As much of it as a comment may hold."""
    return (piece * LONGEST)[:LONGEST]
