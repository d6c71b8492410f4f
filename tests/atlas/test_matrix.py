"""The matrix of practices and the influence of the coding, against a brute force on the frames and a tiny atlas."""

import itertools
import json

import pytest

from learningcity import CodingPolicy, UnknownNameError
from learningcity.atlas.conditions import why_not_counted

COLUMNS = {"area": "areas", "theme": "themes", "problem": "problem", "group": "groups", "stance": "stance"}


def parts(cell):
    return set(str(cell).split(";")) if isinstance(cell, str) and cell else set()


def brute(atlas, column, coder, policy=None, only=None):
    """Cells as sets of practices, by two plain loops over the codes."""
    city = dict(zip(atlas.practices["practice_id"], atlas.practices["city_id"], strict=True))
    timing = atlas.timing()
    per_pass = []
    for one in ("A", "B") if coder == "both" else (coder,):
        cells = {}
        for row in atlas.codes[atlas.codes["coder"] == one].to_dict("records"):
            practice = row["practice_id"]
            if only is not None and practice not in only:
                continue
            if policy and why_not_counted(
                policy, row["stance"], row["level"], row["subject"], timing[practice]
            ):
                continue
            mechanisms = parts(row["mechanism"])
            if policy is None or policy.second_mechanism:
                mechanisms |= parts(row["mechanism_2"])
            for cell in itertools.product(mechanisms, parts(row[COLUMNS[column]])):
                cells.setdefault(cell, set()).add(practice)
        per_pass.append(cells)
    if len(per_pass) == 1:
        return per_pass[0], city
    one, other = per_pass
    return {k: one[k] & other[k] for k in one if one[k] & other.get(k, set())}, city


@pytest.mark.parametrize("coder", ["A", "B", "both"])
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(
    "policy",
    [
        None,
        CodingPolicy(),
        CodingPolicy(second_mechanism=False, stances=("done", "planned"), timing="before"),
    ],
)
def test_matrix_is_what_two_loops_count(atlas, coder, column, policy):
    matrix = atlas.practice_matrix("mechanism", column, policy, coder)
    cells, city = brute(atlas, column, coder, policy)
    assert {k: set(v) for k, v in matrix.where.items()} == cells
    for row in matrix.counts.index:
        for name in matrix.counts.columns:
            found = cells.get((row, name), set())
            assert matrix.counts.at[row, name] == len(found)
            assert matrix.cities.at[row, name] == len({city[p] for p in found})
        of_row = set().union(*(v for (r, _), v in cells.items() if r == row))
        assert tuple(matrix.row_totals.loc[row]) == (len(of_row), len({city[p] for p in of_row}))
    for name in matrix.counts.columns:
        of_column = set().union(*(v for (_, c), v in cells.items() if c == name))
        assert tuple(matrix.column_totals.loc[name]) == (len(of_column), len({city[p] for p in of_column}))
    every = set().union(*cells.values())
    assert (matrix.practices, matrix.places) == (len(every), len({city[p] for p in every}))
    assert matrix.entries == matrix.counts.to_numpy().sum() == sum(map(len, cells.values()))


def test_some_practices_alone(atlas):
    only = set(atlas.practices["practice_id"][::7])
    matrix = atlas.practice_matrix(practices=only)
    assert {k: set(v) for k, v in matrix.where.items()} == brute(atlas, "area", "A", only=only)[0]
    empty = atlas.practice_matrix(practices=())
    assert (empty.practices, empty.entries, empty.counts.shape) == (0, 0, (7, 12))
    assert "0 practices" in empty.summary()
    assert "0项" in empty.summary("zh")


def test_a_reader_checks_it_by_eye(coded, new_practice, new_code):
    atlas = coded(
        [new_practice("p1"), new_practice("p2"), new_practice("p3", "b"), new_practice("p4")],
        [
            new_code("p1", mechanism="law", mechanism_2="policy", areas="10;11"),
            new_code("p1", "B", mechanism="law", areas="10"),
            new_code("p2", mechanism="law", areas="10"),
            new_code("p2", "B", mechanism="funding", areas="12"),
            new_code("p3", mechanism="law", areas="10", stance="planned"),
            new_code("p3", "B", mechanism="law", areas="10", stance="planned"),
            new_code("p4", areas=""),
        ],
    )
    a, both = atlas.practice_matrix(), atlas.practice_matrix(coder="both")
    assert a.where[("law", "10")] == ("p1", "p2", "p3")
    assert a.cities.at["law", "10"] == 2
    assert a.row_totals.at["law", "practices"] == 3
    assert a.counts.loc["law"].sum() == 4
    assert a.left_out == 1
    assert both.where == {("law", "10"): ("p1", "p3")}
    assert atlas.practice_matrix(policy=CodingPolicy()).where[("law", "10")] == ("p1", "p2")
    found = atlas.coding_influence()
    assert found.several_rows["A"] == pytest.approx(1 / 3)
    assert found.kept() == 2 / 6
    assert found.moved == 5
    row = found.agreement.set_index(["kind", "code"]).loc[("mechanism", "law")]
    assert (row["A"], row["B"], row["both"]) == (3, 2, 2)
    assert row["alike"] == pytest.approx(4 / 5)


