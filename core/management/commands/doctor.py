from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from core.doctor import examine


class Command(BaseCommand):
    help = "Say what is wrong with this installation and how to mend it; exit 1 when anything is."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        ill = 0
        for name, findings in examine():
            ill += bool(findings)
            self.stdout.write(f"{'✗' if findings else '✓'} {name}")
            for finding in findings:
                self.stdout.write(f"    {finding.what}\n    → {finding.remedy}")
        self.stdout.write("Everything is well." if not ill else f"{ill} need attention.")
        if ill:
            sys.exit(1)
