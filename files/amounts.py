"""Amounts of bytes as people say them."""

from __future__ import annotations

KB = 1024
MB = 1024 * KB
GB = 1024 * MB


def spoken(size: int) -> str:
    """`0 bytes`, `1.5 KB`, `12 MB`, `3 GB`."""
    if size < KB:
        return f"{size} byte" if size == 1 else f"{size} bytes"
    unit, name = next(each for each in ((GB, "GB"), (MB, "MB"), (KB, "KB")) if size >= each[0])
    amount = size / unit
    return f"{amount:.1f} {name}".replace(".0 ", " ") if amount < 10 else f"{amount:.0f} {name}"
