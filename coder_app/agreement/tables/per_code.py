"""Agreement on one code, as present or absent, with what is needed to read it: prevalence, bias, specific agreement."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.agreement.data import ContingencyTable, UnitTable
from coder_app.agreement.result import AgreementResult
from coder_app.agreement.tables.cohen_kappa import KappaOptions, cohen_kappa

_NAME = "per_code_agreement"


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """`code`: position of the code in the categories; all others together are its absence."""

    code: int = 0


def per_code_agreement(data: UnitTable | ContingencyTable, options: CodeOptions = CodeOptions()) -> AgreementResult:
    """Kappa of one code against everything else, and the figures without which it misleads where a code is rare.

    With a = both, b = first only, c = second only, d = neither and N = a + b + c + d: positive agreement
    p_pos = 2a / (2a + b + c), negative agreement p_neg = 2d / (2d + b + c), prevalence index (a - d) / N, bias index
    (b - c) / N (both signed), PABAK = 2 po - 1, kappa_max with the margins as they are.

    Parameters
    ----------
    data : units of two coders, shape (n_units, 2), or their K x K table in units or microseconds.
    options : ``code``, the position of the code.

    Returns
    -------
    ``value`` is kappa (None with no_units or one_category) with ``both``, ``first_only``, ``second_only``, ``neither``,
    ``n``, ``observed``, ``expected``, ``p_pos``, ``p_neg``, ``prevalence_first``, ``prevalence_second``, ``prevalence``
    (mean of the two), ``prevalence_index``, ``bias_index``, ``pabak``, ``kappa_max``. A part without a value is None and
    stands in ``undefined_parts`` with its reason (never_used, always_used, no_units, one_category).
    Source: Cicchetti & Feinstein (1990), doi:10.1016/0895-4356(90)90159-M; Byrt, Bishop & Carlin (1993),
    doi:10.1016/0895-4356(93)90018-V; Cohen (1960) for kappa_max.
    """
    table = data.contingency() if isinstance(data, UnitTable) else data
    two = table.collapsed(options.code)
    kappa = cohen_kappa(two, KappaOptions(standard_errors=False))
    (a, b), (c, d) = two.counts.tolist()
    parts = {"both": a, "first_only": b, "second_only": c, "neither": d, "n": two.total}
    parts |= {"observed": kappa["observed"], "expected": kappa["expected"]}
    return AgreementResult(_NAME, kappa.value, kappa.undefined, parts | _derived(a, b, c, d, kappa))


def _derived(a: float, b: float, c: float, d: float, kappa: AgreementResult) -> dict[str, object]:
    """What follows from the four cells; parts without a value are None, with their reasons."""
    n = a + b + c + d
    if n == 0:
        names = (*_SHARES, "p_pos", "p_neg", "kappa_max")
        return {**dict.fromkeys(names), "undefined_parts": dict.fromkeys(names, "no_units")}
    gaps: dict[str, str] = {}
    return {
        "p_pos": _share(2 * a, 2 * a + b + c, "p_pos", "never_used", gaps),
        "p_neg": _share(2 * d, 2 * d + b + c, "p_neg", "always_used", gaps),
        "prevalence_first": (a + b) / n,
        "prevalence_second": (a + c) / n,
        "prevalence": (2 * a + b + c) / (2 * n),
        "prevalence_index": (a - d) / n,
        "bias_index": (b - c) / n,
        "pabak": 2 * (a + d) / n - 1,
        "kappa_max": _kappa_max(a, b, c, d, kappa, gaps),
        "undefined_parts": gaps,
    }


_SHARES = ("prevalence_first", "prevalence_second", "prevalence", "prevalence_index", "bias_index", "pabak")


def _share(part: float, whole: float, name: str, reason: str, gaps: dict[str, str]) -> float | None:
    if whole == 0:
        gaps[name] = reason
        return None
    return part / whole


def _kappa_max(a: float, b: float, c: float, d: float, kappa: AgreementResult, gaps: dict[str, str]) -> float | None:
    """The kappa of the best table with these margins."""
    if kappa.undefined is not None:
        gaps["kappa_max"] = kappa.undefined
        return None
    best = (min(a + b, a + c) + min(c + d, b + d)) / (a + b + c + d)
    return float((best - kappa["expected"]) / (1.0 - kappa["expected"]))
