"""Labels, names of places, numbers with units: right in both languages, by hand."""

import csv
import math
import subprocess
import sys
from decimal import Decimal
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.core import InputError, UnknownNameError
from learningcity.standards import (
    country_name,
    format_number,
    format_value,
    label,
    labels,
    region_name,
    vocabulary,
)


def shipped(package, name):
    file = resources.files(package).joinpath("tables", f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_labels_in_both_languages():
    assert (label("mechanism", "law", "en"), label("mechanism", "law", "zh")) == ("law", "法规")
    assert label("direction", -1, "zh") == label("direction", "-1", "zh") == "越低越好"


def test_an_unknown_code_gives_itself_and_an_unknown_vocabulary_is_an_error():
    assert label("mechanism", "own code", "zh") == "own code"
    assert [label("mechanism", x) for x in (None, float("nan"), pd.NA)] == ["", "", ""]
    with pytest.raises(UnknownNameError) as caught:
        label("mechanisms", "law")
    assert caught.value.near == ("mechanism",)
    with pytest.raises(UnknownNameError):
        label("mechanism", "law", "fr")


def test_every_label_has_both_languages(monkeypatch):
    texts = [text for codes in labels().values() for text in codes.values()]
    assert len(texts) > 150
    assert all(t.en.strip() and t.zh.strip() for t in texts)
    tiny = [{"vocabulary": "v", "code": "c", "label_en": "word", "label_zh": "词"}]
    monkeypatch.setattr(vocabulary, "read_words", lambda name: tiny)
    assert labels.__wrapped__()["v"]["c"].zh == "词"


def test_names_that_mainland_usage_asks_for():
    names = {
        code: country_name(code, "zh") for code in ("TWN", "HKG", "MAC", "PSE", "CHN", "KOR", "PRK", "GBR")
    }
    assert names == {
        "TWN": "中国台湾", "HKG": "中国香港", "MAC": "中国澳门", "PSE": "巴勒斯坦",
        "CHN": "中国", "KOR": "韩国", "PRK": "朝鲜", "GBR": "英国",
    }  # fmt: skip
    assert [country_name(c) for c in ("TWN", "HKG", "MAC")] == [
        "Taiwan, China",
        "Hong Kong, China",
        "Macao, China",
    ]
    assert country_name("TUR") == "Türkiye"
    assert country_name("CIV") == "Côte d'Ivoire"


def test_every_country_of_the_atlas_has_a_name_in_both_languages():
    rows = shipped("learningcity.atlas", "members") + shipped("learningcity.atlas", "cities")
    codes = {row["country_iso3"] for row in rows}
    assert len(codes) > 70
    for code in codes:
        assert not country_name(code, "en").isupper()
        assert not any(c.isascii() and c.isalpha() for c in country_name(code, "zh"))
    regions = {row["unesco_region"] for row in rows}
    assert {region_name(r, "zh")[0] for r in regions} == set("非阿亚欧拉")


def test_overrides_differ_from_cldr_and_stand_in_both_places():
    from learningcity.standards.places import _cldr_names

    rows = shipped("learningcity.standards", "place-overrides")
    assert len(rows) > 10
    same = [
        r["iso3"]
        for r in rows
        if _cldr_names()[r["iso3"]].to_dict() == {"en": r["name_en"], "zh": r["name_zh"]}
    ]
    assert same == []


def test_unknown_places():
    assert country_name(None) == country_name(float("nan")) == region_name("") == ""
    for wrong in ("XYZ", "CH", "China"):
        with pytest.raises(UnknownNameError):
            country_name(wrong)
    with pytest.raises(UnknownNameError):
        region_name("EUR")


@pytest.mark.parametrize(
    ("value", "unit", "style", "en", "zh"),
    [
        (21858000, "persons", "exact", "21,858,000 persons", "2185.8万人"),
        (21858000, "persons", "words", "21.86 million persons", "2185.8万人"),
        (4376070000000, "CNY", "exact", "CNY 4,376,070,000,000", "43,760.7亿元"),
        (2001165000000, "CNY", "exact", "CNY 2,001,165,000,000", "20,011.65亿元"),
        (280100000000, "USD", "exact", "USD 280,100,000,000", "2801亿美元"),
        (12326500, "persons", "exact", "12,326,500 persons", "1232.65万人"),
        (13774000, "persons", "exact", "13,774,000 persons", "1377.4万人"),
        (12326512, "persons", "exact", "12,326,512 persons", "1232.6512万人"),
        (100000, "persons", "exact", "100,000 persons", "10万人"),
        (99999, "persons", "exact", "99,999 persons", "99,999人"),
        (-123456, "persons", "exact", "-123,456 persons", "-12.3456万人"),
        (123456789, "persons", "exact", "123,456,789 persons", "123,456,789人"),
        (100000000, "persons", "exact", "100,000,000 persons", "1亿人"),
        (123456.5, "CNY", "exact", "CNY 123,456.5", "123,456.5元"),
        (2.34, "percent/yr", "exact", "2.34% a year", "每年2.34%"),
        (-0.5, "percent/yr", "exact", "-0.5% a year", "每年-0.5%"),
        (4376070000000, "CNY", "words", "CNY 4.38 trillion", "43760.7亿元"),
        (12.3, "percent", "exact", "12.3%", "12.3%"),
        (0.25, "percent", "exact", "0.25%", "0.25%"),
        (1, "persons", "exact", "1 person", "1人"),
        (78.3, "years", "exact", "78.3 years", "78.3年"),
        (8569.15, "km2", "exact", "8,569.15 km²", "8,569.15平方公里"),
        (30, "ug/m3", "exact", "30 µg/m³", "30微克/立方米"),
        (17, "count", "exact", "17", "17"),
        (0, "persons", "exact", "0 persons", "0人"),
        (52.4, "per 100,000 inhabitants", "exact", "52.4 per 100,000 inhabitants", "每10万居民52.4"),
        (1.5, "percent of payroll", "exact", "1.5% of payroll", "占工资总额的1.5%"),
        (5000, "USD", "exact", "USD 5,000", "5,000美元"),
        (5000, "CHF", "exact", "CHF 5,000", "5,000瑞士法郎"),
        (12, "own unit", "exact", "12 own unit", "12 own unit"),
    ],
)
def test_figures_with_their_unit(value, unit, style, en, zh):
    assert format_value(value, unit, "en", style) == en
    assert format_value(value, unit, "zh", style) == zh


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (9999.96, "10,000", "1万"),
        (9999.9, "9,999.9", "9,999.9"),
        (999999.99, "1 million", "100万"),
        (99999999, "100 million", "1亿"),
        (999_940_000, "999.94 million", "10亿"),
        (-12345678, "-12.35 million", "-1234.6万"),
        (123456789, "123.46 million", "1.2亿"),
        (0.000123456, "0.000123", "0.000123"),
        (-0.0, "0", "0"),
    ],
)
def test_rounding_in_words(value, en, zh):
    assert format_number(value, "en", "words") == en
    assert format_number(value, "zh", "words") == zh


