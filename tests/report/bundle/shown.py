"""How a spreadsheet shows a number, written from the rules of number formats; a hostile document; one of the study."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

import learningcity as lc
from learningcity.core import Text
from learningcity.report import (
    Coverage,
    Document,
    Finding,
    Head,
    How,
    Link,
    Number,
    Paragraph,
    Section,
    Share,
    Source,
    Sources,
    Table,
    Word,
    say,
)

_PART = re.compile(r'(?:"([^"]*)")?(#,##0|0)(?:\.(0+))?(%?)(?:"([^"]*)")?')


def displayed(value, style):
    """What stands in the cell on the screen."""
    low, _, rest = style.rpartition(";")
    if low:
        limit, words = re.fullmatch(r'\[<([\d.]+)\]"([^"]*)"', low).groups()
        if value < float(limit):
            return words
    before, whole, places, percent, after = _PART.fullmatch(rest).groups()
    # A spreadsheet multiplies the decimal number that it shows, not its binary neighbour.
    held = Decimal(repr(value)) * (100 if percent else 1)
    digits = held.quantize(Decimal(1).scaleb(-len(places or "")), ROUND_HALF_EVEN)
    number = f"{digits:,f}" if whole == "#,##0" else f"{digits:f}"
    if not digits:
        number = number.removeprefix("-")
    return f"{before or ''}{number.replace('-', '−')}{percent}{after or ''}"


@cache
def award():
    """The chapter on the award of the study, of the shipped atlas."""
    return lc.run_study(lc.Study(chapters=("award",))).document


EVIL = ("=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "\x01\x1b[31m", '"quoted", <b>&', "a/b\\c*[?]:" * 5)


def hostile():
    """A document all of whose texts try something; every key, head, caption and title differs."""

    def of(n):
        return Text(EVIL[n % len(EVIL)] + (f" {n}" if n >= len(EVIL) else ""), EVIL[n % len(EVIL)] + f"号{n}")

    def phrase(n):
        return say("{w}{s}", "{w}{s}", w=Word(of(n)), s=Sources(("=s1", "../s2")))

    tables = tuple(
        Table(
            key,
            phrase(n),
            (*(Head(of(m)) for m in range(3)), Head(Text("=n", "=数"), True)),
            tuple(
                (phrase(r), None, phrase(r + 1), say("{v}", "{v}", v=Number(-1.5 * r, 1))) for r in range(9)
            ),
            phrase(n + 1),
        )
        for n, key in enumerate(("../../evil", "evil", "evil-", "findings", "表", "Read me", "history"))
    )
    finding = Finding(
        "=f()", phrase(0), "weak", Coverage(1, 2, of(1)), phrase(2), How(phrase(3), "=code()", "-cmd", {"=c": "=v"}, 1),
        {"=x": "=y", "z": -0.25},
    )  # fmt: skip
    sources = {
        "=s1": Source("=s1", "=title()", "javascript:alert(1)", "official", True),
        "../s2": Source("../s2", "@title", "https://example.org/" + "a" * 3000, "unesco", True),
    }
    blocks = (finding, *tables, Paragraph(phrase(5), "limit"))
    section = Section("=section", of(0), blocks)
    return Document("=../key", of(0), phrase(1), (section,), sources, manifest={"=m": "=1", "data": "+2"})


def units():
    """A table whose rows differ in their unit, with shares and probabilities."""
    from learningcity.report import P, Year

    def row(name, value, share, p):
        return (
            say("{w}", "{w}", w=Word(Text(name, name), Link("source", "s1"))),
            say("{v}{s}", "{v}{s}", v=value, s=Sources(("s1",))),
            say("{v}", "{v}", v=Share(share, 1)),
            say("{v}", "{v}", v=P(p)),
            say("{y}", "{y}年", y=Year(2015)),
        )

    heads = ("What", "Value", "Share", "p", "Year")
    table = Table(
        "u.table",
        say("Units", "单位"),
        tuple(Head(Text(one, f"{one}列"), n > 0) for n, one in enumerate(heads)),
        (
            row("a", Number(21858000, unit="persons"), 0.2963, 0.032),
            row("b", Number(12.3, unit="percent"), 1.0, 0.0000123),
            row("c", Number(27200.4, 0, "USD"), 0.005, 1.0),
            row("d", Number(-0.2184, 2), 0.0, 0.5),
        ),
    )
    source = Source("s1", "One", "https://example.org/1", "official", True)
    return Document("u", Text("Units", "单位"), say("U.", "单。"), (Section("u", Text("U", "单"), (table,)),), {"s1": source})  # fmt: skip
