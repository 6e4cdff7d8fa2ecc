"""The small picture of a video: the first one of its filmstrip."""

from __future__ import annotations

from typing import Any

HIGHEST_PX, WIDEST_PX = 60, 132


def picture(media: dict[str, Any] | None) -> dict[str, Any] | None:
    """What `table.Cell.picture` takes; None without a video."""
    if media is None:
        return None
    info = media["info"]
    wide, high = info.get("width") or 16, info.get("height") or 9
    if (info.get("rotation") or 0) % 180:
        wide, high = high, wide
    scale = min(HIGHEST_PX / high, WIDEST_PX / wide)
    return {"src": f"/api/media/{media['id']}/filmstrip", "width": round(wide * scale), "height": round(high * scale)}