def test_missing_is_empty_and_never_zero():
    for missing in (None, float("nan"), pd.NA, np.float64("nan")):
        assert format_number(missing) == format_value(missing, "persons", "zh") == ""


def test_what_is_no_number_is_refused():
    for wrong in ("many", float("inf"), ""):
        with pytest.raises(InputError) as caught:
            format_number(wrong)
        assert "不是数字" in caught.value.in_("zh")
    with pytest.raises(UnknownNameError):
        format_number(1, "fr")
    with pytest.raises(UnknownNameError):
        format_number(1, "en", "short")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_exact_style_loses_nothing(value):
    assert float(format_number(value).replace(",", "")) == value


@given(st.one_of(st.floats(-1e16, 1e16), st.integers(-(10**16), 10**16), st.integers(-(10**9), 10**9)))
def test_exact_chinese_loses_nothing_and_stays_short(value):
    text = format_number(value, "zh")
    scale = {"万": 10**4, "亿": 10**8}.get(text[-1], 1)
    digits = text.rstrip("万亿").replace(",", "")
    assert Decimal(digits) * scale == Decimal(str(value))
    if scale > 1:
        assert abs(value) >= (10**5 if scale == 10**4 else 10**8)
        assert len(digits.partition(".")[2]) <= 4


@given(st.floats(min_value=-1e14, max_value=1e14), st.sampled_from(["en", "zh"]))
def test_words_stay_near_the_figure(value, language):
    scales = {"万": 1e4, "亿": 1e8, " million": 1e6, " billion": 1e9, " trillion": 1e12, "": 1.0}
    text = format_number(value, language, "words")
    word = next(w for w in scales if text.endswith(w))
    read = float(text.removesuffix(word).replace(",", "")) * scales[word]
    assert math.isclose(read, value, rel_tol=0.06)


def test_a_label_does_not_load_babel_or_pandas():
    code = (
        "import sys; from learningcity.standards import label, format_value, region_name;"
        "label('unit', 'km2', 'zh'); format_value(3, 'CNY', 'zh'); region_name('APA');"
        "print(sorted({'babel', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
