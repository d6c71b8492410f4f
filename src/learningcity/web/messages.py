"""The texts of the screens: collect them from templates and code, merge, compile.

``python -m learningcity.web.messages`` collects and compiles; with ``--check`` it changes nothing
and fails where the committed files are not in step. Django's own command would want GNU gettext,
which many machines lack; Babel is here anyway.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
PO = HERE / "locale" / "zh" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

#: How gettext is called in code, and what Django makes of the tags of a template.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]
    "npgettext": ((1, "c"), 2, 3),  # type: ignore[dict-item]
}


def collect() -> Catalog:
    """Collect every text of templates and code that is to be translated."""
    from django.utils.translation.template import templatize

    catalog = Catalog(locale="zh", project="learningcity", charset="utf-8")
    for path in sorted(HERE.rglob("*")):
        if path.suffix not in (".html", ".py"):
            continue
        text = path.read_text(encoding="utf-8")
        code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        name = path.relative_to(HERE).as_posix()
        for line, message, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            catalog.add(message, locations=[(name, line)], context=context)
    return catalog


def merged() -> Catalog:
    """Give the committed translations with new texts added and old ones dropped; nothing is guessed."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale="zh", domain="django")
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Give the text file, sorted by text, without line numbers that change with every edit."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, no_location=True, omit_header=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Give the compiled file."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def stale() -> list[str]:
    """Name what is not in step: files to be written again, texts without a Chinese one."""
    catalog = merged()
    found = [p.name for p, now in ((PO, po_bytes), (MO, mo_bytes)) if p.read_bytes() != now(catalog)]
    return found + [str(message.id) for message in catalog if message.id and not translated(message)]


def translated(message: object) -> bool:
    """Whether every form of a text has its Chinese."""
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]  # type: ignore[attr-defined]
    return all(strings) and not message.fuzzy  # type: ignore[attr-defined]


def main(arguments: list[str]) -> int:
    """Run from the command line: 0 good, 2 something is not in step or not translated."""
    if "--check" not in arguments:
        catalog = merged()
        PO.write_bytes(po_bytes(catalog))
        MO.write_bytes(mo_bytes(catalog))
    found = stale()
    for name in found:
        sys.stderr.write(f"not in step or not translated: {name}\n")
    return 2 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
