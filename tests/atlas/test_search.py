"""What people type finds what is written, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity.atlas.search import Document, SearchIndex, tokens
from learningcity.core import Text


def index(*pairs):
    return SearchIndex.build(
        Document("work", str(n), Text(en, zh), Text("", "")) for n, (en, zh) in enumerate(pairs)
    )


SMALL = index(
    ("Medellín: a library park", "麦德林：图书馆公园"),
    ("Law on lifelong learning", "终身学习促进条例"),
    ("Learning for older people", "老年教育"),
    ("Sønderborg and Pécs", "森讷堡与佩奇"),
    ("Lifelong education", "终身教育"),
)


def ids(result):
    return [hit.id for hit in result]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Medellin", ["0"]), ("medellín", ["0"]), ("ＭＥＤＥＬＬＩＮ", ["0"]), ("sonderborg pecs", ["3"]),
        ("终身学习", ["1"]), ("条例", ["1"]), ("老年", ["2"]), ("终身", ["4", "1"]), ("老", ["2"]),
        ("learn", ["2", "1"]), ("lifelong 条例", ["1"]), ("图书馆", ["0"]), ("xyzzy", []), ("  ", []), ("？！", []),
    ],
)  # fmt: skip
def test_small_index(query, found):
    assert sorted(ids(SMALL.search(query))) == sorted(found)


def test_language_limits_the_search():
    assert ids(SMALL.search("条例", "zh")) == ["1"]
    assert ids(SMALL.search("条例", "en")) == []
    assert ids(SMALL.search("law", "en")) == ["1"]


def test_the_exact_phrase_ranks_first():
    several = index(("a", "学习型社会与城市"), ("b", "学习型城市建设的若干问题研究"), ("c", "学习型城市"))
    assert ids(several.search("学习型城市"))[:2] == ["2", "1"]


def test_some_parts_are_shown_and_said_when_no_entry_has_all():
    result = SMALL.search("law xyzzy")
    assert ids(result) == ["1"]
    assert result.relaxed
    assert "some of them" in result.summary()
    assert "部分匹配" in result.summary("zh")


@given(st.text(max_size=40))
def test_any_query_gives_a_result(text):
    result = SMALL.search(text)
    assert len(result) == len(list(result)) == len(result.table())


@given(
    st.text(alphabet="学习城市条例法规政策", min_size=2, max_size=12), st.integers(0, 9), st.integers(2, 5)
)
def test_every_piece_of_a_han_text_finds_it(text, start, length):
    piece = text[start : start + length]
    if len(piece) >= 2:
        assert "0" in ids(index(("x", text)).search(piece))


def test_tokens_fold_and_pair():
    assert tokens("Ｗuhan 2185.8万人，学") == ["wuhan", "2185.8", "万人", "学"]


@pytest.mark.parametrize("query", ["终身学习", "条例", "老年", "Medellin"])
def test_the_shipped_atlas_finds_what_will_be_asked(atlas, query):
    for language in (None, "zh" if query != "Medellin" else "en"):
        result = atlas.search(query, language)
        assert len(result) > 0
        assert [h.score for h in result] == sorted((h.score for h in result), reverse=True)


@pytest.mark.parametrize(
    ("query", "kind", "id_"),
    [
        ("Medellin", "city", "medellin"), ("武汉", "city", "wuhan"), ("Chengdu law", "practice", "chengdu-01"),
        ("太原", "city", "taiyuan"), ("Hutchins", "concept", "hutchins-learning-society"),
    ],
)  # fmt: skip
def test_the_first_hit_is_the_one_meant(atlas, query, kind, id_):
    first = atlas.search(query)[0]
    assert (first.kind, first.id) == (kind, id_)


def test_universities_of_wuhan_are_found_with_both_sources(atlas):
    facts = {h.id for h in atlas.search("universities Wuhan") if h.kind == "fact"}
    assert facts == set(
        atlas.facts.loc[
            (atlas.facts["city_id"] == "wuhan") & (atlas.facts["indicator_id"] == "universities_count"),
            "fact_id",
        ]
    )


def test_every_kind_is_indexed(atlas):
    kinds = {d.kind for d in atlas.search_index.documents}
    assert kinds == {
        "city", "practice", "fact", "concept", "pillar", "area", "feature", "measurement", "criterion",
        "rule", "framework", "work", "indicator", "member", "term",
    }  # fmt: skip
    assert sum(d.kind == "practice" for d in atlas.search_index.documents) == 597
    assert sum(d.kind == "fact" for d in atlas.search_index.documents) == 906


def test_bad_queries_are_named():
    with pytest.raises(lc.InputError, match="200"):
        SMALL.search("x" * 201)
    with pytest.raises(lc.InputError, match="must be a text"):
        SMALL.search(5)
    with pytest.raises(lc.UnknownNameError, match="en"):
        SMALL.search("x", "fr")
