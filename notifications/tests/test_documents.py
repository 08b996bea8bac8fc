"""The page about notifications says who hears of what."""

from pathlib import Path

import pytest
from django.conf import settings

from notifications.audiences import AUDIENCES, TRANSITION

PAGE = Path(settings.BASE_DIR, "docs", "notifications.md").read_text()


@pytest.mark.once
@pytest.mark.parametrize(
    ("action", "audience"),
    [(action, audience) for (_, action), audience in AUDIENCES.items() if audience],
)
def test_each_line_of_the_table_is_on_the_page(action, audience):
    words = "any other transition" if action == TRANSITION else action
    lines = [line for line in PAGE.splitlines() if line.startswith("|") and words in line]

    assert any(all(f"`{hears.topic}`" in line for hears in audience[:1]) for line in lines)
