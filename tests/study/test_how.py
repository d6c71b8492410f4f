"""The lines of Python beside a finding run as they stand and give its numbers, on the shipped data and with other choices."""

from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter, of_cases
from learningcity.study.snippets import snippet
from learningcity.study.spec import Methods

#: What lines of a finding leave out, and why: q runs over all themes tried, the lines over one of them.
LEFT_OUT = {"styles.path": {"q"}}
#: Chapters whose findings are held here.
CHAPTERS = lc.Study().chapters
METHODS = Methods(permutations=99, draws=100)


def walk(section):
    yield from section.blocks
    for one in section.sections:
        yield from walk(one)


def hold(finding, given):
    found = dict(given(finding.how.code))
    left = next((names for key, names in LEFT_OUT.items() if finding.key.startswith(key)), set())
    assert found.keys() == finding.values.keys() - left, finding.key
    for name, value in found.items():
        held = finding.values[name]
        # A count of nothing is not in a count of what is there.
        assert value == pytest.approx(held, nan_ok=True), (finding.key, name)


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_lines_of_every_finding_give_its_numbers(chapter_of, given, name):
    findings = [b for b in walk(chapter_of(name)) if hasattr(b, "claim")]
    assert findings
    for one in findings:
        assert one.how is not None, one.key
        if one.key == "styles.survivors":
            assert one.how.command
            continue
        hold(one, given)


@pytest.fixture(scope="module")
def other():
    """The desk of a study of other cities by another coder under other policies."""
    cities = [c for c in lc.load_atlas().city_ids() if c not in ("cork", "beijing", "wuhan", "limerick")]
    study = lc.Study(
        methods=METHODS, coder="B", cases=tuple(cities), seed=7,
        codes=lc.CodingPolicy(levels=("own", "higher"), stances=("done", "planned")),
        facts=lc.FactPolicy(derive=False),
    )  # fmt: skip
    return Desk(study, of_cases(lc.load_atlas(), study.cases), ())


@pytest.mark.parametrize("name", ["background", "features", "experience", "styles"])
def test_they_follow_coder_cases_and_policies(other, given, name):
    built = walk(build_chapter(other, name))
    findings = [b for b in built if hasattr(b, "claim") and b.key != "styles.survivors"]
    assert findings
    for one in findings:
        hold(one, given)


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_lines_of_figures_run(chapter_of, given, name):
    for one in walk(chapter_of(name)):
        if not hasattr(one, "claim") and getattr(one, "how", None) is not None and one.how.code:
            assert given(one.how.code) is not None


def test_lines_name_the_data_of_the_study(tmp_path):
    study = lc.Study(data=tmp_path, base=False, facts=replace(lc.FactPolicy(), max_age=5))
    assert snippet(study, "atlas.table('population', facts)") == (
        f"import learningcity as lc\natlas = lc.load_atlas({str(tmp_path)!r}, base=False)\n"
        "facts = lc.FactPolicy(max_age=5)\natlas.table('population', facts)"
    )
    assert snippet(study, "") == ""
