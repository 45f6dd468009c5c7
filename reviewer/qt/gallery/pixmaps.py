"""The small pictures that were decoded last, within a bounded amount of memory."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtGui import QPixmap

MOST_BYTES = 48 * 1024 * 1024


class PixmapCache:
    """Pictures by SHA-256, each fitted into a box of `side` pixels. A null one: none can be shown."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self.bytes = 0
        self._kept: OrderedDict[str, tuple[QPixmap, int]] = OrderedDict()

    def get(self, sha256: str) -> QPixmap | None:
        """The picture in whatever size it is there, and a sign that it is still in use."""
        kept = self._kept.get(sha256)
        if kept is None:
            return None
        self._kept.move_to_end(sha256)
        return kept[0]

    def has(self, sha256: str, side: int) -> bool:
        """Whether it is there large enough for a box of this side."""
        kept = self._kept.get(sha256)
        return kept is not None and (kept[1] >= side or kept[0].isNull())

    def put(self, sha256: str, picture: QPixmap, side: int) -> None:
        before = self._kept.pop(sha256, None)
        self.bytes += _estimate_bytes(picture) - (_estimate_bytes(before[0]) if before else 0)
        self._kept[sha256] = (picture, side)
        while self.bytes > self._most and len(self._kept) > 1:
            _sha256, (oldest, _side) = self._kept.popitem(last=False)
            self.bytes -= _estimate_bytes(oldest)

    def list_photos(self) -> list[str]:
        """The Photos (SHA-256) that have one."""
        return list(self._kept)

    def drop(self, sha256: str) -> None:
        """Forget the picture of one Photo."""
        before = self._kept.pop(sha256, None)
        self.bytes -= _estimate_bytes(before[0]) if before else 0

    def clear(self) -> None:
        self._kept.clear()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)


def _estimate_bytes(picture: QPixmap) -> int:
    return 200 + picture.width() * picture.height() * 4
