"""The two tables that people read: who is answered what, and what exists for whom."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.isolation.world import PRINCIPALS

UPDATING = os.environ.get("UPDATE_BASELINE") == "1"
HERE = Path(__file__).parent
Cells = Mapping[str, str]
"""What a row says, by principal."""


class Table:
    """A text file with a row for each thing and a column for each principal."""

    def __init__(self, name: str, *, width: int) -> None:
        self.file = HERE / name
        self.width = width
        self.rows = self._read()

    def write(self, found: Iterable[tuple[str, Cells]]) -> None:
        """Put what was found in its place; look at what changed."""
        lines = [self._line("", {who: who for who in PRINCIPALS})]
        lines += [self._line(key, cells) for key, cells in found]
        self.file.write_text("\n".join(lines) + "\n")

    def _read(self) -> dict[str, Cells]:
        lines = self.file.read_text().splitlines()[1:] if self.file.exists() else []
        rows = {}
        for line in lines:
            key, cells = line[: self.width].split(), line[self.width :].split()
            rows[" ".join(key)] = dict(zip(PRINCIPALS, cells, strict=True))
        return rows

    def _line(self, key: str, cells: Cells) -> str:
        method, _, pattern = key.partition(" ")
        named = f"{method:6} {pattern}" if pattern else key
        return f"{named:{self.width}}" + "".join(f"{cells[who]:>11}" for who in PRINCIPALS)


ROUTES = Table("routes.txt", width=62)
"""What each principal is answered at each address: there stands ann's row, and a valid body."""

SIGHT = Table("sight.txt", width=24)
"""Which rows of each model exist for a principal: ann's `own`, the `other`, which is zoe's, the `old` one,
which is archived; `all` of them, or `none`."""
