"""Examples that work as they stand: each is run against the interface by the tests."""

from __future__ import annotations

import learningcity as lc

CURL = (
    (
        lc.Text("Cities awarded in 2019", "2019年的获奖城市"),
        "curl '{base}/api/v1/awards?round=2019'",
    ),
    (
        lc.Text("The same as CSV, into a file", "同上，存为CSV文件"),
        "curl -H 'Accept: text/csv' -o awards.csv '{base}/api/v1/awards?round=2019'",
    ),
    (
        lc.Text("May Taiyuan apply in 2024? In Chinese", "太原2024年可否申请（中文应答）"),
        "curl -H 'Accept-Language: zh' '{base}/api/v1/eligibility?city=taiyuan&round=2024'",
    ),
    (
        lc.Text("Universities in Wuhan, by source and year", "武汉的高校数，按来源与年份"),
        "curl '{base}/api/v1/facts?city=wuhan&indicator=universities_count'",
    ),
)

PYTHON = """import json
from urllib.parse import urljoin
from urllib.request import urlopen

address = "{base}/api/v1/practices?mechanism=law&coder=A&limit=20"
rows = []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    rows += page["data"]
    address = page["next"] and urljoin(address, page["next"])

print(len(rows), "of", page["total"], "practices, data", page["meta"]["versions"]["data"])
for row in rows[:3]:
    print(row["city_id"], row["title_en"], row["source_href"])
"""

R = """base <- "{base}/api/v1"
table <- read.csv(paste0(base, "/table?indicators=population,median_age&scopes=city,metro&format=csv"),
                  encoding = "UTF-8", na.strings = "")
wide <- reshape(table[, c("city_id", "indicator_id", "value")], direction = "wide",
                idvar = "city_id", timevar = "indicator_id")
head(wide)
table(table$emptiness, useNA = "ifany")
"""
