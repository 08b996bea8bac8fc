"""Where tickets answer under `/api/`."""

from __future__ import annotations

from tickets import views

viewsets: dict[str, type] = {
    "tickets": views.TicketViewSet,
    "work-orders": views.WorkOrderViewSet,
    "checklist-items": views.ChecklistItemViewSet,
    "schedules": views.ScheduleViewSet,
    "tags": views.TagViewSet,
    "links": views.LinkViewSet,
    "routing-rules": views.RoutingRuleViewSet,
    "canned-replies": views.CannedReplyViewSet,
    "checklist-templates": views.ChecklistTemplateViewSet,
}
