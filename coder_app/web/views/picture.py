"""The small picture of a video: the first one of its filmstrip."""

from __future__ import annotations

from typing import Any

HIGH_PX, WIDEST_PX = 60, 132  # as in style.css


def picture(media: dict[str, Any] | None) -> dict[str, Any] | None:
    """What `table.Cell.picture` takes; None without a video."""
    if media is None:
        return None
    info = media["info"]
    wide, high = info.get("width") or 16, info.get("height") or 9
    if (info.get("rotation") or 0) % 180:
        wide, high = high, wide
    return {"src": f"/api/media/{media['id']}/filmstrip", "offset": 0, "width": min(WIDEST_PX, round(HIGH_PX * wide / high))}
