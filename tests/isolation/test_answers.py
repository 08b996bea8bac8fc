"""Every address and method, and what each principal is answered there: `routes.txt`.

A valid request is sent about an item of ann's, who owns it. Mia edits in her projects and decides for
her department; vic may look into her projects and is nobody elsewhere; zoe is a stranger; kim is an
agent and no member of any project; ada is an admin; and somebody has not signed in.
`UPDATE_BASELINE=1 pytest tests/isolation` writes the tables anew; look at what changed.
"""

import pytest

from tests.conformance.discovery import OPEN_TO_EVERYBODY, api_routes
from tests.conformance.examples import EXAMPLES
from tests.isolation.tables import ROUTES, SIGHT, UPDATING
from tests.isolation.world import PRINCIPALS

pytestmark = [pytest.mark.once, pytest.mark.django_db]

SIGNED_IN = [who for who in PRINCIPALS if who != "anonymous"]


@pytest.fixture(scope="module")
def found():
    """What was answered, kept as the new table where that was asked for."""
    answers = {}
    yield answers
    if UPDATING and answers:
        kept = (
            (str(each), answers.get(str(each), ROUTES.rows.get(str(each)))) for each in api_routes()
        )
        ROUTES.write((key, cells) for key, cells in kept if cells)


@pytest.mark.parametrize("route", api_routes(), ids=str)
def test_the_table_says_who_is_answered_what(world, found, route):
    answers = {who: world.answer(who, route) for who in PRINCIPALS}

    cells = found[str(route)] = {who: str(each.status) for who, each in answers.items()}
    assert UPDATING or str(route) in ROUTES.rows, f"Say in routes.txt who may {route}."
    assert UPDATING or cells == ROUTES.rows[str(route)]
    assert all(answer < "500" for answer in cells.values())
    nobody = answers["anonymous"]
    if route.pattern not in OPEN_TO_EVERYBODY:
        assert nobody.status == 401
        assert nobody.headers["WWW-Authenticate"].startswith("Bearer")
        assert b'"not_authenticated"' in nobody.content
        assert not nobody.wrote


def test_the_table_has_no_line_too_many():
    assert UPDATING or set(ROUTES.rows) == {str(route) for route in api_routes()}


def test_the_other_table_says_what_exists_for_whom(world):
    cells = {
        model.__name__: {who: _sight(world, who, model) for who in SIGNED_IN}
        | {"anonymous": "none"}
        for model in sorted(EXAMPLES, key=lambda each: each.__name__)
    }
    if UPDATING:
        SIGHT.write(cells.items())

    assert UPDATING or cells == SIGHT.rows


def _sight(world, who, model):
    """Which of the rows exist: ann's own, zoe's, and the old one, which is archived."""
    hidden, rows = world.unseen(who, model), world.rows[model]
    if not hidden:
        return "all"
    named = zip(("own", "other", "old"), rows, strict=False)
    return "+".join(name for name, row in named if row not in hidden) or "none"
