"""Statistics of two or more codings: numbers in, results out.

>>> from coder_app.agreement import UnitTable, compute
>>> units = UnitTable.of([["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]], ["a", "b"])
>>> round(compute("cohen_kappa", units).value, 3)
0.5
"""

from coder_app.agreement.data import (
    MISSING,
    BaseRates,
    Codings,
    ContingencyTable,
    CountTable,
    EventTable,
    PointPair,
    Scores,
    Sequences,
    Sessions,
    Timeline,
    Track,
    UnitTable,
)
from coder_app.agreement.entry import Statistic
from coder_app.agreement.registry import STATISTICS, compute
from coder_app.agreement.result import REASONS, AgreementResult

__all__ = [
    "MISSING",
    "REASONS",
    "STATISTICS",
    "AgreementResult",
    "BaseRates",
    "Codings",
    "ContingencyTable",
    "CountTable",
    "EventTable",
    "PointPair",
    "Scores",
    "Sequences",
    "Sessions",
    "Statistic",
    "Timeline",
    "Track",
    "UnitTable",
    "compute",
]
