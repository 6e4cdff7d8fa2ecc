"""The statistics of units by coders and of contingency tables that the registry lists."""

from __future__ import annotations

from coder_app.agreement.data import BaseRates, ContingencyTable, CountTable, UnitTable
from coder_app.agreement.entry import EXACTLY_TWO, TWO_OR_MORE, Statistic
from coder_app.agreement.tables.brennan_prediger import BrennanOptions, brennan_prediger
from coder_app.agreement.tables.cohen_kappa import KappaOptions, cohen_kappa
from coder_app.agreement.tables.conger_kappa import CongerOptions, conger_kappa
from coder_app.agreement.tables.fleiss_kappa import FleissOptions, fleiss_kappa
from coder_app.agreement.tables.gwet_ac import AC1Options, AC2Options, gwet_ac1, gwet_ac2
from coder_app.agreement.tables.krippendorff_alpha import AlphaOptions, krippendorff_alpha
from coder_app.agreement.tables.light_kappa import LightOptions, light_kappa
from coder_app.agreement.tables.observer_accuracy import (
    ExpectedKappaOptions,
    ObserverAccuracyOptions,
    expected_kappa,
    observer_accuracy,
)
from coder_app.agreement.tables.per_code import CodeOptions, per_code_agreement
from coder_app.agreement.tables.percent_agreement import PercentOptions, percent_agreement
from coder_app.agreement.tables.scott_pi import ScottOptions, scott_pi

_COUNTED = (UnitTable, CountTable, ContingencyTable)

ENTRIES: tuple[Statistic, ...] = (
    Statistic(
        "percent_agreement",
        percent_agreement,
        PercentOptions,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="On what share of the units, or of the time, do the coders agree, chance included?",
        source="definition",
    ),
    Statistic(
        "cohen_kappa",
        cohen_kappa,
        KappaOptions,
        takes=(UnitTable, ContingencyTable),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond what their own base rates would give by chance?",
        source="Cohen 1960, 1968; Fleiss, Cohen & Everitt 1969",
    ),
    Statistic(
        "scott_pi",
        scott_pi,
        ScottOptions,
        takes=(UnitTable, ContingencyTable),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond chance, if one set of base rates holds for both?",
        source="Scott 1955",
    ),
    Statistic(
        "fleiss_kappa",
        fleiss_kappa,
        FleissOptions,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="How far do several coders, who may change from unit to unit, agree beyond chance, overall and by category?",
        source="Fleiss 1971; Fleiss, Nee & Landis 1979; Gwet 2014",
    ),
    Statistic(
        "conger_kappa",
        conger_kappa,
        CongerOptions,
        takes=(UnitTable, ContingencyTable),
        coders=TWO_OR_MORE,
        answers="How far do several coders, the same for every unit, agree beyond what their own base rates would give?",
        source="Conger 1980; Gwet 2014",
    ),
    Statistic(
        "light_kappa",
        light_kappa,
        LightOptions,
        takes=(UnitTable,),
        coders=TWO_OR_MORE,
        answers="What is the mean kappa over all pairs of coders?",
        source="Light 1971",
    ),
    Statistic(
        "brennan_prediger",
        brennan_prediger,
        BrennanOptions,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="How far do coders agree beyond chance, if every category were equally likely (PABAK with two)?",
        source="Brennan & Prediger 1981; Byrt, Bishop & Carlin 1993; Gwet 2014",
    ),
    Statistic(
        "gwet_ac1",
        gwet_ac1,
        AC1Options,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="How far do coders agree beyond chance, in a way that one prevailing category does not upset?",
        source="Gwet 2008, 2014",
    ),
    Statistic(
        "gwet_ac2",
        gwet_ac2,
        AC2Options,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="What is AC1 with credit for near misses between ordered categories?",
        source="Gwet 2014",
        renaming_matters=True,
    ),
    Statistic(
        "krippendorff_alpha",
        krippendorff_alpha,
        AlphaOptions,
        takes=_COUNTED,
        coders=TWO_OR_MORE,
        answers="How reliable are codes or ratings of any level, of any number of coders, with some missing?",
        source="Krippendorff 2011, 2019",
    ),
    Statistic(
        "per_code_agreement",
        per_code_agreement,
        CodeOptions,
        takes=(UnitTable, ContingencyTable),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree on one code, and how rare is it?",
        source="Cicchetti & Feinstein 1990; Byrt, Bishop & Carlin 1993",
        renaming_matters=True,
    ),
    Statistic(
        "expected_kappa",
        expected_kappa,
        ExpectedKappaOptions,
        takes=(UnitTable, ContingencyTable, BaseRates),
        coders=EXACTLY_TWO,
        answers="Which kappa would observers of a given accuracy reach with these codes and base rates?",
        source="Bakeman, Quera, McArthur & Robinson 1997",
        perfect=None,
        uncertain="the base rates that KappaAcc takes",
    ),
    Statistic(
        "observer_accuracy",
        observer_accuracy,
        ObserverAccuracyOptions,
        takes=(UnitTable, ContingencyTable, BaseRates),
        coders=EXACTLY_TWO,
        answers="How accurate must two observers be to have reached this kappa, and which kappa is needed?",
        source="Bakeman, Quera, McArthur & Robinson 1997; Bakeman 2022",
        uncertain="the base rates that KappaAcc takes",
    ),
)
