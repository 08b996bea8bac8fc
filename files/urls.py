"""Where files answer under `/api/`."""

from __future__ import annotations

from files.views import FileViewSet

viewsets = {"files": FileViewSet}
