"""Texts, emptiness, errors, plain values, folding."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.core import (
    REPORTED,
    STATUSES,
    Emptiness,
    InputError,
    LearningCityError,
    SetupError,
    TableError,
    Text,
    UnknownNameError,
    bigrams,
    fold,
    home,
    is_han,
    join_texts,
    near_names,
    or_none,
    plain,
    runs,
)


def test_six_kinds_of_emptiness_have_words_in_both_languages():
    assert [e.value for e in Emptiness] == [
        "missing", "not applicable", "not published", "suppressed", "not confirmed", "not seen",
    ]  # fmt: skip
    words = {e.label.zh for e in Emptiness} | {e.label.en for e in Emptiness}
    assert len(words) == 12
    assert all(e.meaning.en and e.meaning.zh for e in Emptiness)
    assert "不表示不存在" in Emptiness.NOT_SEEN.meaning.zh
    assert REPORTED in STATUSES
    assert "not seen" not in STATUSES  # it is the absence of a row, never a row


def test_a_text_fills_its_slots_in_both_languages():
    text = Text("{n} in {place}", "{place}有{n}个").format(n=3, place=Text("Cork", "科克"))
    assert text == Text("3 in Cork", "科克有3个")
    assert join_texts((Text("a", "甲"), Text("b", "乙"))) == Text("a; b", "甲；乙")
    with pytest.raises(UnknownNameError, match="en"):
        text.in_("fr")


def test_errors_form_one_tree():
    assert issubclass(UnknownNameError, (InputError, LookupError))
    assert issubclass(InputError, (LearningCityError, ValueError))
    assert issubclass(TableError, InputError)
    assert issubclass(SetupError, (LearningCityError, RuntimeError))
    error = UnknownNameError("city", "wuhn", ["wuhan", "cork"])
    assert str(error) == "Unknown city 'wuhn'. Did you mean wuhan?"
    assert error.in_("zh") == "未知的城市“wuhn”。是否指：wuhan？"
    assert "There are: a, b." in str(UnknownNameError("round", "zzz", ["a", "b"]))


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=10), max_size=20))
def test_near_names_are_known_names(name, known):
    near = near_names(name, known)
    assert len(near) <= 3
    assert set(near) <= set(known)


def test_plain_values_are_what_json_holds():
    frame = pd.DataFrame({"a": [1, 2], "b": [np.nan, 0.5]}, index=pd.Index(["x", "y"], name="k"))
    frame["c"] = pd.array([None, 3], dtype="Int64")
    told = plain(
        {"frame": frame, "n": np.int64(3), "bad": float("inf"), "kind": Emptiness.NOT_SEEN, "t": (1, None)}
    )
    assert told == {
        "frame": [{"k": "x", "a": 1, "b": None, "c": None}, {"k": "y", "a": 2, "b": 0.5, "c": 3}],
        "n": 3, "bad": None, "kind": "not seen", "t": [1, None],
    }  # fmt: skip
    json.dumps(told, allow_nan=False)
    assert plain(pd.Series([1.0, np.nan], index=["a", "b"])) == {"a": 1.0, "b": None}
    assert [or_none(v) for v in (None, float("nan"), pd.NA, 0, "")] == [None, None, None, 0, ""]


@given(st.text(max_size=30))
def test_folding_is_stable_and_runs_rebuild_nothing_new(text):
    once = fold(text)
    assert fold(once) == once
    for run in runs(once):
        assert run in once


def test_folding_by_hand():
    assert fold("Bouaké NZÉRÉKORÉ Ｌｅａｒｎ") == "bouake nzerekore learn"
    assert runs(fold("学习型城市2.0 city")) == ["学习型城市", "2.0", "city"]
    assert bigrams("学") == ["学"]
    assert is_han("条例")
    assert not is_han("条a")


def test_the_own_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LEARNINGCITY_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"
    monkeypatch.delenv("LEARNINGCITY_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert home() == tmp_path / "learningcity"
    assert not home().exists()
