"""Forms of the admin: for editing a record, and for a transition's inputs."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.fields import InvalidJSONInput

from core import strict_json
from core.admin.person import actor_of
from core.errors import Malformed, Refused
from core.lifecycle import Declared
from core.lifecycle.door import NOTE_LENGTH
from core.models import Record
from core.querysets import visible_rows


class RecordForm(forms.ModelForm):
    """Remembers which version it shows, so that nobody overwrites what they have not seen."""

    refusal: ClassVar[Refused | None] = None
    """What was refused under the lock after the form was valid: shown with the input kept."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        if self.instance.pk:
            self._keep_what_a_new_record_fills_in()

    def clean(self) -> dict[str, Any]:
        if self.refusal is not None:
            raise forms.ValidationError(self.refusal.detail)
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen is not None and seen != self.instance.version:
            raise forms.ValidationError(
                "Somebody changed this after you opened it. Your input is still here; compare it with"
                " the history, then open the page again."
            )
        return cleaned

    def _keep_what_a_new_record_fills_in(self) -> None:
        """A relation that may be left out at first, because it follows from who asks, is there now."""
        for column in self.instance._meta.concrete_fields:
            if column.is_relation and not column.null and column.name in self.fields:
                self.fields[column.name].required = True


class StrictJSONField(forms.JSONField):
    """Typed JSON is held to what the API accepts, so that whatever is stored can be shown again."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return strict_json.loads(value.encode()) if value.strip() else None
            except Malformed as malformed:
                raise forms.ValidationError(malformed.detail, code="malformed") from malformed
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed comes back as it was typed, also where it could not be read."""
        try:
            self.to_python(data)
        except forms.ValidationError:
            return InvalidJSONInput(data)
        return super().bound_data(data, initial)


class TransitionForm(forms.Form):
    """What a transition asks for, and a note for the history."""

    note = forms.CharField(
        required=False, max_length=NOTE_LENGTH, widget=AdminTextareaWidget(attrs={"rows": 3})
    )

    def inputs(self) -> dict[str, Any]:
        """The cleaned inputs by name, the note among them; empty optional ones are left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def transition_form(
    admin: BaseModelAdmin, transition: Declared, request: Any
) -> type[TransitionForm]:
    """The form of one transition, with the admin's own widgets for the model's fields."""
    fields: dict[str, Any] = {}
    for asked in transition.inputs.values():
        field = admin.formfield_for_dbfield(asked.field, request)
        if field is not None:
            field.required = asked.required
            fields[asked.name] = _within_sight(field, request)
    # Inputs first, then the note.
    order = [*fields, "note"]
    return type("BoundTransitionForm", (TransitionForm,), {**fields, "field_order": order})


def _within_sight(field: Any, request: Any) -> Any:
    """Offers only related rows that this person may see."""
    queryset = getattr(field, "queryset", None)
    if queryset is not None and issubclass(queryset.model, Record):
        field.queryset = visible_rows(queryset.model, actor_of(request)).complex_filter(
            field.limit_choices_to or {}
        )
    return field
