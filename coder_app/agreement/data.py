"""The shapes statistics take. A shape is told by its type, never guessed from the numbers in it; each has a constructor `of`.

`UnitTable` units x coders, `ContingencyTable` coder x coder, `CountTable` units x categories, `Sequences` codes without
times, `Codings` timed events of one session, `Sessions` several of those, `Scores` targets x raters, `BaseRates` how often
each category occurs; `Timeline` and `PointPair` are what two coders of one stream come down to.

Categories come from the coding scheme where it is given, else they are the labels found, sorted: a code nobody used still
stands in the table. Codes are positions in `categories`; `MISSING` marks a unit or stretch that a coder could not score.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

if TYPE_CHECKING:
    import pandas as pd

MISSING = -1
NONE = "none"
NOWHERE = Spans()
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Labels = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """`codes`, shape (n_units, n_coders), int64: positions in `categories`, `MISSING` where a coder has none. One unit is
    `unit_us` microseconds of time, or None for units that are not time."""

    codes: Ints
    categories: Labels
    unit_us: int | None = None

    @staticmethod
    def of(rows: Iterable[Sequence[Any]], categories: Sequence[Hashable] | None = None, coders: int = 2) -> UnitTable:
        """From labels, None or NaN where missing. Without `categories` they are the labels found, sorted. `coders` gives
        the width of a table without rows.

        Raises AgreementError for a label that is no category, or rows of different length."""
        cells = [[plain_label(label) for label in row] for row in rows]
        if ragged := next((i for i, row in enumerate(cells) if len(row) != len(cells[0])), None):
            raise AgreementError(
                f"Row {ragged + 1} has {len(cells[ragged])} coders, the first row {len(cells[0])}. "
                "Give every unit one cell for each coder, None where missing."
            )
        names = _categories((label for row in cells for label in row), categories)
        place: dict[Hashable | None, int] = {label: i for i, label in enumerate(names)}
        place[None] = MISSING
        codes = [_placed(row, place, names, f"unit {i + 1}") for i, row in enumerate(cells)]
        return UnitTable(np.array(codes, dtype=np.int64).reshape(len(codes), -1 if codes else coders), names)

    @staticmethod
    def from_frame(frame: pd.DataFrame | NDArray[Any], categories: Sequence[Hashable] | None = None) -> UnitTable:
        """From a DataFrame or array, units in rows and coders in columns; None, NaN and NA are missing.

        Raises AgreementError for anything but two dimensions, or a label that is no category."""
        cells = np.asarray(frame, dtype=object if not _numeric(frame) else None)
        if cells.ndim != 2:
            raise AgreementError(f"A table has units in rows and coders in columns; this has {cells.ndim} dimension(s).")
        if cells.dtype == object:
            return UnitTable.of(cells.tolist(), categories, coders=cells.shape[1])
        return _from_numbers(cells, categories)

    @property
    def n_coders(self) -> int:
        return int(self.codes.shape[1])

    def values(self) -> Floats:
        """The categories as numbers, for interval and ratio levels. Raises AgreementError where one is no number."""
        return _numbers(self.categories)

    def contingency(self) -> ContingencyTable:
        """Units that both of two coders scored, counted. Raises AgreementError for more or fewer coders."""
        if self.codes.shape[1] != 2:
            raise AgreementError(f"Expected units of 2 coders, got {self.codes.shape[1]}. Choose two codings.")
        k = len(self.categories)
        both = self.codes[(self.codes != MISSING).all(axis=1)]
        counts = np.bincount(both[:, 0] * k + both[:, 1], minlength=k * k)
        return ContingencyTable(counts.reshape(k, k).astype(np.int64), self.categories)

    def pair(self, first: int, second: int) -> UnitTable:
        """The columns of two coders."""
        return replace(self, codes=self.codes[:, [first, second]])

    def counts(self) -> CountTable:
        """How many coders put each unit into each category."""
        k = len(self.categories)
        rows = np.repeat(np.arange(len(self.codes)), self.codes.shape[1])
        flat = self.codes.ravel()
        kept = flat != MISSING
        counts = np.bincount(rows[kept] * k + flat[kept], minlength=len(self.codes) * k)
        return CountTable(counts.reshape(len(self.codes), k).astype(np.int64), self.categories)

    def summary(self) -> dict[str, Any]:
        missing = int((self.codes == MISSING).sum())
        about = {"n_units": len(self.codes), "n_coders": self.n_coders, "missing": missing}
        return {"shape": "UnitTable", **about, "categories": list(self.categories), "unit_us": self.unit_us}


@dataclass(frozen=True, slots=True, eq=False)
class ContingencyTable:
    """`counts[i, j]`, shape (K, K), int64 or float64: units (or microseconds) the first coder gave category i and the
    second category j."""

    counts: NDArray[Any]
    categories: Labels

    def __post_init__(self) -> None:
        k = len(self.categories)
        if self.counts.shape != (k, k):
            raise AgreementError(f"Expected a {k} x {k} table for {k} categories, got {self.counts.shape}.")

    @staticmethod
    def of(counts: Any, categories: Sequence[Hashable] | None = None) -> ContingencyTable:
        """From a square table, first coder in rows; categories 1, 2, ... if none are given.

        Raises AgreementError for a table that is not square, negative or not a number."""
        table = _counted(counts, "A contingency table")
        if table.shape[0] != table.shape[1]:
            rows, columns = table.shape
            raise AgreementError(
                f"A contingency table is square; this has {rows} rows and {columns} columns. Give both coders every "
                "category, also those one of them never used. (CountTable.of takes units x categories.)"
            )
        return ContingencyTable(table, _given(categories, len(table)))

    @property
    def total(self) -> int:
        """The sum of the cells; a float table gives a float."""
        return self.counts.sum().item()

    def collapsed(self, category: int) -> ContingencyTable:
        """The 2 x 2 table of one category against all others."""
        a = self.counts[category, category]
        row, column = self.counts[category].sum(), self.counts[:, category].sum()
        d = self.counts.sum() - row - column + a
        table = np.array([[a, row - a], [column - a, d]], dtype=self.counts.dtype)
        return ContingencyTable(table, ("present", "absent"))

    def values(self) -> Floats:
        """The categories as numbers. Raises AgreementError where one is no number."""
        return _numbers(self.categories)

    def summary(self) -> dict[str, Any]:
        return {"shape": "ContingencyTable", "total": self.total, "categories": list(self.categories)}


@dataclass(frozen=True, slots=True, eq=False)
class CountTable:
    """`counts[u, k]`, shape (n_units, K), int64: how many coders put unit u into category k."""

    counts: Ints
    categories: Labels

    @staticmethod
    def of(counts: Any, categories: Sequence[Hashable] | None = None) -> CountTable:
        """From units in rows and categories in columns; categories 1, 2, ... if none are given."""
        table = _counted(counts, "A table of counts")
        if table.dtype != np.int64:
            raise AgreementError("A table of counts holds numbers of coders, so whole numbers. (Scores.of takes scores.)")
        return CountTable(table, _given(categories, table.shape[1]))

    def values(self) -> Floats:
        """The categories as numbers. Raises AgreementError where one is no number."""
        return _numbers(self.categories)

    def summary(self) -> dict[str, Any]:
        about = {"n_units": len(self.counts), "codes_given": int(self.counts.sum())}
        return {"shape": "CountTable", **about, "categories": list(self.categories)}


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """`values`, shape (n_targets, n_raters), float64, NaN where missing."""

    values: Floats

    @staticmethod
    def of(values: Any) -> Scores:
        """From targets in rows and raters in columns; None and NaN are missing. Raises AgreementError for other shapes."""
        try:
            table = np.array([[np.nan if _missing(x) else float(x) for x in row] for row in _rows(values)], dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise AgreementError(f"Scores are numbers, targets in rows and raters in columns: {error}.") from error
        if table.ndim != 2:
            table = table.reshape(0, 2)
        return Scores(table)

    def summary(self) -> dict[str, Any]:
        n, m = self.values.shape
        return {"shape": "Scores", "n_targets": n, "n_raters": m, "missing": int(np.isnan(self.values).sum())}


@dataclass(frozen=True, slots=True)
class BaseRates:
    """How often each of K categories occurs; the rates add up to 1."""

    rates: tuple[float, ...]

    @staticmethod
    def of(rates: Sequence[float]) -> BaseRates:
        """Raises AgreementError for rates below 0, or that do not add up to 1."""
        values = tuple(float(rate) for rate in rates)
        if len(values) < 2 or min(values) < 0 or abs(sum(values) - 1) > 1e-6:
            raise AgreementError(f"Base rates are two or more shares that add up to 1, got {list(values)}.")
        return BaseRates(tuple(value / sum(values) for value in values))

    @staticmethod
    def uniform(k: int) -> BaseRates:
        """`k` categories, each as often as the others."""
        if k < 2:
            raise AgreementError(f"Agreement needs two or more categories, got {k}.")
        return BaseRates((1.0 / k,) * k)

    def summary(self) -> dict[str, Any]:
        return {"shape": "BaseRates", "rates": list(self.rates)}


@dataclass(frozen=True, slots=True)
class Sequences:
    """Codes of two or more coders in order, without times."""

    coders: tuple[Labels, ...]
    categories: Labels

    @staticmethod
    def of(coders: Iterable[Iterable[Any]], categories: Sequence[Hashable] | None = None) -> Sequences:
        """From one list of labels for each coder. Raises AgreementError for a label that is no category."""
        lists = tuple(tuple(plain_label(label) for label in coder) for coder in coders)
        names = _categories((label for one in lists for label in one), categories)
        place: dict[Hashable | None, int] = {label: i for i, label in enumerate(names)}
        for at, one in enumerate(lists):
            _placed(one, place, names, f"coder {at + 1}")
        return Sequences(lists, names)

    def codes(self) -> tuple[Ints, ...]:
        """Positions in `categories`, one array for each coder."""
        place = {label: i for i, label in enumerate(self.categories)}
        return tuple(np.array([place[label] for label in one], dtype=np.int64) for one in self.coders)

    def summary(self) -> dict[str, Any]:
        return {"shape": "Sequences", "n_codes": [len(c) for c in self.coders], "categories": list(self.categories)}


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Events of one coder as parallel arrays, sorted by onset, offset, stream and code.

    `onset_us`, `offset_us` (the onset for a point), `is_point`, `code` (position in the categories), `stream` (position in
    the streams, None where there are none), `modifiers` (a tuple for each event, empty where there are none), `row` (the
    position of the event in what was read)."""

    onset_us: Ints
    offset_us: Ints
    is_point: NDArray[np.bool_]
    code: Ints
    stream: Ints | None = None
    modifiers: tuple[tuple[Hashable, ...], ...] = ()
    row: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @staticmethod
    def of(
        onset_us: Any,
        offset_us: Any,
        code: Any,
        is_point: Any = None,
        stream: Any = None,
        modifiers: Sequence[tuple[Hashable, ...]] = (),
    ) -> EventTable:
        """From arrays of whole microseconds in any order; without `is_point` an event without duration is a point."""
        onset, offset, codes = (np.asarray(x, dtype=np.int64) for x in (onset_us, offset_us, code))
        points = onset == offset if is_point is None else np.asarray(is_point, dtype=bool)
        table = EventTable(
            onset,
            offset,
            points,
            codes,
            None if stream is None else np.asarray(stream, dtype=np.int64),
            tuple(modifiers),
            np.arange(len(onset)),
        )
        by = (codes, *(() if table.stream is None else (table.stream,)), offset, onset)
        return table.take(np.lexsort(by))

    def __len__(self) -> int:
        return len(self.onset_us)

    def take(self, which: NDArray[Any]) -> EventTable:
        """The events at these positions, or where a mask holds, in that order."""
        at = np.flatnonzero(which) if which.dtype == bool else which
        return EventTable(
            self.onset_us[at],
            self.offset_us[at],
            self.is_point[at],
            self.code[at],
            None if self.stream is None else self.stream[at],
            tuple(self.modifiers[i] for i in at) if self.modifiers else (),
            self.row[at] if len(self.row) else at,
        )

    @property
    def states(self) -> EventTable:
        return self.take(~self.is_point)

    @property
    def points(self) -> EventTable:
        return self.take(self.is_point)


