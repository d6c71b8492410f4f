"""A document with every block there is, and one as large as any; both languages."""

from functools import cache

import learningcity as lc
from learningcity.core import Text
from learningcity.report import (
    Between,
    Bullets,
    Card,
    Coverage,
    Document,
    Figure,
    Finding,
    Head,
    How,
    Link,
    Number,
    P,
    Paragraph,
    Picture,
    Section,
    Source,
    Sources,
    Table,
    Word,
    say,
)

CODE = "import learningcity as lc\natlas = lc.load_atlas()\nlen(atlas.awards)"


@cache
def drawn(kind="awards"):
    """A picture of the atlas in both languages."""
    found = {}
    for language in ("en", "zh"):
        made = lc.chart(lc.load_atlas(), kind, language)
        rows = tuple(tuple(v if isinstance(v, str) else int(v) for v in row) for row in made.table.itertuples(index=False)) if kind == "awards" else ()  # fmt: skip
        found[language] = Picture(
            kind, made.title, made.alt, made.svg, made.caption, language, dict(made.heads), rows, tuple(map(str, made.table.columns))
        )  # fmt: skip
    return found


def how(**choices):
    return How(
        say("Awards were counted by round and region.", "按届次与地区统计获奖次数。"), CODE, "learningcity atlas awards", choices, 2026
    )  # fmt: skip


def finding(key, strength, *sources):
    return Finding(
        key,
        say(
            "In {n} {n:city|cities}, of which {city} is one, a law on learning was seen{sources}.",
            "在{n}个城市（包括{city}）见到有关学习的立法{sources}。",
            n=19, city=Word(Text("Cork", "科克"), Link("city", "cork")), sources=Sources(sources),
        ),
        strength,
        Coverage(49, 58, Text("awarded cities with coded practices", "有编码举措的获奖城市")),
        say(
            "The two coders give {range}; p is {p} after {n} tests.",
            "两名编码员分别得{range}；检验{n}次后p值为{p}。",
            range=Between(17, 21, 0), p=P(0.0321), n=24,
        ),
        how(policy="both", kinds=["law", "policy"], level=0.05),
        {"n": 19},
    )  # fmt: skip


SOURCES = {
    "s1": Source("s1", "Guiding documents", "https://uil.unesco.org/guide?a=1&b=2", "unesco", True),
    "s2": Source("s2", "https://odd.example/repost", "https://odd.example/repost", "doubtful", False),
    "s3": Source("s3", "苏州市终身教育条例", "https://www.suzhou.gov.cn/law", "official", True),
    "s4": Source("s4", "An article", "https://paper.example/4", "secondary", True),
}


def table(rows=14, short=5, key="law.cities"):
    return Table(
        key,
        say("Cities and what was seen in them{s}", "各城市所见{s}", s=Sources(("s3",))),
        (
            Head(Text("City", "城市")),
            Head(Text("Practices", "举措数"), True),
            Head(Text("Latest", "最近一项")),
        ),
        tuple(
            (
                say("{c}", "{c}", c=Word(Text(f"City {n}", f"城市{n}"), Link("city", f"city-{n}"))),
                say("{n}", "{n}", n=1000 * n) if n % 3 else None,
                say("a law of {y}", "{y}年立法", y=Number(2000 + n)),
            )
            for n in range(1, rows + 1)
        ),
        say("Cities in the order of the alphabet.", "按字母顺序排列。"),
        how(rule="default"),
        short,
    )


def document(language="en"):
    """Two chapters with every block."""
    law = Section(
        "law",
        Text("Law and policy", "法规与政策"),
        (
            Paragraph(
                say("How often is a law seen, and of which kind?", "立法类举措有多常见？属于哪一类？"),
                "question",
            ),
            Paragraph(
                say(
                    "A law was seen in a third of the cities, policy in nearly all: see {t}.",
                    "约三分之一的城市见到立法，几乎全部城市见到政策（见{t}）。",
                    t=Word(Text("the table", "下表"), Link("part", "law.cities")),
                ),
                "lede",
            ),
            Paragraph(
                say(
                    "Text with one source{a} and with several{b}, and {p} leads to a practice.",
                    "正文引用一个来源{a}，又引用多个来源{b}，{p}指向一项举措。",
                    a=Sources(("s1",)),
                    b=Sources(("s1", "s2", "s3")),
                    p=Word(Text("the ordinance", "条例"), Link("practice", "suzhou-01")),
                )
            ),
            finding("law.seen", "strong", "s1", "s3"),
            finding("law.kind", "weak"),
        ),
        (
            Section(
                "law.kinds",
                Text("Which kinds", "有哪些类别"),
                (
                    Paragraph(
                        say("Here the kinds are told apart, one after the other.", "以下依次区分各类。")
                    ),
                    Bullets((say("National law", "国家法律"), say("Ordinance of the city", "城市条例"))),
                    table(),
                    Bullets((say("First", "第一"), say("Second", "第二")), True),
                    finding("law.none", "nothing"),
                    Paragraph(say("To learn is to live.", "活到老，学到老。"), "quote"),
                    Paragraph(say("Not seen does not mean that there is none.", "未见不等于没有。"), "limit"),
                    Paragraph(
                        say("All cases without award are Chinese.", "未获奖案例均为中国城市。"), "limit"
                    ),
                ),
            ),
        ),
    )
    award = Section(
        "award",
        Text("The award", "学习型城市奖"),
        (
            Figure("award.rounds", say("Awards by round and region", "按届次与地区统计的获奖次数"), drawn(), how(), say("Five rounds.", "共五届。")),
            finding("award.count", "described", "s4"),
            Paragraph(say("A remark below.", "说明一则。"), "note"),
            Card(
                "award.lesson",
                say("Begin with a law{s}", "立法先行{s}", s=Sources(("s3",))),
                (
                    (Text("Finding", "发现"), say("A law was seen in {n} cities.", "{n}个城市见到立法。", n=19)),
                    (Text("Conditions of transfer", "借鉴条件"), say("A council that may pass one.", "具有立法权的市级人大。")),
                    (Text("Risk", "风险"), say("A law without means.", "有法而无保障。")),
                ),
            ),
        ),
    )  # fmt: skip
    return Document(
        "sample",
        Text("A sample of everything", "样例文档"),
        say("Computed from data {v}.", "依据数据版本{v}计算。", v=Word(Text("abc", "abc"))),
        (law, award),
        SOURCES,
        language,
        manifest={
            "package": "0.1.0",
            "data": "abc123",
            "seed": 2026,
            "hashes": {"facts": "aa", "codes": "bb"},
        },
    )


def large():
    """2,000 cells a table, and 40 figures."""
    one = drawn()
    caption = say("A figure", "一幅图")
    return Document(
        "large",
        Text("Large", "大文档"),
        say("Large.", "大。"),
        tuple(
            Section(
                f"c{c}",
                Text(f"Chapter {c}", f"第{c}章"),
                (
                    table(667, 10, f"c{c}.table"),
                    *(Figure(f"c{c}.f{n}", caption, one, how()) for n in range(10)),
                    *(finding(f"c{c}.x{n}", "weak", "s1", "s4") for n in range(10)),
                ),
            )
            for c in range(4)
        ),
        SOURCES,
    )
