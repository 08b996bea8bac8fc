"""Filters of lists: each one declared, each value checked, each unknown parameter refused."""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from django_filters.utils import get_model_field
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request

from core import clock, references
from core.api.parameters import refuse_unknown_parameters
from core.errors import FieldError, InvalidInput
from core.querysets import visible_rows

LIST_PARAMETERS = frozenset({"limit", "cursor", "ordering", "include"})
SEARCH_LENGTH = 200


class StrictFilterSet(FilterSet):
    """The declared filters of one list; only those that are asked for, or act unasked, are made."""

    base_filters: Any  # by name, from the metaclass

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.base_filters = {
            name: each
            for name, each in self.base_filters.items()
            if name in (data or ()) or getattr(each, "acts_unasked", False)
        }
        super().__init__(data, *args, **kwargs)

    @classmethod
    def repeatable(cls) -> frozenset[str]:
        """The filters that may be given several times."""
        many = django_filters.MultipleChoiceFilter
        return frozenset(name for name, each in cls.base_filters.items() if isinstance(each, many))


class StrictFilterBackend(DjangoFilterBackend):
    """Applies a view's `filterset_class`; other parameters must be in its `extra_parameters`."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """The rows that fit. Raises InvalidInput naming each wrong parameter."""
        filterset = self.get_filterset(request, queryset, view)
        own: Collection[str] = type(filterset).base_filters if filterset else ()
        known = {*own, *getattr(view, "extra_parameters", ())}
        known |= LIST_PARAMETERS if view.pagination_class else set()
        repeatable = {"include"}.union(filterset.repeatable() if filterset else ())
        refuse_unknown_parameters(
            request, known, repeatable=repeatable, may_be_empty={"search"} & known
        )
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise InvalidInput(errors=_form_errors(filterset.form))
        return filterset.qs


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """One or several values of a closed set: `status=new&status=triaged`."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class WordsField(forms.Field):
    """One or several words of letters, digits, `-` and `_`."""

    widget = forms.SelectMultiple
    written = re.compile(r"[\w-]{1,100}", re.ASCII)

    def to_python(self, value: list[str] | None) -> list[str]:
        words = value or []
        if not all(self.written.fullmatch(word) for word in words):
            raise forms.ValidationError("Must be a single word.", code="invalid")
        return words


@extend_schema_field({"type": "string", "pattern": "^[A-Za-z0-9_-]+$"})
class WordsFilter(django_filters.MultipleChoiceFilter):
    """Rows whose JSON list holds one or the other of these words: `tag=vpn&tag=printer`."""

    field_class = WordsField

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        held = Q()
        for word in value:
            held |= Q(**{f"{self.field_name}__has_element": word})
        return qs.filter(held)


class StrictBooleanField(forms.Field):
    """Exactly `true` or `false`."""

    def to_python(self, value: str | None) -> bool | None:
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise forms.ValidationError("Must be true or false.", code="invalid")
        return value == "true"


class StrictBooleanFilter(django_filters.BooleanFilter):
    """`true` or `false` on a column."""

    field_class = StrictBooleanField