@dataclass(frozen=True, slots=True, eq=False)
class Codings:
    """Timed events of two or more coders of one session.

    `observed` is the time that counts: what was observed, without time any coder called unscorable (`unscorable`). An
    event is kept whole where a part of it lies in `observed`, a point where its instant does; `left_out` counts the others
    of each coder. `streams` names the values of `EventTable.stream`."""

    coders: tuple[EventTable, ...]
    observed: Spans
    categories: Labels
    names: tuple[str, ...] = ()
    streams: Labels = ()
    unscorable: Spans = NOWHERE
    left_out: tuple[int, ...] = ()

    @staticmethod
    def of(
        codings: Sequence[Any] | Mapping[str, Any],
        span: Any = None,
        categories: Sequence[Hashable] | None = None,
        unscorable: Iterable[Hashable] = (),
        modifiers: bool = False,
        names: Sequence[str] | None = None,
        coded: Sequence[Any] | None = None,
    ) -> Codings:
        """From one DataFrame for each coder (or a dict of name -> DataFrame) with `onset_s`, `offset_s` (empty: a point),
        `code`, optional `stream`, `subject` and `modifier...` columns. Seconds become whole microseconds.

        `span` : what was observed, (from_s, to_s) or a list of those; None is from the first onset to the last offset.
        `coded` : the same for each coder where they differ; only what all coded is observed.
        `categories` : the codes of the scheme; None takes those found, sorted. `unscorable` : codes whose time leaves.
        `modifiers` : True takes a code with its modifiers as a code of its own.
        Raises AgreementError saying which coder, row and column is wrong."""
        from coder_app.agreement.frames import codings_of

        return codings_of(codings, span, categories, tuple(unscorable), modifiers, names, coded)

    @property
    def n_coders(self) -> int:
        return len(self.coders)

    def pair(self, first: int, second: int) -> Codings:
        """Two of the coders."""
        return self._only(lambda values: (values[first], values[second]))

    def of_stream(self, stream: Hashable) -> Codings:
        """The events of one stream. Raises AgreementError if there is none of that name."""
        if stream not in self.streams:
            raise AgreementError(f"There is no stream {stream!r}. There are: {', '.join(map(str, self.streams)) or 'none'}.")
        at = self.streams.index(stream)
        kept = tuple(replace(c.take(c.stream == at), stream=None) for c in self.coders if c.stream is not None)
        return replace(self, coders=kept, streams=())

    def by_stream(self) -> dict[Hashable, Codings]:
        """Every stream apart; a coding without streams stands under the empty name."""
        return {stream: self.of_stream(stream) for stream in self.streams} or {"": self}

    def within(self, spans: Spans) -> Codings:
        """What of the observed time lies in `spans`, with the events that have a part of it."""
        from coder_app.agreement.frames import counting

        observed = self.observed & spans
        kept = tuple(c.take(counting(c.onset_us, c.offset_us, observed)) for c in self.coders)
        return replace(self, coders=kept, observed=observed)

    def by_episode(self) -> dict[str, Codings]:
        """Every unbroken part of the observed time apart, under its seconds."""
        return {f"{a / 1e6:g}-{b / 1e6:g} s": self.within(Spans(((a, b),))) for a, b in self.observed}

    def pooled(self) -> Codings:
        """All streams as one."""
        return replace(self, coders=tuple(replace(c, stream=None) for c in self.coders), streams=())

    def recoded(self, categories: Sequence[Hashable]) -> Codings:
        """The same events under another list of categories that holds all of theirs."""
        place: dict[Hashable | None, int] = {label: i for i, label in enumerate(categories)}
        to = np.array(_placed(self.categories, place, tuple(categories), "the codings"), dtype=np.int64)
        return replace(self, coders=tuple(replace(c, code=to[c.code]) for c in self.coders), categories=tuple(categories))

    def track(self, coder: int) -> Track:
        """The states of one coder. Raises AgreementError where two overlap."""
        events = self.coders[coder]
        return Track.sorted_by_onset(*(x[~events.is_point] for x in (events.onset_us, events.offset_us, events.code)))

    def timeline(self, first: int = 0, second: int = 1, gap: Hashable | None = NONE) -> Timeline:
        """The exclusive states of two coders in the observed time. Time without a state is the category `gap`, added to the
        categories unless it is one of them; None says that every instant has a state, so that other time leaves.

        Raises AgreementError where two states of a coder overlap, or several streams stand side by side."""
        self._one_stream()
        categories, place = self._with_gap(gap)
        return Timeline(self.observed, self.track(first), self.track(second), categories, place)

    def units(self, unit_us: int, gap: Hashable | None = NONE) -> UnitTable:
        """All coders' exclusive states cut into time units, as `timeline` and by the rule of time units."""
        from coder_app.agreement.timed.units import midpoints, raster

        self._one_stream()
        categories, place = self._with_gap(gap)
        instants = midpoints(self.observed, unit_us)
        columns = [raster(self.track(i), instants, place) for i in range(self.n_coders)]
        return UnitTable(np.stack(columns, axis=1), categories, unit_us)

    def summary(self) -> dict[str, Any]:
        return {
            "shape": "Codings",
            "coders": list(self.names),
            "n_events": [len(c) for c in self.coders],
            "left_out": list(self.left_out),
            "observed_us": self.observed.to_json(),
            "unscorable_us": self.unscorable.total_us,
            "categories": list(self.categories),
            "streams": list(self.streams),
        }

    def _one_stream(self) -> None:
        if len(self.streams) > 1:
            names = ", ".join(map(str, self.streams))
            raise AgreementError(f"The codings hold {len(self.streams)} streams ({names}). Choose one with of_stream(...).")

    def _with_gap(self, gap: Hashable | None) -> tuple[Labels, int]:
        if gap is None:
            return self.categories, MISSING
        if gap in self.categories:
            return self.categories, self.categories.index(gap)
        return (*self.categories, gap), len(self.categories)

    def _only(self, choose: Any) -> Codings:
        left = choose(self.left_out) if self.left_out else ()
        return replace(self, coders=choose(self.coders), names=choose(self.names) if self.names else (), left_out=left)


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """Codings of several sessions under one list of categories; what a bootstrap resamples."""

    codings: Mapping[str, Codings]

    @staticmethod
    def of(codings: Mapping[str, Codings]) -> Sessions:
        """Brings all sessions to the categories that any of them has, in the order of the first that has them."""
        names = tuple(dict.fromkeys(label for one in codings.values() for label in one.categories))
        return Sessions({key: one if one.categories == names else one.recoded(names) for key, one in codings.items()})

    @property
    def categories(self) -> Labels:
        return next(iter(self.codings.values())).categories if self.codings else ()

    def summary(self) -> dict[str, Any]:
        events = [sum(len(c) for c in one.coders) for one in self.codings.values()]
        about = {"sessions": list(self.codings), "n_events": events}
        return {"shape": "Sessions", **about, "categories": list(self.categories)}


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Bouts of one coder, sorted and without overlap: `[onset_us[i], offset_us[i])` carries `code[i]`, a position in the
    timeline's categories or `MISSING` for unscorable."""

    onset_us: Ints
    offset_us: Ints
    code: Ints

    @staticmethod
    def of(bouts: Iterable[tuple[int, int, int]]) -> Track:
        """From (onset, offset, code) in any order; bouts without time vanish. Raises AgreementError on an overlap."""
        table = np.array(sorted(bouts), dtype=np.int64).reshape(-1, 3)
        return Track.sorted_by_onset(table[:, 0], table[:, 1], table[:, 2])

    @staticmethod
    def sorted_by_onset(onset_us: Ints, offset_us: Ints, code: Ints) -> Track:
        """From arrays in order of onset; bouts without time vanish. Raises AgreementError on an overlap."""
        kept = offset_us > onset_us
        onset_us, offset_us, code = onset_us[kept], offset_us[kept], code[kept]
        if (overlapping := onset_us[1:] < offset_us[:-1]).any():
            at = int(onset_us[1:][overlapping][0])
            raise AgreementError(f"Two bouts of one coder overlap at {at / 1e6:.6f} s where only one may stand.")
        return Track(onset_us, offset_us, code)

    def at(self, instants_us: Ints, gap: int) -> Ints:
        """The code standing at each instant; `gap` where none does. O(m log n)."""
        if not len(self.onset_us):
            return np.full(len(instants_us), gap, dtype=np.int64)
        found = np.searchsorted(self.onset_us, instants_us, side="right") - 1
        stands = (found >= 0) & (instants_us < self.offset_us[found])
        return np.where(stands, self.code[found], gap)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Two coders on one mutually exclusive stream. `compared` is the time both coded; `gap` is the category of time in
    it where no bout stands (`none`, `absent`), or `MISSING` where the stream has no such category."""

    compared: Spans
    first: Track
    second: Track
    categories: Labels
    gap: int = MISSING

    def summary(self) -> dict[str, Any]:
        bouts = [len(self.first.code), len(self.second.code)]
        about = {"compared_us": self.compared.to_json(), "n_bouts": bouts, "categories": list(self.categories)}
        return {"shape": "Timeline", **about, "gap": None if self.gap == MISSING else self.categories[self.gap]}


@dataclass(frozen=True, slots=True, eq=False)
class PointPair:
    """Instants of one code, one sorted int64 array of microseconds for each of two coders."""

    first_us: Ints
    second_us: Ints

    @staticmethod
    def of(first_us: Iterable[int], second_us: Iterable[int]) -> PointPair:
        return PointPair(np.array(sorted(first_us), dtype=np.int64), np.array(sorted(second_us), dtype=np.int64))

    def summary(self) -> dict[str, Any]:
        return {"shape": "PointPair", "n_first": len(self.first_us), "n_second": len(self.second_us)}


def plain_label(label: Any) -> Any:
    """A label as Python has it; None for None, NaN and NA. 2.0 and 2 are one label."""
    if _missing(label):
        return None
    if isinstance(label, np.generic):
        label = label.item()
    return int(label) if isinstance(label, float) and label.is_integer() else label


def sorted_labels(labels: Iterable[Any]) -> Labels:
    """Labels once each, numbers before text, each in their order."""
    return tuple(sorted(set(labels) - {None}, key=lambda x: (not isinstance(x, int | float), x if _is_number(x) else str(x))))


def _is_number(label: Any) -> bool:
    return isinstance(label, int | float)


def _missing(label: Any) -> bool:
    """None, NaN, NaT, NA: whatever is missing does not equal itself, or cannot say."""
    if label is None:
        return True
    try:
        return bool(label != label)
    except (TypeError, ValueError):
        return type(label).__name__ == "NAType"


def _categories(labels: Iterable[Any], given: Sequence[Hashable] | None) -> Labels:
    if given is None:
        return sorted_labels(labels)
    names = tuple(plain_label(label) for label in given)
    if twice := next((a for a, b in pairwise(sorted(map(repr, names))) if a == b), None):
        raise AgreementError(f"The category {twice} is given twice. Give every category once.")
    return names


def _given(categories: Sequence[Hashable] | None, k: int) -> Labels:
    names = tuple(range(1, k + 1)) if categories is None else _categories((), categories)
    if len(names) != k:
        raise AgreementError(f"The table has {k} categories, but {len(names)} are named: {list(names)}.")
    return names


def _placed(labels: Iterable[Any], place: Mapping[Hashable | None, int], names: Labels, where: str) -> list[int]:
    try:
        return [place[label] for label in labels]
    except KeyError as error:
        raise AgreementError(
            f"{error.args[0]!r} in {where} is not one of the categories {list(names)}. Correct it, or add it to them."
        ) from error


def _numeric(frame: Any) -> bool:
    """Whether every column holds plain numbers."""
    kinds = getattr(frame, "dtypes", None)
    if kinds is None:
        return np.asarray(frame).dtype.kind in "iuf"
    return all(isinstance(kind, np.dtype) and kind.kind in "iuf" for kind in kinds)


def _from_numbers(cells: NDArray[Any], categories: Sequence[Hashable] | None) -> UnitTable:
    """The same as from labels, without a step for each cell."""
    known = ~np.isnan(cells) if cells.dtype.kind == "f" else np.ones(cells.shape, dtype=bool)
    found, at = _distinct(cells[known])
    labels = tuple(plain_label(label) for label in found)
    names = _categories(labels, categories)
    place: dict[Hashable | None, int] = {label: i for i, label in enumerate(names)}
    to = np.array(_placed(labels, place, names, "the table"), dtype=np.int64)
    codes = np.full(cells.shape, MISSING, dtype=np.int64)
    codes[known] = to[at.ravel()]
    return UnitTable(codes, names)


def _distinct(cells: NDArray[Any]) -> tuple[NDArray[Any], Ints]:
    """The values found, sorted, and the place of each cell among them. Whole numbers close together are counted, which is
    several times as fast as sorting them."""
    if len(cells) and np.isfinite(cells).all():
        low, high = cells.min(), cells.max()
        if float(high) - float(low) < 10_000:
            steps = (cells - low).astype(np.int64)
            if (steps + low == cells).all():
                seen = np.bincount(steps) > 0
                return (np.flatnonzero(seen) + low).astype(cells.dtype), (seen.cumsum() - 1)[steps]
    found, at = np.unique(cells, return_inverse=True)
    return found, at.ravel()


def _counted(counts: Any, what: str) -> NDArray[Any]:
    try:
        table = np.array(counts)
        table = table.astype(np.int64 if table.dtype.kind in "iub" or (table == np.floor(table)).all() else np.float64)
    except (TypeError, ValueError) as error:
        raise AgreementError(f"{what} holds numbers, rows of equal length: {error}.") from error
    if table.ndim != 2:
        raise AgreementError(f"{what} has rows and columns; this has {table.ndim} dimension(s).")
    if not np.isfinite(table).all() or (table < 0).any():
        raise AgreementError(f"{what} holds counts; one here is negative or missing.")
    return table


def _numbers(categories: Labels) -> Floats:
    try:
        return np.array([float(label) for label in categories], dtype=np.float64)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        wrong = next(label for label in categories if not _is_number(label))
        raise AgreementError(
            f"The category {wrong!r} is no number, so it has no distance to the others. Choose the nominal or ordinal level."
        ) from error


def _rows(values: Any) -> Any:
    return values.to_numpy(dtype=object, na_value=None) if hasattr(values, "to_numpy") else values
