from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.ledger.checking import verify
from core.ledger.checkpoints import read
from core.ledger.recomputing import Tampered


class Command(BaseCommand):
    help = "Recompute every seal of the history; exit 1, naming the first event that was tampered with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            type=Path,
            metavar="FILE",
            help="compare with the last checkpoint in this file too: LEDGER_CHECKPOINTS, or a log",
        )

    def handle(self, *args: Any, checkpoint: Path | None, verbosity: int, **options: Any) -> None:
        try:
            given = read(self._text_of(checkpoint)) if checkpoint else []
            state = verify(*given[-1:], tell=self._tell if verbosity > 1 else lambda done: None)
        except Tampered as found:
            raise CommandError(str(found)) from found
        if checkpoint and not given:
            raise CommandError(f"There is no checkpoint in {checkpoint}.")
        self.stdout.write(
            f"{state.events:,} events of {state.subjects:,} subjects are what was written"
            + (f", as in checkpoint {given[-1].number} of {given[-1].at}." if given else ".")
        )

    def _text_of(self, file: Path) -> str:
        try:
            return file.read_text()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}.") from error

    def _tell(self, done: int) -> None:
        self.stderr.write(f"{done:,} events read")
