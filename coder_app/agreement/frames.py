"""DataFrames of events, one for each coder, become `Codings`: every rule of reading in one place, every error with its row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Codings, EventTable, Ints, Labels, plain_label, sorted_labels
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

if TYPE_CHECKING:
    import pandas as pd

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Read:
    """One coder's events with labels; `stream` and `modifiers` hold one entry an event, None where there is no column."""

    name: str
    onset_us: Ints
    offset_us: Ints
    is_point: NDArray[np.bool_]
    code: tuple[Any, ...]
    stream: tuple[Hashable, ...] | None
    modifiers: tuple[tuple[Hashable, ...], ...]


def codings_of(
    codings: Sequence[Any] | Mapping[str, Any],
    span: Any,
    categories: Sequence[Hashable] | None,
    unscorable: tuple[Hashable, ...],
    modifiers: bool,
    names: Sequence[str] | None,
    coded: Sequence[Any] | None,
) -> Codings:
    """What `Codings.of` promises."""
    if isinstance(codings, Mapping):
        names, codings = [str(name) for name in codings], list(codings.values())
    if hasattr(codings, "columns"):
        raise AgreementError("Codings.of takes a list with one DataFrame for each coder, got one DataFrame. Give [one, two].")
    names = [f"coder {i + 1}" for i in range(len(codings))] if names is None else [str(name) for name in names]
    if len(names) != len(codings):
        raise AgreementError(f"There are {len(codings)} codings, but {len(names)} names: {names}.")
    read = [_read(frame, name, modifiers) for frame, name in zip(codings, names, strict=True)]
    observed = _observed(read, span, coded)
    known = _known(read, categories, unscorable)
    streams = _streams(read)
    barred = Spans.of((a, b) for r in read for a, b in _barred(r, unscorable)) & observed
    scored = observed - barred
    tables, left = [], []
    for one in read:
        table, outside = _table(one, known, streams, unscorable, observed, scored)
        tables.append(table)
        left.append(outside)
    return Codings(tuple(tables), scored, known, tuple(names), streams, barred, tuple(left))


def spans_of(span: Any) -> Spans:
    """(from_s, to_s), a list of those, or `Spans` of microseconds. Raises AgreementError for anything else."""
    if isinstance(span, Spans):
        return span
    try:
        parts = [span] if len(span) == 2 and not hasattr(span[0], "__len__") else list(span)
        edges = [(microseconds(a), microseconds(b)) for a, b in parts]
    except (TypeError, ValueError) as error:
        raise AgreementError(f"A span is (from, to) in seconds, or a list of those, got {span!r}.") from error
    if wrong := next((p for p, (a, b) in zip(parts, edges, strict=True) if b <= a), None):
        raise AgreementError(f"The span {tuple(wrong)} ends before it begins. Give (from, to) in seconds.")
    return Spans.of(edges)


def microseconds(seconds: Any) -> int:
    """Seconds as whole microseconds, the nearest one."""
    return round(float(seconds) * MICROSECONDS)


def inside(instants_us: Ints, spans: Spans) -> NDArray[np.bool_]:
    """Whether each instant lies in `spans`."""
    if not spans:
        return np.zeros(len(instants_us), dtype=bool)
    parts = np.array(spans.parts, dtype=np.int64)
    part = np.searchsorted(parts[:, 0], instants_us, side="right") - 1
    return np.asarray((part >= 0) & (instants_us < parts[np.maximum(part, 0), 1]))


def shared(onset_us: Ints, offset_us: Ints, spans: Spans) -> NDArray[np.bool_]:
    """Whether each interval has any time in `spans`."""
    if not spans:
        return np.zeros(len(onset_us), dtype=bool)
    parts = np.array(spans.parts, dtype=np.int64)
    first = np.searchsorted(parts[:, 1], onset_us, side="right")
    starts = np.append(parts[:, 0], np.iinfo(np.int64).max)
    return np.asarray(starts[first] < offset_us)


def counting(onset_us: Ints, offset_us: Ints, observed: Spans) -> NDArray[np.bool_]:
    """Whether each event counts: a point whose instant is observed, a bout that has observed time."""
    instant = onset_us == offset_us
    return np.where(instant, inside(onset_us, observed), shared(onset_us, offset_us, observed))


def _read(frame: pd.DataFrame, name: str, modifiers: bool) -> _Read:
    columns = [str(column) for column in getattr(frame, "columns", ())]
    if missing := [c for c in ("onset_s", "offset_s", "code") if c not in columns]:
        raise AgreementError(
            f"The coding of {name} has no column {missing[0]!r}; it has: {', '.join(columns) or 'none'}. "
            "Rename the columns to onset_s, offset_s (empty for a point) and code."
        )
    onset = _times(frame["onset_s"], name, "onset_s")
    offset = _times(frame["offset_s"], name, "offset_s")
    if (empty := np.isnan(onset)).any():
        raise AgreementError(f"The coding of {name} has no onset in row {int(empty.argmax()) + 1}. Every event needs one.")
    points = np.isnan(offset)
    onset_us = np.rint(onset * MICROSECONDS).astype(np.int64)
    offset_us = np.where(points, onset_us, np.rint(np.where(points, onset, offset) * MICROSECONDS).astype(np.int64))
    if (wrong := offset_us < onset_us).any():
        at = int(wrong.argmax())
        raise AgreementError(
            f"The coding of {name} ends before it begins in row {at + 1}: {onset[at]:g} s to {offset[at]:g} s. "
            "Correct the times."
        )
    extra = [c for c in columns if c.startswith("modifier")]
    values = tuple(zip(*(map(plain_label, frame[c]) for c in extra), strict=True)) if extra else ()
    code = tuple(plain_label(label) for label in frame["code"])
    if None in code:
        raise AgreementError(f"The coding of {name} has no code in row {code.index(None) + 1}. Every event needs one.")
    if modifiers and values:
        code = tuple(_with_modifiers(label, own) for label, own in zip(code, values, strict=True))
    return _Read(name, onset_us, offset_us, points, code, _stream(frame, columns), values)