def test_influence_by_brute_force(atlas):
    found = atlas.coding_influence()
    mine = {c: atlas.codes[atlas.codes["coder"] == c].set_index("practice_id") for c in "AB"}
    for coder, codes in mine.items():
        assert found.several_rows[coder] == pytest.approx(codes["mechanism_2"].notna().mean())
        several = codes["areas"].map(lambda a: len(parts(a)) > 1)
        assert found.several_columns[coder] == pytest.approx(several.mean())
    one, other = (brute(atlas, "area", c)[0] for c in "AB")
    moved = sum(
        len(one.get(k, ())) != len(other.get(k, ()))
        for k in itertools.product(found.matrices["A"].counts.index, found.matrices["A"].counts.columns)
    )
    assert found.moved == moved > 0
    row, column, gap = found.widest
    gaps = [abs(len(one.get(k, ())) - len(other.get(k, ()))) for k in {*one, *other}]
    assert gap == max(gaps) == abs(len(one[row, column]) - len(other[row, column]))
    both = brute(atlas, "area", "both")[0]
    assert found.kept() == pytest.approx(sum(map(len, both.values())) / sum(map(len, one.values())))
    for line in found.together.to_dict("records"):
        cell = one[line["row"], line["column"]]
        down = set().union(*(v for (r, _), v in one.items() if r == line["row"]))
        across = set().union(*(v for (_, c), v in one.items() if c == line["column"]))
        assert line["of_row"] == pytest.approx(len(cell) / len(down))
        assert line["of_column"] == pytest.approx(len(cell) / len(across))
        assert line["expected"] == pytest.approx(len(down) * len(across) / 597)
    pairs = set(zip(found.bound()["row"], found.bound()["column"], strict=True))
    assert {("funding", "12"), ("organization", "11"), ("policy", "10")} <= pairs
    areas = found.agreement[found.agreement["kind"] == "area"].set_index("code")
    for code, line in areas.iterrows():
        a, b = ({p for p, cell in codes["areas"].items() if code in parts(cell)} for codes in mine.values())
        assert (line["A"], line["B"], line["both"]) == (len(a), len(b), len(a & b))
        assert line["alike"] == pytest.approx(2 * len(a & b) / (len(a) + len(b)))
    # The table of agreement knows the same coefficient.
    alpha = atlas.agreement(draws=1).table()
    for code in areas.index:
        assert areas.at[code, "kappa"] == pytest.approx(alpha.at[f"area {code}", "kappa"])


def test_what_is_not_made_by_coding_is_not_called_so(atlas):
    cork = atlas.practices.loc[atlas.practices["city_id"].isin(["cork", "cuenca"]), "practice_id"]
    for columns in ("region", "timing"):
        found = atlas.coding_influence(columns=columns, practices=cork)
        assert "nearly name each other" not in found.summary()
    assert "nearly name each other" in atlas.coding_influence().summary()
    assert "几乎相互包含" in atlas.coding_influence().summary("zh")


def test_results_speak_both_languages_and_json(atlas):
    for result in (atlas.practice_matrix(), atlas.coding_influence(), atlas.coding_influence(practices=())):
        json.dumps(result.to_dict())
        assert result.summary("en") != result.summary("zh")
        assert "利益相关" not in result.summary("zh")
    table = atlas.practice_matrix().table()
    assert len(table) == 7 * 12
    assert table["practices"].sum() == atlas.practice_matrix().entries


@pytest.mark.parametrize(
    "arguments", [{"rows": "colour"}, {"columns": "colour"}, {"coder": "C"}, {"coder": "mean"}]
)
def test_unknown_names_are_told(atlas, arguments):
    with pytest.raises(UnknownNameError):
        atlas.practice_matrix(**arguments)


def test_no_codes_give_an_empty_matrix(coded, new_practice):
    atlas = coded([new_practice("p1")], [])
    for coder in ("A", "both"):
        assert atlas.practice_matrix(coder=coder).practices == 0
    assert atlas.coding_influence().practices == 0
    assert atlas.coding_influence().summary("zh")


def test_practices_are_searched_alone_in_both_languages(atlas):
    assert [h.id for h in atlas.search_practices("京学网")][:1] == ["beijing-02"]
    found = atlas.search_practices("MEDELLIN")
    mine = set(atlas.practices.loc[atlas.practices["city_id"] == "medellin", "practice_id"])
    assert mine <= {h.id for h in found}
    assert {h.kind for h in found} == {"practice"}
    assert {h.id for h in atlas.search_practices("爱尔兰")} >= set(
        atlas.practices.loc[atlas.practices["city_id"] == "cork", "practice_id"]
    )
    assert len(atlas.search_practices("elderly")) >= len(
        [s for s in atlas.practices["summary_en"] if "elderly" in s]
    )
