"""The statistics of segments, for the registry."""

from __future__ import annotations

from coder_app.agreement.data import Codings
from coder_app.agreement.entry import TWO_OR_MORE, Statistic
from coder_app.agreement.segments.alpha_u_1995 import AlphaU1995Options, alpha_u_1995
from coder_app.agreement.segments.gamma import GammaOptions, gamma
from coder_app.agreement.segments.gamma_cat import GammaCatOptions, gamma_cat
from coder_app.agreement.segments.gamma_k import GammaKOptions, gamma_k
from coder_app.agreement.segments.staccato import StaccatoOptions, staccato
from coder_app.agreement.segments.u_alpha import UAlphaOptions, u_alpha

ENTRIES: tuple[Statistic, ...] = (
    Statistic(
        "staccato",
        staccato,
        StaccatoOptions,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="Do coders mark the same stretches of time more often than markings placed at random would coincide?",
        source="Thomann 2000; Lücking, Ptock & Bergmann 2012",
        random=True,
        uncertain="The random placement and the formula of the degree of organisation; nuclei are as published.",
    ),
    Statistic(
        "u_alpha",
        u_alpha,
        UAlphaOptions,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="How far do coders agree, beyond chance, on where units stand in time and what they are?",
        source="Krippendorff, Mathet, Bouvry & Widlöcher 2016",
        uncertain="The erratum of 2016 was not read; the printed example is reproduced.",
    ),
    Statistic(
        "alpha_u_1995",
        alpha_u_1995,
        AlphaU1995Options,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="What would the superseded alpha_U of older reports say about where the units of each code stand?",
        source="Krippendorff 1995, 2004",
    ),
    Statistic(
        "gamma",
        gamma,
        GammaOptions,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="How much better do the coders' units fit together, in place and code, than random codings?",
        source="Mathet, Widlöcher & Métivier 2015",
        coder_order_matters=True,
        random=True,
    ),
    Statistic(
        "gamma_cat",
        gamma_cat,
        GammaCatOptions,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="How far do coders agree on the codes of the units that the best alignment takes for the same?",
        source="Mathet 2017",
        coder_order_matters=True,
        random=True,
        uncertain="Which variant is canonical: the paper's, or the one that charges units without partner.",
    ),
    Statistic(
        "gamma_k",
        gamma_k,
        GammaKOptions,
        takes=(Codings,),
        coders=TWO_OR_MORE,
        answers="How far do coders agree on one code among the units that the best alignment takes for the same?",
        source="Mathet 2017",
        coder_order_matters=True,
        random=True,
        uncertain="Which variant is canonical: the paper's, or the one that charges units without partner.",
    ),
)
