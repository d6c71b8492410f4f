"""Pages on the steps of an index: what the code knows (registry) and what people say (steps.toml), in two languages.

``docs.make`` writes them; whatever lacks a method, a language or a field is an error, so code and pages stay in step.
"""

import inspect
import tomllib
from pathlib import Path
from typing import Any

from learningcity.index.methods import PROPERTIES, STEPS, Method, methods

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "zh")
WORDS = {
    "when": {"en": "When to use", "zh": "适用"},
    "not": {"en": "When not", "zh": "不适用"},
    "formula": {"en": "Formula", "zh": "公式"},
    "parameters": {"en": "Parameters", "zh": "参数"},
    "needs": {"en": "From the structure, or as parameters", "zh": "取自指标结构，或作为参数"},
    "properties": {"en": "Properties", "zh": "性质"},
    "none": {"en": "none claimed", "zh": "未声明"},
    "reference": {"en": "Reference", "zh": "文献"},
    "example": {"en": "Example", "zh": "示例"},
    "must": {"en": " (must be given)", "zh": "（必填）"},
    "method": {"en": "Method", "zh": "方法"},
    "name": {"en": "Name", "zh": "名称"},
    "other": {"en": "中文", "zh": "English"},
    "steps": {"en": "All steps", "zh": "全部步骤"},
}


def load(path: Path = HERE / "steps.toml") -> dict[str, Any]:
    """Read the texts; every one in both languages, every method there, none that the code does not know.

    Raises
    ------
    ValueError
        Everything that is missing or too much.
    """
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = []
    for name, page in told.items():
        wrong += _lacking(name, page, ("title", "what"))
        if not page.get("example", "").startswith(">>> "):
            wrong.append(f"{name}: no example")
        if name not in STEPS:
            wrong += _lacking(name, page, ("when", "not"))
            if "formula" not in page or "reference" not in page:
                wrong.append(f"{name}: formula or reference")
            continue
        given, known = page.get("method", {}), methods(name)
        wrong += [f"{name}.{m}: no text" for m in known if m not in given]
        wrong += [f"{name}.{m}: no such method" for m in given if m not in known]
        for m, section in given.items():
            wrong += _lacking(f"{name}.{m}", section, ("when", "not"))
            if not section.get("formula"):
                wrong.append(f"{name}.{m}: formula")
    wrong += [f"{step}: no page" for step in STEPS if step not in told]
    if wrong:
        raise ValueError("steps.toml: " + "; ".join(wrong))
    return told


def _lacking(name: str, section: dict[str, Any], fields: tuple[str, ...]) -> list[str]:
    return [
        f"{name}: {field} in {language}"
        for field in fields
        for language in LANGUAGES
        if not section.get(field, {}).get(language)
    ]


def index_pages(mark: str, path: Path = HERE / "steps.toml") -> dict[str, str]:
    """Give each page by its file name: one a step and language."""
    told = load(path)
    return {
        _file(name, language): _page(name, told, language, mark) for name in told for language in LANGUAGES
    }


def _file(name: str, language: str) -> str:
    return f"{name}.md" if language == "en" else f"{name}.{language}.md"


def _page(name: str, told: dict[str, Any], language: str, mark: str) -> str:
    page = told[name]
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    links = " · ".join(
        f"[{one['title'][language]}]({_file(key, language)})" if key != name else one["title"][language]
        for key, one in told.items()
    )
    parts = [
        f"# {page['title'][language]}\n",
        mark,
        f"[{WORDS['other'][language]}]({_file(name, other)})\n",
        page["what"][language] + "\n",
    ]
    if name in STEPS:
        parts += [_overview(name, language)]
        parts += [_section(m, page["method"][key], language) for key, m in methods(name).items()]
    else:
        parts += [_words(page, language), _line("reference", page["reference"], language)]
    parts += [f"## {WORDS['example'][language]}\n", f"```python\n{page['example'].strip()}\n```\n"]
    parts += [f"{WORDS['steps'][language]}: {links}"]
    return "\n".join(p for p in parts if p) + "\n"


def _overview(step: str, language: str) -> str:
    rows = [f"| {WORDS['method'][language]} | {WORDS['name'][language]} | {WORDS['properties'][language]} |",
            "| --- | --- | --- |"]  # fmt: skip
    rows += [
        f"| {m.label.in_(language)} | `{key}` | {_claims(m, language)} |" for key, m in methods(step).items()
    ]
    return "\n".join(rows) + "\n"


def _claims(method: Method, language: str) -> str:
    joint = {"en": "; ", "zh": "；"}[language]
    said = joint.join(PROPERTIES[p].in_(language) for p in sorted(method.properties))
    return said or WORDS["none"][language]


def _section(method: Method, section: dict[str, Any], language: str) -> str:
    parameters = [
        f"`{p}`" + (WORDS["must"][language] if value is inspect.Parameter.empty else f" = `{value!r}`")
        for p, value in method.parameters.items()
    ]
    colon, joint = {"en": (": ", ", "), "zh": ("：", "、")}[language]
    parts = [f"## {method.label.in_(language)}{colon}`{method.name}`\n", _words(section, language)]
    if method.needs:
        parts.append(_line("needs", joint.join(f"`{n}`" for n in method.needs), language))
    if parameters:
        parts.append(_line("parameters", joint.join(parameters), language))
    parts.append(_line("properties", _claims(method, language), language))
    parts.append(_line("reference", method.reference, language))
    return "\n".join(parts)


def _words(section: dict[str, Any], language: str) -> str:
    return "\n".join(
        [
            f"```text\n{section['formula'].strip()}\n```\n",
            _line("when", section["when"][language], language),
            _line("not", section["not"][language], language),
        ]
    )


def _line(word: str, text: str, language: str) -> str:
    colon = {"en": ": ", "zh": "："}[language]
    return f"**{WORDS[word][language]}**{colon}{text}\n" if text else ""
