"""The statistics of timed events that the registry lists."""

from __future__ import annotations

from coder_app.agreement.data import Codings, PointPair, Sequences, Timeline
from coder_app.agreement.entry import EXACTLY_TWO, Statistic
from coder_app.agreement.timed.boundary_differences import BoundaryOptions, boundary_differences
from coder_app.agreement.timed.duration_kappa import DurationOptions, duration_kappa
from coder_app.agreement.timed.easydiag import EasyDiagOptions, easydiag
from coder_app.agreement.timed.event_alignment import AlignmentOptions, event_alignment_kappa
from coder_app.agreement.timed.event_f1 import EventF1Options, event_f1
from coder_app.agreement.timed.event_matching import event_matching
from coder_app.agreement.timed.matching import MatchRule
from coder_app.agreement.timed.point_matching import MatchOptions, point_matching
from coder_app.agreement.timed.time_unit_kappa import TimeUnitOptions, time_unit_kappa
from coder_app.agreement.timed.timed_alignment import TimedAlignmentOptions, timed_alignment_kappa

ENTRIES: tuple[Statistic, ...] = (
    Statistic(
        "time_unit_kappa",
        time_unit_kappa,
        TimeUnitOptions,
        takes=(Timeline, Codings),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond chance on which state holds, unit of time by unit of time?",
        source="Bakeman & Quera 2011; Bakeman, Quera & Gnisci 2009",
        coder_order_matters=True,
        uncertain="the tolerance rule of GSEQ, and where in a unit it looks",
    ),
    Statistic(
        "duration_kappa",
        duration_kappa,
        DurationOptions,
        takes=(Timeline, Codings),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond chance on which state holds, every moment counted, without any unit?",
        source="the limit of the kappa of time units; Cohen 1960",
    ),
    Statistic(
        "event_alignment_kappa",
        event_alignment_kappa,
        AlignmentOptions,
        takes=(Sequences, Codings),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond chance on which events followed one another, times left aside?",
        source="Quera, Bakeman & Gnisci 2007; Bakeman & Robinson 1994",
        coder_order_matters=True,
        uncertain="the costs and priorities GSEQ ships with",
    ),
    Statistic(
        "timed_alignment_kappa",
        timed_alignment_kappa,
        TimedAlignmentOptions,
        takes=(Codings,),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond chance on which events happened when, missed ones included?",
        source="Bakeman, Quera & Gnisci 2009; Bakeman & Robinson 1994",
        coder_order_matters=True,
        uncertain="the link rule of GSEQ, and whether it counts a pair twice",
    ),
    Statistic(
        "easydiag",
        easydiag,
        EasyDiagOptions,
        takes=(Codings,),
        coders=EXACTLY_TWO,
        answers="Do two coders mark the same stretches, and give them the same codes, beyond chance?",
        source="Holle & Rein 2015",
        uncertain="points, which the original does not have",
    ),
    Statistic(
        "event_matching",
        event_matching,
        MatchRule,
        takes=(Codings,),
        coders=EXACTLY_TWO,
        answers="What became of every event: hit, miss, extra, wrong code, shifted, split or merged?",
        source="definition; most pairs, then least distance",
        uncertain="the kinds and the order in which they are looked for",
    ),
    Statistic(
        "event_f1",
        event_f1,
        EventF1Options,
        takes=(Codings,),
        coders=EXACTLY_TWO,
        answers="What share of the events do two coders have in common at a tolerance?",
        source="definition; most pairs, then least distance",
    ),
    Statistic(
        "boundary_differences",
        boundary_differences,
        BoundaryOptions,
        takes=(Codings,),
        coders=EXACTLY_TWO,
        answers="How far apart do two coders put the onsets and offsets of the events both marked?",
        source="definition; Bland & Altman 1986",
        perfect=0.0,
    ),
    Statistic(
        "point_matching",
        point_matching,
        MatchOptions,
        takes=(PointPair,),
        coders=EXACTLY_TWO,
        answers="How many instants do two coders share at a tolerance?",
        source="definition; most pairs, then least distance",
    ),
)
