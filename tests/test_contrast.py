"""Every pair of colours that carries text or meaning can be told apart, in light and in dark (WCAG AA)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parent.parent / "portal/static/portal/tokens.css"
DECLARATION = re.compile(r"--ft-([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);")
THEMES = ("light", "dark")

TEXT = 4.5
INTERFACE = 3.0

SURFACES = ("canvas", "surface", "surface-2", "raised")
ON_ANY_SURFACE = ("text", "text-2", "text-3", "accent-text", "refused-fg")
STATUSES = (
    "neutral", "waiting", "review", "held", "approved", "progress", "done", "refused", "cancelled",
)  # fmt: skip
PRIORITIES = ("urgent", "high", "medium", "low")

TEXT_PAIRS = [
    *((ink, surface) for ink in ON_ANY_SURFACE for surface in SURFACES),
    *((f"priority-{each}", surface) for each in PRIORITIES for surface in SURFACES),
    *((f"{each}-fg", f"{each}-bg") for each in STATUSES),
    *(("on-accent", button) for button in ("accent", "accent-hover")),
    *(("on-danger", button) for button in ("danger", "danger-hover")),
    *((ink, "accent-soft") for ink in ("text", "text-2", "accent-text")),
]
INTERFACE_PAIRS = [
    *((mark, surface) for mark in ("accent", "border-strong") for surface in SURFACES),
    *((f"series-{number}", "surface") for number in range(1, 7)),
]


def tokens() -> dict[str, dict[str, str]]:
    """The colours of each theme by name."""
    found = DECLARATION.findall(TOKENS.read_text())
    return {theme: {name: values[at] for name, *values in found} for at, theme in enumerate(THEMES)}


def contrast(one: str, other: str) -> float:
    """WCAG's ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_what_it_stands_on(theme: str) -> None:
    assert too_faint(TEXT_PAIRS, theme, TEXT) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_controls_and_lines_stand_out(theme: str) -> None:
    assert too_faint(INTERFACE_PAIRS, theme, INTERFACE) == {}


def test_every_colour_is_declared_for_both_themes() -> None:
    assert TOKENS.read_text().count("light-dark(") == len(tokens()["light"])


def too_faint(pairs: list[tuple[str, str]], theme: str, least: float) -> dict[str, float]:
    colours = tokens()[theme]
    ratios = {f"{ink} on {paper}": contrast(colours[ink], colours[paper]) for ink, paper in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}
