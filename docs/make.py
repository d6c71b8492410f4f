"""Write the generated pages of the documentation, or with ``--check`` tell which are out of step.

python -m docs.make            write
python -m docs.make --check    change nothing; exit code 1 when a page differs
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

import learningcity as lc
from learningcity.cli import main

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 92
MARK = "<!-- Written by `make docs`; do not edit by hand. -->\n"


def commands(language: str) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Walk the tree of commands with the path under which each is called."""

    def walk(one: click.Command, parent: click.Context | None, name: str) -> Iterator:
        context = click.Context(one, parent, info_name=name, obj=language, terminal_width=WIDTH)
        yield context.command_path, one, context
        if isinstance(one, click.Group):
            for child in one.list_commands(context):
                yield from walk(one.get_command(context, child), context, child)

    yield from walk(main, None, "learningcity")


def cli_reference(language: str) -> str:
    """Give the help of every command as one page."""
    title = {"en": "Command line", "zh": "命令行"}[language]
    said = {
        "en": "Exit codes: 0 good, 1 bad use, 2 findings in the data. Tables are drawn on a terminal and "
        "written as tab-separated lines into a pipe. `--language` may stand anywhere; the default comes "
        "from `LEARNINGCITY_LANGUAGE` or the locale.",
        "zh": "退出码：0为正常，1为用法有误，2为数据有问题。表格在终端中绘制，写入管道时为制表符分隔的文本。"
        "`--language`可放在任意位置；默认取自`LEARNINGCITY_LANGUAGE`或系统语言。",
    }[language]
    parts = [f"# {title}\n", MARK, said + "\n"]
    for path, one, context in commands(language):
        parts.append(f"## {path}\n\n```text\n{one.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def data_licences() -> str:
    """Give the licences of texts, facts and statistical sources as one page."""
    sources = lc.load_atlas().statistical_sources.fillna("")
    rows = [
        f"| {_cell(r.title)} | {_cell(r.publisher)} | {_cell(r.licence)} | {_cell(r.producer_terms_to_confirm)} "
        f"| {_cell(r.url_or_repo)} |"
        for r in sources.itertuples()
    ]
    return "\n".join(
        [
            "# Licences of texts and data · 文字与数据的许可\n",
            MARK,
            "- **Our texts** (summaries of practices, definitions, labels, portraits, translations, documentation): "
            "[Creative Commons Attribution 4.0](https://creativecommons.org/licenses/by/4.0/), "
            '"The learningcity maintainers".',
            "- **Facts and figures** belong to nobody as such; each row names its source, and the terms of that "
            "source hold. Cite the source with the figure.",
            "- **Pages read** are named by title and address in `data/atlas/sources.csv`. No page is reproduced; "
            "`as_published` quotes a figure as the page printed it.",
            "- **Statistical sources** came through public mirrors. The table gives the licence as it was found "
            "there and the terms of the producer that are still to be confirmed before the figures are passed on.\n",
            "- **我们撰写的文字**（实践举措概述、定义、标签、城市画像、译文与文档）：知识共享署名4.0，"
            "署名“The learningcity maintainers”。",
            "- **事实与数据**本身不属于任何人；每行注明来源，并适用该来源的条款。引用数据时请同时注明来源。",
            "- **统计来源**经公开镜像取得。下表列出所见许可，以及在转交数据之前仍须向生产者确认的条款。\n",
            "| figures | publisher | licence as found | producer's terms, to be confirmed | where |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            f"{len(sources)} statistical sources. An empty cell means that nothing was seen, not that there are no terms.\n",
        ]
    )


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def pages() -> dict[str, str]:
    """Give every generated page by its path in the checkout."""
    from learningcity.atlas.build.docs import data_pages

    return {
        "docs/cli-reference.md": cli_reference("en"),
        "docs/cli-reference.zh.md": cli_reference("zh"),
        "LICENSE-DATA.md": data_licences(),
        **{f"docs/data/{name}": text for name, text in data_pages().items()},
    }


def out_of_step(root: Path = ROOT, write: bool = False) -> list[str]:
    """Name the pages that differ from what the generator gives; with ``write`` put them right."""
    different = []
    for name, wanted in pages().items():
        page = root / name
        if not page.exists() or page.read_text(encoding="utf-8") != wanted:
            different.append(name)
            if write:
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(wanted, encoding="utf-8")
    return different


if __name__ == "__main__":
    checking = "--check" in sys.argv[1:]
    found = out_of_step(write=not checking)
    for name in found:
        print(f"{name} {'is out of step: run make docs' if checking else 'written'}")
    print(f"{len(pages())} pages looked at, {len(found)} {'out of step' if checking else 'written'}")
    sys.exit(1 if checking and found else 0)
