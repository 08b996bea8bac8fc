"""What people upload."""

from files.models.file import File

__all__ = ["File"]
