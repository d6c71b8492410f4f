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


def pages() -> dict[str, str]:
    """Give every generated page by its path in the checkout."""
    from docs.index.pages import index_pages

    from learningcity.atlas.build.docs import data_pages

    return {
        "docs/cli-reference.md": cli_reference("en"),
        "docs/cli-reference.zh.md": cli_reference("zh"),
        "LICENSE-DATA.md": lc.data_licences(lc.load_atlas(), MARK),
        **{f"docs/data/{name}": text for name, text in data_pages().items()},
        **{f"docs/index/{name}": text for name, text in index_pages(MARK).items()},
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
