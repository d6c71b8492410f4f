"""The words of the screen of the study."""

from __future__ import annotations

import learningcity as lc

WORDS = {
    "study": lc.Text("The study", "研究"),
    "lede": lc.Text(
        "Who was awarded against what background, how these cities organise learning, what goes together, and what "
        "others may learn from it. Every sentence about data is computed from the tables of this site.",
        "哪些城市在怎样的背景下获奖，如何组织学习，哪些做法相伴出现，其他城市可以借鉴什么。凡涉及数据的句子，均由本站数据计算得出。",
    ),
    "findings": lc.Text("Key findings", "主要发现"),
    "findings_note": lc.Text(
        "Of each chapter what it found first, what held in every check, and what did not. The mark says how sure each one is.",
        "各章的首项发现、通过全部检验的发现，以及未获支持的结果；标记说明其可靠程度。",
    ),
    "no_findings": lc.Text("These data carry no finding.", "现有数据未得出任何发现。"),
    "chapters": lc.Text("Chapters", "章节"),
    "contents": lc.Text("Contents", "目录"),
    "before": lc.Text("Before", "上一章"),
    "after": lc.Text("Next", "下一章"),
    "chapter": lc.Text("Chapter", "章"),
    "made": lc.Text("How this was made", "如何生成"),
    "made_note": lc.Text(
        "The same data, choices and seed give the same study.", "数据、选项与随机种子相同，所得研究即相同。"
    ),
    "manifest": lc.Text("Versions, choices, seeds, hashes", "版本、选项、随机种子与哈希值"),
    "files": lc.Text("The study as files", "研究文件"),
    "whole": lc.Text("The whole study", "完整研究"),
    "brief": lc.Text("The brief", "专报"),
    "brief_note": lc.Text(
        "Two pages for somebody who decides: the question, three findings with how sure they are, three lessons with "
        "their sources, a chart, a table, and what may not be read from it.",
        "两页，供决策者阅读：研究问题、三项发现及其可靠程度、三条借鉴及来源、一幅图、一张表，以及局限；中文采用公文版式（GB/T 9704—2012），不含任何机关的版头。",
    ),
    "findings_file": lc.Text("Findings", "各项发现"),
    "chapter_files": lc.Text("Tables of this chapter", "本章数据表"),
    "workbook": lc.Text("Excel workbook", "Excel工作簿"),
    "waiting": lc.Text("The study is being computed", "研究正在计算"),
    "waiting_note": lc.Text(
        "It is computed from the data of this site and will be here in less than a minute. The page looks again by itself.",
        "研究依据本站数据计算，一分钟内即可完成，页面会自动刷新。",
    ),
    "failed": lc.Text("The study could not be computed", "研究未能完成计算"),
}


def words(language: str) -> dict[str, str]:
    """All words in one language."""
    return {key: word.in_(language) for key, word in WORDS.items()}


def progress(done: int, total: int, language: str) -> str:
    """Say how far it is."""
    return f"{done} of {total} chapters" if language == "en" else f"已完成{done}章，共{total}章"


def of_chapter(number: str, language: str) -> str:
    """Name a chapter by its number."""
    return f"Chapter {number}" if language == "en" else f"第{number}章"