def _times(column: Any, name: str, title: str) -> NDArray[np.float64]:
    """Seconds; text that is a number counts, an empty cell is NaN."""
    found = np.empty(len(column), dtype=np.float64)
    for at, cell in enumerate(column):
        text = cell.strip() if isinstance(cell, str) else cell
        try:
            found[at] = np.nan if plain_label(text) is None or text == "" else float(text)
        except (TypeError, ValueError) as error:
            raise AgreementError(
                f"The coding of {name} has {cell!r} as {title} in row {at + 1}. Give seconds, for example 12.5."
            ) from error
        if np.isinf(found[at]):
            raise AgreementError(f"The coding of {name} has an infinite {title} in row {at + 1}. Give seconds.")
    return found


def _stream(frame: pd.DataFrame, columns: list[str]) -> tuple[Hashable, ...] | None:
    """Subject and stream together say which timeline an event stands on."""
    own = [c for c in ("subject", "stream") if c in columns]
    if not own:
        return None
    cells = zip(*(map(plain_label, frame[c]) for c in own), strict=True)
    return tuple("/".join("" if part is None else str(part) for part in parts) for parts in cells)


def _with_modifiers(code: Any, modifiers: tuple[Hashable, ...]) -> Any:
    given = [str(value) for value in modifiers if value not in (None, "")]
    return f"{code}:{'|'.join(given)}" if given else code


def _observed(read: Sequence[_Read], span: Any, coded: Sequence[Any] | None) -> Spans:
    if coded is not None and len(coded) != len(read):
        raise AgreementError(f"There are {len(read)} codings, but {len(coded)} coded spans. Give one for each coder.")
    if span is None and coded is None:
        found = _from_events(read)
    elif span is None:
        found = spans_of(coded[0])  # type: ignore[index]
    else:
        found = spans_of(span)
    for own in coded or ():
        found = found & spans_of(own)
    return found


def _from_events(read: Sequence[_Read]) -> Spans:
    """From the first onset to the last offset; an instant at the very end is still inside."""
    some = [r for r in read if len(r.onset_us)]
    if not some:
        return Spans()
    end = max(int((r.offset_us + r.is_point).max()) for r in some)
    return Spans.of([(min(int(r.onset_us.min()) for r in some), end)])


def _known(read: Sequence[_Read], categories: Sequence[Hashable] | None, unscorable: tuple[Hashable, ...]) -> Labels:
    found = {label for one in read for label in one.code} - set(unscorable)
    if categories is None:
        return sorted_labels(found)
    names = tuple(plain_label(label) for label in categories)
    # Modifiers make codes that no scheme lists; they stand behind the codes they refine.
    refined = {label for label in found - set(names) if isinstance(label, str) and _refines(label, names)}
    if wrong := sorted_labels(found - set(names) - refined):
        own = next(one for one in read if wrong[0] in one.code)
        row = own.code.index(wrong[0]) + 1
        raise AgreementError(
            f"The coding of {own.name} has the code {wrong[0]!r} in row {row}, which is not one of the categories "
            f"{list(names)}. Correct it, or add it to the categories."
        )
    kept = tuple(label for label in names if label not in unscorable)
    return kept + sorted_labels(refined)


def _refines(label: str, names: Labels) -> bool:
    return any(label.startswith(f"{name}:") for name in names)


def _streams(read: Sequence[_Read]) -> Labels:
    return sorted_labels(label for one in read if one.stream is not None for label in one.stream)


def _barred(one: _Read, unscorable: tuple[Hashable, ...]) -> list[tuple[int, int]]:
    which = [i for i, code in enumerate(one.code) if code in unscorable]
    return [(int(one.onset_us[i]), int(one.offset_us[i])) for i in which]


def _table(
    one: _Read, known: Labels, streams: Labels, unscorable: tuple[Hashable, ...], observed: Spans, scored: Spans
) -> tuple[EventTable, int]:
    """The events that count, cut off at the ends of the observation, and how many others there were."""
    place = {label: i for i, label in enumerate(known)}
    at = np.array([label not in unscorable for label in one.code], dtype=bool)
    here = counting(one.onset_us, one.offset_us, scored)
    kept = np.flatnonzero(at & here)
    left = int((at & ~here).sum())
    hull = (observed.parts[0][0], observed.parts[-1][1]) if observed else (0, 0)
    where = {label: i for i, label in enumerate(streams)}
    table = EventTable.of(
        np.maximum(one.onset_us[kept], hull[0]),
        np.minimum(one.offset_us[kept], hull[1]),
        [place[one.code[i]] for i in kept],
        one.is_point[kept],
        [where[one.stream[i]] for i in kept] if one.stream is not None else ([0] * len(kept) if streams else None),
        [one.modifiers[i] for i in kept] if one.modifiers else (),
    )
    return replace(table, row=kept[table.row]), left
