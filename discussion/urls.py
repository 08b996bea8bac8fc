"""Where comments answer under `/api/`."""

from __future__ import annotations

from discussion.views import CommentViewSet

viewsets = {"comments": CommentViewSet}
