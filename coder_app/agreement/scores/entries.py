"""The statistics of scores and ratings that the registry lists."""

from __future__ import annotations

from coder_app.agreement.data import Scores
from coder_app.agreement.entry import EXACTLY_TWO, TWO_OR_MORE, Statistic
from coder_app.agreement.scores.bland_altman import BlandAltmanOptions, bland_altman
from coder_app.agreement.scores.icc import IccOptions, icc

ENTRIES: tuple[Statistic, ...] = (
    Statistic(
        "icc",
        icc,
        IccOptions,
        takes=(Scores,),
        coders=TWO_OR_MORE,
        answers="What share of the variance of scores is due to the targets and not to the raters?",
        source="Shrout & Fleiss 1979",
    ),
    Statistic(
        "bland_altman",
        bland_altman,
        BlandAltmanOptions,
        takes=(Scores,),
        coders=EXACTLY_TWO,
        answers="By how much do two raters differ, on average and at the most?",
        source="Bland & Altman 1986, 1999",
        perfect=0.0,
        coder_order_matters=True,
    ),
)
