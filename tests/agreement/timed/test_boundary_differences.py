"""Differences of onsets and offsets: a case by hand for both kinds of link, points, and what is undefined."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from timed_events_kit import Event, codings, events

from coder_app.agreement.timed.boundary_differences import BoundaryOptions, boundary_differences
from coder_app.errors import AgreementError

# The pairs of the worked case of timed alignment, at tolerance 10 of tenths: onset differences 5, 10, 0, 0.
FIRST = [(0, 40, 0), (50, 90, 1), (100, 140, 0), (200, 240, 2), (300, 330, 1)]
SECOND = [(5, 40, 0), (60, 90, 1), (130, 160, 0), (200, 250, 1), (260, 280, 0), (300, 330, 1)]
DATA = codings(FIRST, SECOND, end=400)


def test_by_alignment() -> None:
    result = boundary_differences(DATA, BoundaryOptions("alignment", tolerance_us=10))
    # onsets 5, 10, 0, 0: mean 3.75, |.| median 2.5, SD^2 = (1.25^2 + 6.25^2 + 2 x 3.75^2)/3 = 22.91667
    assert result.value == result["onset"]["median_absolute_us"] == 2.5
    assert result["onset"]["mean_us"] == 3.75
    assert result["onset"]["sd_us"] == pytest.approx(22.916666667**0.5)
    assert result["onset"]["limits_us"][0] == pytest.approx(3.75 - 1.96 * 22.916666667**0.5)
    # offsets 0, 0, 10, 0; ratios 35/40, 30/40, 50/40, 1; the 90th percentile of |onset| 0, 0, 5, 10 is 5 + .7 x 5
    assert result["offset"]["mean_us"] == 2.5
    assert result["onset"]["p90_absolute_us"] == pytest.approx(8.5)
    assert result["duration_ratio"]["median"] == pytest.approx(0.9375)
    assert result["duration_ratio"]["mean"] == pytest.approx((0.875 * 0.75 * 1.25) ** 0.25)
    assert (result["n_linked"], result["n_wrong_code"]) == (4, 1)
    assert result["percent_unmatched"] == pytest.approx(3 / 11)
    assert result["codes"]["b"]["onset"]["mean_us"] == 5.0  # 10 and 0
    assert result["codes"]["c"]["onset"] == {**dict.fromkeys(result["onset"]), "n": 0}


def test_by_overlap() -> None:
    # Shares 35/40, 30/40, 10/60 (no), 40/50, 30/30: the same four pairs at .6
    result = boundary_differences(DATA)
    assert [pair["onset_difference_us"] for pair in result["pairs"]] == [5, 10, 0, 0]
    assert result["pairs"][2] == {
        "first": 3,
        "second": 3,
        "first_code": "c",
        "second_code": "b",
        "onset_difference_us": 0,
        "offset_difference_us": 10,
    }


def test_points_have_no_offset() -> None:
    result = boundary_differences(codings([(10, 10, 0)], [(13, 13, 0)]))
    assert (result.value, result["onset"]["sd_us"], result["offset"]["n"]) == (3.0, None, 0)
    assert result["duration_ratio"]["median"] is None


def test_undefined_and_wrong_calls() -> None:
    assert boundary_differences(codings([], [])).undefined == "no_events"
    apart = boundary_differences(codings([(0, 5, 0)], [(10, 15, 0)]))
    assert (apart.undefined, apart["percent_unmatched"]) == ("not_linked", 1.0)
    with pytest.raises(AgreementError, match="overlap or alignment"):
        boundary_differences(DATA, BoundaryOptions("near"))  # type: ignore[arg-type]


@given(events(8), events(8))
def test_figures_equal_those_of_the_standard_library(first: list[Event], second: list[Event]) -> None:
    result = boundary_differences(codings(first, second), BoundaryOptions(overlap=0.1, tolerance_us=5))
    apart = [second[p["second"]][0] - first[p["first"]][0] for p in result["pairs"]]
    assert [p["onset_difference_us"] for p in result["pairs"]] == apart
    if apart:
        assert result["onset"]["mean_us"] == pytest.approx(statistics.mean(apart))
        assert result.value == pytest.approx(statistics.median(map(abs, apart)))
    if len(apart) > 1:
        assert result["onset"]["sd_us"] == pytest.approx(statistics.stdev(apart))
        deciles = statistics.quantiles(map(abs, apart), n=10, method="inclusive")
        assert result["onset"]["p90_absolute_us"] == pytest.approx(deciles[-1])
