"""The data of a worked case as one of the shapes, by its `format`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.agreement.data import BaseRates, Codings, ContingencyTable, CountTable, Scores, Sequences, UnitTable
from coder_app.errors import Invalid


def shape_of(data: Mapping[str, Any]) -> Any:
    """Raises Invalid for a format that does not exist, or a part that is missing."""
    kind = data.get("format")
    if kind not in _SHAPES:
        raise Invalid(f"There is no data format {kind!r}. There are: {', '.join(_SHAPES)}.")
    try:
        return _SHAPES[kind](data)
    except KeyError as error:
        raise Invalid(f"Data of the format {kind!r} need {error.args[0]!r}; these have: {', '.join(data)}.") from error


def ratings(data: Mapping[str, Any]) -> UnitTable:
    """Units in rows, coders in columns; null is missing."""
    return UnitTable.of(data["matrix"], data.get("categories"))


def contingency(data: Mapping[str, Any]) -> ContingencyTable:
    return ContingencyTable.of(data["table"], data.get("categories"))


def counts(data: Mapping[str, Any]) -> CountTable:
    """Units in rows, categories in columns."""
    return CountTable.of(data["table"], data.get("categories"))


def sequences(data: Mapping[str, Any]) -> Sequences:
    return Sequences.of(data["coders"].values(), data.get("codes") or data.get("categories"))


def scores(data: Mapping[str, Any]) -> Scores:
    return Scores.of(data["matrix"])


def model(data: Mapping[str, Any]) -> BaseRates:
    return BaseRates.of(data["base_rates"]) if data.get("base_rates") else BaseRates.uniform(int(data["K"]))


def events(data: Mapping[str, Any]) -> Codings:
    """Events of each coder as [onset, offset, code] in the order of `columns`, observed from t0 to t1."""
    import pandas as pd

    columns = [_COLUMNS.get(name, name) for name in data.get("columns") or ("onset", "offset", "code")]
    frames = {name: pd.DataFrame(rows, columns=columns, dtype=object) for name, rows in data["coders"].items()}
    span = (data["t0"], data["t1"]) if data.get("t1") is not None else None
    codes = data.get("codes") or data.get("categories")
    return Codings.of(frames, span=span, categories=codes, unscorable=data.get("unscorable") or ())


_COLUMNS = {"onset": "onset_s", "offset": "offset_s", "start": "onset_s", "end": "offset_s", "label": "code"}
_SHAPES = {
    "ratings": ratings,
    "contingency": contingency,
    "counts": counts,
    "events": events,
    "sequences": sequences,
    "scores": scores,
    "model": model,
}
