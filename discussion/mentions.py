"""Who is meant by `@ben` or `@Ben Example`: only people who may read the comment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.models import User
from core.querysets import visible_row
from discussion.markdown import prose_of

if TYPE_CHECKING:
    from discussion.models import Comment

MOST = 20
LONGEST_NAME = 120
AT = re.compile(r"(?<![\w.+@/\\-])@(?=[^\W_])")
FIRST_WORD = re.compile(r"[\w.+-]+")


def remember(comment: Comment) -> None:
    """Keep exactly those whom the comment names as it is now."""
    named = {person.pk for person in people_named_in(comment)}
    kept: Any = comment.mentions
    known = set(kept.values_list("person", flat=True)) if comment.version > 1 else set()
    if known - named:
        kept.filter(person__in=known - named).delete()
    for pk in sorted(named - known):
        kept.model(comment=comment, person_id=pk).save()


def people_named_in(comment: Comment) -> list[User]:
    """The people whom its words name. A name that fits nobody, or several, names nobody."""
    places = list(_places(comment.body))
    if not places:
        return []
    people = _candidates(places)
    may_read = cache(partial(_may_read, comment))
    found = (_named(place, people, may_read) for place in places)
    return list({person.pk: person for person in found if person is not None}.values())


def _places(body: str) -> Iterator[str]:
    """What follows each @, as far as a name can reach."""
    count = 0
    for piece in prose_of(body):
        for at in AT.finditer(piece):
            count += 1
            if count > MOST:
                return
            yield piece[at.end() : at.end() + LONGEST_NAME + 1]


def _first_word(place: str) -> str:
    found = FIRST_WORD.match(place)
    return found.group().rstrip(".-+") if found else ""


def _candidates(places: Iterable[str]) -> list[User]:
    """Those whose name or address begins like one of these; in one query."""
    alike = Q(pk__in=[])
    for place in set(places):
        word = _first_word(place)
        whole, begun = Q(name__iexact=word), Q(name__istartswith=place[: len(word) + 1])
        alike |= Q(email__istartswith=f"{word}@") | whole | begun
    return list(User.objects.active().filter(alike).with_rights())


def _may_read(comment: Comment, person: User) -> bool:
    if comment.is_internal and not person.is_agent:
        return False
    seen = visible_row(comment.subject_model, person, comment.subject_id, shown=False)
    return seen is not None


def _named(place: str, people: Iterable[User], may_read: Callable[[User], bool]) -> User | None:
    """The reader with the longest fitting name; nobody when there are two."""
    fits = [(_length(place, person), person) for person in people]
    for longest in sorted({length for length, _ in fits if length}, reverse=True):
        readers = [person for length, person in fits if length == longest and may_read(person)]
        if readers:
            return readers[0] if len(readers) == 1 else None
    return None


def _length(place: str, person: User) -> int:
    """How many characters of the place name this person; 0 for none."""
    text, name = place.casefold(), person.name.casefold()
    ends = text[len(name) : len(name) + 1]
    if name and text.startswith(name) and not (ends.isalnum() or ends == "_"):
        return len(name)
    address = person.email.partition("@")[0]
    return len(address) if _first_word(text) == address else 0