class OverdueFilter(StrictBooleanFilter):
    """Asks the queryset's own `overdue(at=…)`."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        if value is None:
            return qs
        at = clock.now()
        if value:
            return qs.overdue(at=at)  # type: ignore[attr-defined]
        late = type(qs)(qs.model, using=qs.db).overdue(at=at)  # type: ignore[attr-defined]
        return qs.exclude(pk__in=late.values("pk"))


class QuestionFilter(StrictBooleanFilter):
    """`true` or `false` to a yes-or-no question that the queryset answers, by its name."""

    def __init__(self, *, question: str, asks_who: bool = False, **kwargs: Any) -> None:
        self.question = question
        self.asks_who = asks_who
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        if value is None:
            return qs
        who = [self.parent.request.user] if self.asks_who else []
        rows = qs if value else qs.model._default_manager.all()
        answer: QuerySet[Any] = getattr(rows, self.question)(*who)
        return answer if value else qs.exclude(pk__in=answer.order_by().values("pk"))


class ReferenceField(forms.Field):
    """An id, a reference such as REQ-42, or one of a few words."""

    model: type[Model] = Model
    words: tuple[str, ...] = ()

    def to_python(self, value: str | None) -> int | str | None:
        if value in (None, "", *self.words):
            return value or None
        found = references.parse(self.model, value or "")
        if found is None:
            choices = ", ".join(("an id", *self.words))
            raise forms.ValidationError(f"Must be one of: {choices}.", code="invalid")
        return found


@extend_schema_field({"type": "string", "pattern": "^([A-Za-z]+-)?[1-9][0-9]*$"})
class ReferenceFilter(django_filters.Filter):
    """A related row by id or reference; one that does not exist for the caller matches nothing."""

    field_class = ReferenceField

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return qs
        related = get_model_field(self.model, self.field_name).related_model
        named = visible_rows(related, self.parent.request.user).filter(pk=value)
        return qs.filter(**{f"{self.field_name}__in": named.order_by().values("pk")})

    @property
    def field(self) -> forms.Field:
        field: forms.Field = super().field
        related = get_model_field(self.model, self.field_name).related_model
        field.model = related  # type: ignore[attr-defined]
        return field


class PersonField(ReferenceField):
    """`me`, `none` or the id of a person."""

    words = ("me", "none")


@extend_schema_field({"type": "string", "pattern": "^(me|none|[1-9][0-9]*)$"})
class PersonFilter(django_filters.Filter):
    """Rows of a person: `me`, `none` or an id."""

    field_class = PersonField

    def filter(self, qs: QuerySet[Any], value: int | str | None) -> QuerySet[Any]:
        if value is None:
            return qs
        if value == "none":
            return qs.filter(**{f"{self.field_name}__isnull": True})
        return qs.filter(
            **{self.field_name: self.parent.request.user.pk if value == "me" else value}
        )


class MomentField(forms.Field):
    """ISO 8601: a moment with its time zone, or a date, which means its first moment."""

    iso = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?", re.ASCII)

    def to_python(self, value: str | None) -> datetime | None:
        if not value:
            return None
        if self.iso.fullmatch(value):
            # The day may not exist, or lie before the first year once it is in UTC.
            with suppress(ValueError, OverflowError):
                return _moment(value).astimezone(UTC)
        message = "Must be a date or a moment with its time zone, as in 2026-11-20T09:30:00Z."
        raise forms.ValidationError(message, code="invalid")


@extend_schema_field(
    {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]},
)
class MomentFilter(django_filters.Filter):
    """`…_after` (`lookup_expr="gte"`, inclusive) and `…_before` (`"lt"`, exclusive)."""

    field_class = MomentField


@extend_schema_field({"type": "string", "maxLength": SEARCH_LENGTH})
class SearchFilter(django_filters.Filter):
    """Every word in one of the `fields`, or the row's own reference."""

    field_class = forms.CharField

    def __init__(self, *, fields: Iterable[str], by_reference: bool = True, **kwargs: Any) -> None:
        self.fields = tuple(fields)
        self.by_reference = by_reference
        super().__init__(max_length=SEARCH_LENGTH, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        every_word = Q()
        for word in value.split():
            every_word &= self._anywhere(word)
        pk = references.parse(qs.model, value) if self.by_reference else None
        return qs.filter(every_word | Q(pk=pk) if pk else every_word)

    def _anywhere(self, word: str) -> Q:
        found = Q()
        for name in self.fields:
            found |= Q(**{f"{name}__icontains": word})
        return found


def _moment(text: str) -> datetime:
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.combine(date.fromisoformat(text), time.min, timezone.get_current_timezone())


def _form_errors(form: forms.Form) -> list[FieldError]:
    return [
        FieldError("" if name == "__all__" else name, each["code"] or "invalid", each["message"])
        for name, found in form.errors.get_json_data().items()
        for each in found
    ]
