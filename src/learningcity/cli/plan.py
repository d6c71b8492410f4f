"""``learningcity plan``: the group; each subcommand loads late."""

from __future__ import annotations

from learningcity import Text
from learningcity.cli.base import Group

_HERE = "learningcity.cli.plan_questions"

group = Group(
    "plan",
    text=Text(
        "What a city can learn: comparable awarded cities, what is seen in them and not here, practices and lessons. A city "
        "that is not in the atlas comes in a file with about ten numbers; template writes one.\n"
        "Not seen says that no public evidence was read, never that there is none; nothing here is a cause.",
        "一个城市可以借鉴什么：可比的获奖城市、那里已见而此处未见的内容、值得借鉴的举措与启示。图谱以外的城市用一个约含十个数字的文件描述，"
        "template可生成该文件。\n"
        "“未见”指未读到公开资料，并不表示不存在；以上均非因果结论。",
    ),
    examples=(
        "learningcity plan peers ningbo",
        "learningcity plan gaps riverton.toml",
        "learningcity plan lessons CHN --language zh",
    ),
    lazy={
        "peers": (
            f"{_HERE}:peers",
            Text("Awarded cities that a city can be compared with, and why.", "可与某城市相比的获奖城市及其理由。"),
        ),
        "gaps": (
            f"{_HERE}:gaps",
            Text("What is seen there and not here, and practices to learn from.", "那里已见而此处未见的内容，以及可借鉴的举措。"),
        ),
        "lessons": (
            f"{_HERE}:lessons",
            Text("Lesson cards for a country or a city.", "面向国家或城市的借鉴卡片。"),
        ),
        "template": (
            f"{_HERE}:template",
            Text("A file to describe a city that is not in the atlas.", "用于描述图谱以外城市的文件。"),
        ),
    },
)  # fmt: skip
