"""Files in the admin: on the page of the item they hang on, and all in one list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.admin import LifecycleAdmin, status_chip
from core.admin.person import actor_of
from core.errors import FieldError, Refused
from core.models import WorkItem
from core.models.attached import work_items
from core.querysets import visible_rows
from files.amounts import MB, spoken
from files.delivery import deliver
from files.models import File
from files.models.file import refuse_over_quota
from files.reception import take_in

RECENT_FILES = 100
MOST_OFFERED = 100
INTERNAL = mark_safe('<span class="ft-status ft-status--held">Internal</span>')


class UploadForm(forms.Form):
    """A file, and for whom."""

    file = forms.FileField(label="File", allow_empty_file=True)
    internal = forms.BooleanField(required=False, label="Internal: only agents get it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands beside the form of a comment.
        super().__init__(*args, **kwargs)
        self.auto_id = "id_upload_%s"


class FiledAdmin(LifecycleAdmin):
    """A work item's page with the files that hang on it."""

    change_form_template = "admin/files/change_form.html"

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(self.file_view)
        return [path("<path:object_id>/file/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context.get("original")
        if item is not None:
            rows = File.objects.of(item).readable_by(actor_of(request)).living().for_display()
            context["files"] = [_shown(each) for each in rows.order_by("-pk")[:RECENT_FILES]]
            context["file_form"] = UploadForm(initial=_usual(item))
            context["file_url"] = self._url(request, "file", item.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hang a file on the item; what is refused is said beside the form."""
        item: Any = self.get_object(request, object_id)
        if item is None:
            return self.not_there(request, object_id)
        form = UploadForm(request.POST or None, request.FILES or None, initial=_usual(item))
        if request.method == "POST" and form.is_valid() and _hung(request, item, form):
            return HttpResponseRedirect(f"{self._item_url(request, item)}#files-heading")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Upload to {item}",
            "opts": self.opts,
            "item": item,
            "form": form,
        }
        return TemplateResponse(request, "admin/files/upload.html", context)


class SubjectFilter(admin.SimpleListFilter):
    """Files on one kind of item, or on none."""

    title = "kind of item"
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = [each._meta for each in work_items()]
        named = [(each.label_lower, str(each.verbose_name_plural).capitalize()) for each in kinds]
        return [*named, ("none", "None: one's own")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        return queryset.filter(subject_type=asked.replace("none", "")) if asked else queryset


class UploaderFilter(admin.SimpleListFilter):
    """Whose files they are, among those who have some."""

    title = "person"
    parameter_name = "created_by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = visible_rows(File, actor_of(request)).exclude(created_by=None)
        people = rows.values_list("created_by", "created_by__name").distinct()
        found = people.order_by("created_by__name", "created_by")[:MOST_OFFERED]
        return [(str(key), name) for key, name in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        if not asked:
            return queryset
        return queryset.filter(created_by=asked) if asked.isdecimal() else queryset.none()


class SizeFilter(admin.SimpleListFilter):
    """How large they are."""

    title = "size"
    parameter_name = "size"
    bounds = {
        "small": ("Up to 1 MB", 0, MB),
        "medium": ("1 to 10 MB", MB, 10 * MB),
        "large": ("10 to 100 MB", 10 * MB, 100 * MB),
        "huge": ("Over 100 MB", 100 * MB, 2**62),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _, _) in self.bounds.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = self.bounds.get(self.value() or "")
        return queryset.filter(size__gt=found[1], size__lte=found[2]) if found else queryset


@admin.register(File)
class FileAdmin(LifecycleAdmin):
    """Every file: to find one, to get it, and to take one away; uploaded on the page of its item."""

    is_written_here = False
    fields = [
        "status_chip",
        "content",
        "on",
        "audience",
        "content_type",
        "amount",
        "sha256",
        "finding",
        "scanned_at",
        "purged_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = fields  # type: ignore[assignment]
    list_display = [
        "reference",
        "title",
        "on",
        "created_by",
        "content_type",
        "amount",
        "status_chip",
        "created_at",
    ]
    list_display_links = ["reference", "title"]
    list_filter = ["status", UploaderFilter, "content_type", SizeFilter, SubjectFilter]
    search_fields = ["title"]
    search_help_text = "A reference such as FILE-42, or words of the name."

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.download_view)
        own = path("<path:object_id>/download/", view, name="files_file_download")
        return [own, *super().get_urls()]

    def download_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The bytes, after the same questions as in the API."""
        file = self.get_object(request, object_id)
        if file is None:
            return self.not_there(request, object_id)
        try:
            return deliver(file, reader=actor_of(request))
        except Refused as refused:
            messages.error(request, f"{file}: {refused.detail}")
            return HttpResponseRedirect(self._item_url(request, file))

    @display(description="Content")
    def content(self, file: File) -> str:
        """The way to the bytes, where there is one."""
        if not file.is_available:
            return "Not to be had."
        return format_html('<a href="{}">Download</a>', _way_to(file))

    @display(description="On")
    def on(self, file: File) -> str:
        """The item, by its reference."""
        return file.subject_reference or "—"

    @display(description="For", ordering="is_internal")
    def audience(self, file: File) -> str:
        """Who gets it."""
        if file.is_personal:
            return "Whoever uploaded it"
        return INTERNAL if file.is_internal else "Everybody who sees the item"

    @display(description="Size", ordering="size")
    def amount(self, file: File) -> str:
        return spoken(file.size)


def _shown(file: File) -> dict[str, Any]:
    """A file as the page of its item shows it."""
    return {
        "file": file,
        "amount": spoken(file.size),
        "chip": status_chip(file),
        "url": reverse("admin:files_file_change", args=[file.pk]),
        "download": _way_to(file) if file.is_available else "",
    }


def _way_to(file: File) -> str:
    return reverse("admin:files_file_download", args=[file.pk])


def _usual(item: WorkItem) -> dict[str, Any]:
    return {"internal": item.comments_start_internal}


def _hung(request: HttpRequest, item: WorkItem, form: UploadForm) -> bool:
    """Whether it hangs there now; else the form says why not."""
    upload, actor = form.cleaned_data["file"], actor_of(request)
    fields = {"item": item, "is_internal": form.cleaned_data["internal"]}
    try:
        refuse_over_quota(actor, upload.size)
        file = take_in(upload.name, upload.chunks(), actor=actor, **fields)
    except Refused as refused:
        for error in refused.errors or [FieldError("", refused.code, refused.detail)]:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, f"{file.title} is here. It can be had as soon as it was scanned.")
    return True
