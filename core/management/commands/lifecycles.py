from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.lifecycle.document import render
from core.registry import lifecycles


class Command(BaseCommand):
    help = "Write docs/lifecycles.md, with a diagram of every lifecycle, from the declarations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 when it is out of date"
        )
        parser.add_argument(
            "--output", type=Path, default=settings.BASE_DIR / "docs" / "lifecycles.md"
        )

    def handle(self, *args: Any, check: bool, output: Path, **options: Any) -> None:
        text = render(lifecycles())
        if check:
            if not output.exists() or output.read_text() != text:
                raise CommandError("docs/lifecycles.md is out of date: run manage.py lifecycles.")
            self.stdout.write("docs/lifecycles.md is up to date.")
            return
        try:
            output.write_text(text)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {output}.")
