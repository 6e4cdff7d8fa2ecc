"""How values are said on pages: lengths, rates, sizes, moments. Numbers in, words out."""

from __future__ import annotations

from datetime import UTC, datetime

from coder_app.model.clock import timecode

DASH = "–"


def length(us: int | None) -> str:
    return DASH if us is None else timecode(us)


def rate(fps: object) -> str:
    """Measured frames a second with three decimals; takes a number or a fraction text such as "30000/1001"."""
    if fps is None:
        return DASH
    above, _, below = str(fps).partition("/")
    return f"{float(above) / float(below or 1):.3f}"


def seconds(us: int | None) -> str:
    return DASH if us is None else f"{us // 1_000_000}.{us % 1_000_000 // 1000:03d} s"


def size(number: int) -> str:
    value, units = float(number), ["B", "kB", "MB", "GB", "TB"]
    while value >= 999.95 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return f"{value:.0f} {units[0]}" if units[0] == "B" else f"{value:.1f} {units[0]}"


def share(part: float) -> str:
    """0 to 1 as whole per cent, never more than there is."""
    return f"{int(part * 100 + 1e-9)}\u00a0%"  # never parted at the end of a line


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def moment(instant: str | None, now: datetime | None = None) -> str:
    """An ISO instant in UTC as the local day and time; today and yesterday by name."""
    if not instant:
        return DASH
    then = datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    today = (now or datetime.now(UTC)).astimezone().date()
    days = (today - then.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"{then.day} {then:%b %Y}")
    return f"{day} {then:%H:%M}"


def age(months: float | None) -> str:
    return "" if months is None else f"{months:g} months"
