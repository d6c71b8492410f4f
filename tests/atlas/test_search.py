"""What people type finds what is written, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity.atlas.search import Document, SearchIndex, readings, tokens
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


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("武汉有多少所大学？", ["武汉", "大学"]),
        ("How many universities has Wuhan?", ["university", "wuhan"]),
        ("what is a learning city", ["learning", "city"]),
        ("武漢", ["武汉"]),
        ("the", ["the"]),  # nothing else is left, so the word itself is searched
        ("有多少", ["有多", "多少"]),
    ],
)
def test_questions_are_read_as_what_they_ask(query, first):
    assert readings(query)[0] == first


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("Limrick", "Limerick"), ("chengdoo", "Chengdu"), ("wuhn", "Wuhan"), ("太元", "太原"), ("Taiyuen", "Taiyuan"),
        ("liflong lerning", "lifelong learning"), ("wu han", "Wuhan"),
    ],
)  # fmt: skip
def test_slips_of_the_keyboard_are_mended_by_an_offer(atlas, query, offered):
    result = atlas.search(query)
    assert offered in result.suggestions
    assert offered in result.summary()
    assert "是否要找" in result.summary("zh")
    assert len(atlas.search(offered)) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("老人", "老年"), ("elderly", "older"), ("university Wuhan", "Wuhan universities"), ("武漢", "武汉")],
)
def test_words_that_stand_for_others_find_what_they_find(atlas, one, other):
    assert {h.id for h in atlas.search(other)} <= {h.id for h in atlas.search(one)}
    assert len(atlas.search(other)) > 0


def test_the_questions_of_the_home_page_find_their_answers_when_typed(atlas):
    asked = {
        "What law did Chengdu pass?": "chengdu-01",
        "成都通过了什么条例？": "chengdu-01",
        "How many universities has Wuhan, by which source and year?": "f0104",
        "武汉有多少所高校？": "f0104",
        "太原能否申请": "taiyuan",
    }
    for query, answer in asked.items():
        assert answer in [h.id for h in atlas.search(query)][:3]


def test_latin_phrases_are_whole_words():
    several = index(("art", "甲"), ("party", "乙"), ("start of art", "丙"))
    assert ids(several.search("art")) == ["0", "2"]


def test_what_is_not_confirmed_says_so(atlas):
    kinds = {d.kind: d.confirmed for d in atlas.search_index.documents}
    assert not kinds["feature"]
    assert not kinds["measurement"]
    assert kinds["area"]
    assert kinds["practice"]
    hit = next(h for h in atlas.search("voter turnout") if h.kind == "measurement")
    assert not hit.confirmed


def test_a_country_figure_is_never_titled_as_the_city_s_own(atlas):
    facts = atlas.facts.set_index("fact_id")["scope"]
    names = set(atlas.cities["name_en"])
    checked = 0
    for document in atlas.search_index.documents:
        if document.kind == "fact" and facts[document.id] == "country":
            assert document.title.en.split(":")[0] not in names
            checked += 1
    assert checked == 71


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
