"""Kappa of two sequences of codes, aligned at the least cost: agreement on events where times are unknown or unwanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Codings, Ints, Sequences
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.alignment import Aligned, Band, Cells, Costs, align, optimal_tables
from coder_app.agreement.timed.coders import in_file_order, streams
from coder_app.agreement.timed.structural_zero import event_kappa
from coder_app.errors import AgreementError

NIL = "nil"


@dataclass(frozen=True, slots=True)
class AlignmentOptions:
    """Costs of an aligned pair of equal codes (`agree`) and of different codes (`substitution`), of an event only the first
    coder has (`deletion`) and only the second has (`insertion`). `count_tables`: look for all tables that cost as little."""

    agree: float = 0
    substitution: float = 1
    deletion: float = 1
    insertion: float = 1
    count_tables: bool = True


def event_alignment_kappa(data: Sequences | Codings, options: AlignmentOptions = AlignmentOptions()) -> AgreementResult:
    """Agreement beyond chance on the events of two sequences, those that one coder missed included.

    The sequences are aligned at the least total cost; ties go to pairing, then to deletion, then to insertion. The table of
    aligned pairs has a last row and column `nil` for events without a partner; both nil is a structural zero.

    Parameters
    ----------
    data : two sequences of codes; or two codings, whose events are taken in order of onset, each stream for itself.
    options : ``agree``, ``substitution``, ``deletion``, ``insertion``, ``count_tables``.

    Returns
    -------
    ``value``: kappa with the structural zero, with ``observed``, ``expected``, ``kappa_plain`` (nil taken as an ordinary
    category), ``kappa_structural_zero`` (as ``value``, but also where that is suppressed), ``n`` (pairs and single events),
    ``table`` (first coder in rows), ``categories`` (nil last), ``cost``, ``pairs`` (positions of aligned events), and
    ``optimal_tables`` (how many different tables cost as little; None where there are over 100 or the search is too long)
    with their ``optimal_kappas``, ``kappa_lowest`` and ``kappa_highest``. ``value`` is None, and ``undefined`` says why,
    with no_events, one_category (all pairs in one cell), or saturated (one code only: kappa would be 0 for any data).
    Raises: AgreementError (not two coders, a cost below zero).
    Source: Quera, Bakeman & Gnisci (2007), Behavior Research Methods 39, 39-49; Needleman & Wunsch (1970),
    doi:10.1016/0022-2836(70)90057-4; the structural zero: Bakeman & Robinson (1994). [U]: the costs GSEQ ships with.
    """
    costs = Costs.of(options.agree, options.substitution, options.deletion, options.insertion)
    sequences, positions = _sequences(data)
    k = len(data.categories)
    aligned = [_untimed(first, second, costs, options.count_tables) for first, second in sequences]
    pairs = [p.pairs for p in aligned]
    table = sum(
        (pair_table(p, a, b, k) for p, (a, b) in zip(pairs, sequences, strict=True)), np.zeros((k + 1, k + 1), np.int64)
    )
    spent = sum(len(a) * costs.deletion + len(b) * costs.insertion for a, b in sequences) - sum(p.saved for p in aligned)
    places = [np.stack([x[p[:, 0]], y[p[:, 1]]], axis=1) for p, (x, y) in zip(pairs, positions, strict=True)]
    kappa = event_kappa(table)
    parts = {
        "observed": kappa.observed,
        "expected": kappa.expected,
        "kappa_structural_zero": kappa.value,
        "kappa_plain": kappa.plain,
        "n": int(table.sum()),
        "table": table.tolist(),
        "categories": [*data.categories, NIL],
        "cost": spent / costs.scale,
        "pairs": np.concatenate([np.empty((0, 2), np.int64), *places]).tolist(),
        **_ties(aligned, sequences, options.count_tables, k),
        "variant": "ties: pair, deletion, insertion; each pair counted once; structural zero in closed form",
    }
    if kappa.undefined:
        return undefined("event_alignment_kappa", kappa.undefined, **parts)
    return AgreementResult("event_alignment_kappa", kappa.value, None, parts)


def pair_table(pairs: Ints, first: Ints, second: Ints, k: int) -> Ints:
    """The (K+1) x (K+1) table of pairs and of the events without one, nil last."""
    alone = [np.delete(codes, pairs[:, side]) for side, codes in enumerate((first, second))]
    rows = np.concatenate([first[pairs[:, 0]], alone[0], np.full(len(alone[1]), k)])
    columns = np.concatenate([second[pairs[:, 1]], np.full(len(alone[0]), k), alone[1]])
    counts = np.bincount(rows * (k + 1) + columns, minlength=(k + 1) ** 2)
    return counts.reshape(k + 1, k + 1).astype(np.int64)


def _sequences(data: Sequences | Codings) -> tuple[list[tuple[Ints, Ints]], list[tuple[Ints, Ints]]]:
    """Codes to align, stream by stream, and where each stood in what was read."""
    if isinstance(data, Sequences):
        if len(data.coders) != 2:
            raise AgreementError(f"Expected sequences of 2 coders, got {len(data.coders)}. Choose two.")
        first, second = data.codes()
        return [(first, second)], [(np.arange(len(first)), np.arange(len(second)))]
    places = streams(data)
    one, two = data.coders
    return [(one.code[a], two.code[b]) for a, b in places], [(in_file_order(one, a), in_file_order(two, b)) for a, b in places]


def _untimed(first: Ints, second: Ints, costs: Costs, every_move: bool) -> Aligned:
    n, m = len(first), len(second)

    def saving(rows: Ints, columns: Ints) -> Ints:
        return costs.saved(first[rows], second[columns])

    return align(Band(np.zeros(n, np.int64), np.full(n, m), m, saving), every_move)


def _ties(aligned: list[Aligned], sequences: list[tuple[Ints, Ints]], wanted: bool, k: int) -> dict[str, object]:
    """How many tables are optimal, and the range of their kappas; for one sequence only."""
    tables = None
    if wanted and len(aligned) == 1:
        tables = optimal_tables(aligned[0], *sequences[0])
    if tables is None:
        return {"optimal_tables": None, "optimal_kappas": None, "kappa_lowest": None, "kappa_highest": None}
    kappas = [event_kappa(_filled(table, *sequences[0], k)).value for table in tables]
    known = sorted(kappa for kappa in kappas if kappa is not None)
    return {
        "optimal_tables": len(tables),
        "optimal_kappas": known,
        "kappa_lowest": min(known, default=None),
        "kappa_highest": max(known, default=None),
    }


def _filled(cells: Cells, first: Ints, second: Ints, k: int) -> Ints:
    """The whole table from its cells of pairs."""
    table = np.zeros((k + 1, k + 1), dtype=np.int64)
    for (a, b), count in cells:
        table[a, b] = count
    table[:k, k] = np.bincount(first, minlength=k) - table[:k].sum(axis=1)
    table[k, :k] = np.bincount(second, minlength=k) - table[:k, :k].sum(axis=0)
    return table
