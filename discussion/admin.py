"""Comments in the admin: on the page of the item they are on, and all in one list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import display
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from core.admin import LifecycleAdmin
from core.admin.person import actor_of
from core.errors import FieldError, Refused
from core.lifecycle import create
from core.models import WorkItem
from core.models.attached import work_items
from discussion.markdown import html_of
from discussion.models import Comment
from discussion.models.comment import LONGEST
from files.admin import FiledAdmin

RECENT_COMMENTS = 100
EXCERPT = 90
INTERNAL = mark_safe('<span class="ft-status ft-status--held">Internal</span>')


class CommentForm(forms.Form):
    """What an agent writes, and for whom."""

    body = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="Markdown.",
    )
    internal = forms.BooleanField(required=False, label="Internal: only agents read it")


class DiscussedAdmin(FiledAdmin):
    """A work item's page with its files and what people wrote on it."""

    change_form_template = "admin/discussion/change_form.html"

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        view = self.admin_site.admin_view(self.comment_view)
        return [path("<path:object_id>/comment/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context.get("original")
        if item is not None:
            rows = Comment.objects.of(item).readable_by(actor_of(request)).for_display()
            recent = list(rows.order_by("-pk")[:RECENT_COMMENTS])
            context["comments"] = [(each, as_html(each)) for each in reversed(recent)]
            context["comment_form"] = CommentForm(initial=self._usual(item))
            context["replies"] = self.replies(request, item)
            context["comment_url"] = self._url(request, "comment", item.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def replies(self, request: HttpRequest, item: Any) -> list[tuple[str, str]]:
        """What may be inserted into a comment on this item: names and ready Markdown."""
        return []

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write on the item; what is refused comes back with what was typed."""
        item: Any = self.get_object(request, object_id)
        if item is None:
            return self.not_there(request, object_id)
        form = CommentForm(request.POST or None, initial=self._usual(item))
        if request.method == "POST" and form.is_valid() and self._written(request, item, form):
            return HttpResponseRedirect(f"{self._item_url(request, item)}#discussion-heading")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Comment on {item}",
            "opts": self.opts,
            "item": item,
            "form": form,
            "replies": self.replies(request, item),
        }
        return TemplateResponse(request, "admin/discussion/comment.html", context)

    def _usual(self, item: WorkItem) -> dict[str, Any]:
        return {"internal": item.comments_start_internal}

    def _written(self, request: HttpRequest, item: WorkItem, form: CommentForm) -> bool:
        said = Comment(body=form.cleaned_data["body"], is_internal=form.cleaned_data["internal"])
        try:
            create(said.attach_to(item), actor=actor_of(request))
        except Refused as refused:
            for error in refused.errors or [FieldError("", refused.code, refused.detail)]:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            return False
        readers = "agents" if said.is_internal else "everybody who sees it"
        messages.success(request, f"Written for {readers}.")
        return True


class SubjectFilter(admin.SimpleListFilter):
    """Comments on one kind of item."""

    title = "kind of item"
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = [each._meta for each in work_items()]
        return [(kind.label_lower, str(kind.verbose_name_plural).capitalize()) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


@admin.register(Comment)
class CommentAdmin(LifecycleAdmin):
    """Every comment: to find one, and to take one away; written on the page of its item."""

    is_written_here = False
    fields = ["status_chip", "on", "author", "is_internal", "words", "redacted_by", "redacted_at"]
    readonly_fields = fields  # type: ignore[assignment]
    list_display = ["on", "excerpt", "author", "audience", "status_chip", "created_at"]
    list_display_links = ["on", "excerpt"]
    list_filter = ["is_internal", "status", SubjectFilter]
    search_fields = ["body"]

    @display(description="On")
    def on(self, comment: Comment) -> str:
        """The item, by its reference."""
        return comment.subject_reference

    @display(description="Comment")
    def excerpt(self, comment: Comment) -> str:
        """Its beginning, on one line."""
        return Truncator(" ".join(comment.body.split())).chars(EXCERPT) or "Taken away"

    @display(description="For", ordering="is_internal")
    def audience(self, comment: Comment) -> str:
        """Who reads it."""
        return INTERNAL if comment.is_internal else "Everybody"

    @display(description="Comment")
    def words(self, comment: Comment) -> str:
        """What it says, as everybody reads it."""
        return format_html('<div class="ft-comment-body">{}</div>', as_html(comment))


def as_html(comment: Comment) -> SafeString:
    """The comment's words, cleaned."""
    return mark_safe(html_of(comment.body))  # noqa: S308 - html_of() lets a closed set of tags through
