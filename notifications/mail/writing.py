"""What an e-mail says: decided when it is sent, because sight and wishes may have changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from accounts.letters import Mail
from accounts.models import User
from core import clock, texts
from core.querysets import visible_rows
from discussion.markdown import html_of
from discussion.models import Comment
from notifications.mail import addresses
from notifications.mail.gathering import is_stale
from notifications.models import Mailing, Notification, Preferences
from notifications.subjects import reference_of, subjects, title_of
from notifications.topics import Cadence
from notifications.wording import sentence

MOST_LINES = 100
LONGEST_SUBJECT = 180
SHOW_ITS_MAIL = "X-FlowTrack-Mail"

Seen = tuple[Notification, Any]
"""What somebody is told, and the item as they may see it."""


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: str
    says: str
    words: str = ""
    html: SafeString = field(default_factory=lambda: mark_safe(""))


@dataclass
class Section:
    """An item, and what happened to it."""

    reference: str
    title: str
    link: str
    lines: list[Line]


def written(mailing: Mailing, _secret: str) -> Mail | None:
    """The e-mail as it is right now; None, and never again, where there is nothing left to say."""
    person = User.objects.with_rights().get(pk=mailing.person_id)
    rows = mailing.notifications.with_doers().order_by("pk")
    wishes = Preferences.objects.of(person)
    wanted = [each for each in rows if wishes.mail(each.topic) != Cadence.OFF]
    seen = _in_sight(person, wanted) if person.is_active else []
    if not seen:
        mailing.drop()
        return None
    if not mailing.is_digest and all(is_stale(each, at=clock.now()) for each in wanted):
        _put_together(mailing)
        return None
    return _mail(mailing, person, wishes, seen)


def _put_together(mailing: Mailing) -> None:
    """It waited so long that it goes into one e-mail with all else that did."""
    mailing.notifications.update(mailing=None, due_at=clock.now())
    mailing.drop()


def _in_sight(person: User, rows: Sequence[Notification]) -> list[Seen]:
    """What this person may see of it now, with its item."""
    items = _items(person, rows)
    with_items = ((each, items.get((each.subject_type, each.subject_id))) for each in rows)
    return [
        (each, item)
        for each, item in with_items
        if item is not None and (person.is_agent or not each.for_agents)
    ]


def _sections(person: User, seen: Iterable[Seen], wishes: Preferences) -> list[Section]:
    """The same item by item."""
    shown = list(seen)
    comments = _comments(each for each, _ in shown)
    sections: dict[tuple[str, int], Section] = {}
    for each, item in shown:
        key = each.subject_type, each.subject_id
        section = sections.setdefault(key, _section(key, item, person))
        section.lines.append(_line(each, comments, wishes))
    return list(sections.values())


def _items(person: User, rows: Iterable[Notification]) -> dict[tuple[str, int], Any]:
    by_kind: dict[str, set[int]] = defaultdict(set)
    for each in rows:
        by_kind[each.subject_type].add(each.subject_id)
    return {
        (kind, item.pk): item
        for kind, keys in by_kind.items()
        for item in visible_rows(subjects()[kind], person).filter(pk__in=keys)
    }


def _comments(rows: Iterable[Notification]) -> dict[int, Comment]:
    return Comment._base_manager.in_bulk({each.comment_id for each in rows} - {None})


def _section(key: tuple[str, int], item: Any, person: User) -> Section:
    title = texts.on_one_line(title_of(item))
    return Section(reference_of(*key), title, link_to(item, person), [])


def _line(each: Notification, comments: dict[int, Comment], wishes: Preferences) -> Line:
    at = each.event.at.astimezone(wishes.zone).strftime("%-d %b %Y, %H:%M")
    comment = comments.get(each.comment_id or 0)
    says = texts.on_one_line(sentence(each))
    if comment is None:
        return Line(at, says)
    # As it reads now: what was taken away meanwhile is not sent.
    return Line(at, says, comment.body, mark_safe(html_of(comment.body)))  # noqa: S308 - a closed set of tags


def _mail(mailing: Mailing, person: User, wishes: Preferences, seen: Sequence[Seen]) -> Mail:
    sections = _sections(person, seen[:MOST_LINES], wishes)
    topics = set() if mailing.is_digest else {each.topic for each, _ in seen}
    unsubscribe = addresses.unsubscribe_link(person.pk, topics)
    reply_to = "" if mailing.is_digest else _reply_address(seen[0][0], sections[0])
    context = {
        "sections": sections,
        "more": max(0, len(seen) - MOST_LINES),
        "is_digest": mailing.is_digest,
        "unsubscribe": unsubscribe,
        "can_reply": bool(reply_to),
        "site": settings.SITE_URL.rstrip("/"),
        "zone": str(wishes.zone),
    }
    return Mail(
        person.email,
        _subject(mailing, sections[0], many=len(seen)),
        render_to_string("notifications/mail/news.txt", context),
        render_to_string("notifications/mail/news.html", context),
        {
            **_headers(mailing, sections, unsubscribe),
            **({"Reply-To": reply_to} if reply_to else {}),
        },
    )


def _subject(mailing: Mailing, first: Section, *, many: int) -> str:
    if not mailing.is_digest:
        return f"[{first.reference}] {first.title}"[:LONGEST_SUBJECT]
    return f"{many} {'notification' if many == 1 else 'notifications'} from FlowTrack"


def _headers(mailing: Mailing, sections: Sequence[Section], unsubscribe: str) -> dict[str, str]:
    headers = {
        "Message-ID": addresses.message_id(mailing.pk, int(mailing.created_at.timestamp())),
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        SHOW_ITS_MAIL: str(mailing.pk),
    }
    if not mailing.is_digest:
        thread = addresses.thread_id(sections[0].reference)
        headers |= {"In-Reply-To": thread, "References": thread}
    return headers


def _reply_address(row: Notification, section: Section) -> str:
    return addresses.reply_address(row.person_id, section.reference, is_internal=row.for_agents)


def link_to(item: Any, person: User) -> str:
    """Where this person finds it."""
    site = settings.SITE_URL.rstrip("/")
    if not person.is_agent:
        return f"{site}/"
    try:
        meta = item._meta
        return site + reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk])
    except NoReverseMatch:
        return f"{site}/"
