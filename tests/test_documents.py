"""What is written about the project is true."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")
CODE = re.compile(r"`([\w./-]+/[\w./-]*\.(?:py|md|csv|css|html))`")


def test_the_lifecycles_are_drawn_as_they_are_declared():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "flowtrack.settings"}
    check = subprocess.run(
        [sys.executable, "manage.py", "lifecycles", "--check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_to_exists(document):
    text = document.read_text()
    targets = [document.parent / link for link in LINK.findall(text)]
    targets += [ROOT / name for name in CODE.findall(text)]

    assert [str(target) for target in targets if not target.exists()] == []
