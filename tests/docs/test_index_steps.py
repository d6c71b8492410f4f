"""The pages on the steps of an index: complete, in both languages, in step with the registry, examples that run."""

import doctest
import re
import sys
import tomllib
from pathlib import Path

import pytest

from learningcity.index.methods import STEPS, methods

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "index"
TEXTS = FOLDER / "steps.toml"
NAMES = tuple(tomllib.loads(TEXTS.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def pages():
    sys.path.insert(0, str(ROOT))
    try:
        from docs.index import pages as found
    finally:
        sys.path.remove(str(ROOT))
    return found


def test_every_step_of_the_issue_has_its_page_in_both_languages(pages):
    assert set(NAMES) == {"screen", "denominate", *STEPS, "uncertainty", "sensitivity", "contributions", "audit",
                          "trends", "compare", "readings"}  # fmt: skip
    for name, text in pages.index_pages("").items():
        assert (FOLDER / name).is_file()
        assert text.startswith("# ")
    assert len(pages.index_pages("")) == 2 * len(NAMES)


def test_every_method_stands_on_both_pages_with_its_claims_and_paper():
    looked_at = 0
    for step in STEPS:
        for language, ending in (("en", ".md"), ("zh", ".zh.md")):
            text = (FOLDER / f"{step}{ending}").read_text(encoding="utf-8")
            for name, method in methods(step).items():
                [section] = re.findall(rf"^## [^\n]*`{name}`\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
                assert method.reference in section
                assert all(f"`{p}`" in section for p in method.parameters)
                assert method.label.in_(language) in text
                looked_at += 1
    assert looked_at == 2 * sum(len(methods(s)) for s in STEPS) > 60


@pytest.mark.parametrize("name", NAMES)
def test_the_example_runs_and_is_the_same_in_both_languages(name):
    blocks = [
        re.findall(
            r"```python\n(.*?)```", (FOLDER / f"{name}{ending}").read_text(encoding="utf-8"), re.DOTALL
        )
        for ending in (".md", ".zh.md")
    ]
    assert blocks[0] == blocks[1]
    [code] = blocks[0]
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(doctest.DocTestParser().get_doctest(code, {}, name, None, 0), out=told.append)
    failed, tried = runner.summarize(verbose=False)
    assert failed == 0, "".join(told)
    assert tried >= 3


def test_links_between_the_pages_lead_somewhere():
    targets = [
        target
        for page in FOLDER.glob("*.md")
        for target in re.findall(r"\]\(([^)#\s:]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert len(targets) > 300
    assert all((FOLDER / t).exists() for t in targets)


def test_the_limits_on_the_page_of_the_audit_are_those_of_the_code():
    from learningcity.index.audit.result import LIMITS

    text = (FOLDER / "audit.md").read_text(encoding="utf-8")
    for said in (f"|skewness| > {LIMITS['skew']:g}", f"kurtosis > {LIMITS['kurtosis']:g}",
                 f"available < {LIMITS['available']:g}", f"r <= {LIMITS['negative']:g}", f"r < {LIMITS['weak']:g}",
                 f"r >= {LIMITS['collinear']:g}", f"{LIMITS['alpha']:g} for alpha"):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[weights.method.pca]", "[weights.method.pcs]", "weights.pca: no text; weights.pcs: no such method"),
        ('when.zh = "各项一分等值；贡献可精确相加。"', "", "aggregate.arithmetic: when in zh"),
        ('formula = "y = sum of w x"', 'formula = ""', "aggregate.arithmetic: formula"),
        ('title = {en = "Screen", zh = "筛选"}', 'title = {en = "Screen"}', "screen: title in zh"),
    ],
)
def test_a_text_that_is_missing_or_too_much_is_told(pages, tmp_path, old, new, told):
    text = TEXTS.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "steps.toml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(told)):
        pages.load(broken)
