"""One hash over many, as in RFC 6962, built as they come."""

from __future__ import annotations

from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"
NOTHING = sha256().hexdigest()


class Tree:
    """The root over all leaves so far; holds one hash for each level."""

    def __init__(self) -> None:
        self.leaves = 0
        self._peaks: list[bytes] = []  # of complete trees, the largest first

    def add(self, leaf: str) -> None:
        """Take one more leaf, in the order in which it is always given."""
        peak = sha256(LEAF + leaf.encode()).digest()
        size = self.leaves
        while size & 1:  # a complete tree of this size is there: both make one of twice that
            peak = _joined(self._peaks.pop(), peak)
            size >>= 1
        self._peaks.append(peak)
        self.leaves += 1

    @property
    def root(self) -> str:
        """The hash over all leaves; of none, that of nothing."""
        if not self._peaks:
            return NOTHING
        *larger, root = self._peaks
        for peak in reversed(larger):
            root = _joined(peak, root)
        return root.hex()


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()
