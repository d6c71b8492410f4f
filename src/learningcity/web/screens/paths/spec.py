"""The question as a study file and as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import json
import shlex

from learningcity.web.screens.paths.query import Question

FILE = "paths.toml"


def toml(question: Question) -> bytes:
    """The study that ``learningcity explain ... --study`` reads; conditions must be named."""
    text = json.dumps
    lines = [
        "# A question of qualitative comparative analysis to the cities of the Learning City Atlas",
        f"name = {text(f'Paths to {question.outcome}')}",
        f"outcome = {text(question.outcome)}",
        f"conditions = {text(list(question.conditions))}",
        f"inclusion_cut = {question.inclusion!r}",
        f"pri_cut = {question.pri!r}",
        f"frequency_cut = {question.frequency}",
        f"solution = {text(question.solution)}",
    ]
    if question.expectations:
        lines += ["", "[expectations]", *(f"{name} = {sign}" for name, sign in question.expectations)]
    lines += ["", "[atlas]", *(f"{key} = {text(value)}" for key, value in evidence(question).items())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def evidence(question: Question) -> dict[str, str]:
    """Whose codes, what an empty score becomes, and which practices count."""
    return {"coder": question.coder, "not_seen": question.not_seen, "timing": question.timing}


def options(question: Question, *, solution: bool = True) -> list[str]:
    """The options of a command of ``explain``."""
    asked = [
        "--atlas", "--outcome", question.outcome, "--conditions", ",".join(question.conditions),
        "--coder", question.coder, "--not-seen", question.not_seen, "--timing", question.timing,
        "--inclusion", repr(question.inclusion), "--pri", repr(question.pri), "--frequency", str(question.frequency),
    ]  # fmt: skip
    if solution:
        asked += ["--solution", question.solution]
        for name, sign in question.expectations:
            asked += ["--expect", f"{name}={sign}"]
    return asked


def commands(question: Question, *, solved: bool) -> list[list[str]]:
    """The commands that give the numbers of the page, as words."""
    start = ["learningcity", "explain"]
    found = [[*start, "truth-table", *options(question, solution=False)]]
    if solved:
        found.append([*start, "minimise", *options(question)])
        if question.robustness:
            found.append([*start, "robustness", *options(question)])
        if question.permutations:
            more = ["--permutations", str(question.permutations), "--seed", str(question.seed)]
            found.append([*start, "permutation", *options(question), *more])
    found.append([*start, "minimise" if solved else "truth-table", "--study", FILE])
    return found


def lines(question: Question, *, solved: bool) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(question, solved=solved)]
