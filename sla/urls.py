"""Where service levels answer under `/api/sla/`: what the router registers, and the path of explanations."""

from __future__ import annotations

from django.urls import path

from sla import views

viewsets = {"calendars": views.CalendarViewSet, "policies": views.PolicyViewSet}

urlpatterns = [
    path("<str:reference>/explain/", views.ExplainView.as_view(), name="sla-explain"),
]
