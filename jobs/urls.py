"""Where jobs and the ledger answer under `/api/`."""

from __future__ import annotations

from jobs import views

viewsets: dict[str, type] = {"jobs": views.JobViewSet, "events": views.EventViewSet}
