"""A study as a file: which data, cases, policies, methods, target, languages and seed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any

from learningcity.atlas import Atlas, CodingPolicy, FactPolicy
from learningcity.core import (
    LANGUAGES,
    InputError,
    Text,
    UnknownNameError,
    names_of,
    os_reason,
    path_of,
    whole_number,
)
from learningcity.plan import OwnCity, read_own_city, target_of

#: Chapters in the order of reading.
CHAPTERS = (
    "introduction", "concepts", "award", "background", "features", "experience", "styles", "lessons", "methods",
)  # fmt: skip
KEYS = (
    "name",
    "title",
    "data",
    "base",
    "data_version",
    "cases",
    "target",
    "languages",
    "seed",
    "coder",
    "chapters",
)
TABLES = ("facts", "codes", "methods")


@dataclass(frozen=True)
class Methods:
    """How much work the methods do, and where a line is drawn.

    Parameters
    ----------
    permutations
        Shuffles of each test; the background, where over a hundred pairs are asked, takes ten times as many.
    draws
        Draws of each uncertainty analysis.
    level
        The false discovery rate up to which something counts as found.
    inclusion, pri
        Cuts of the truth tables, set before anything is looked at.
    """

    permutations: int = 9999
    draws: int = 1000
    level: float = 0.05
    inclusion: float = 0.8
    pri: float = 0.5

    def __post_init__(self) -> None:
        whole_number(self.permutations, "permutations", 19, 1_000_000)
        whole_number(self.draws, "draws", 100, 1_000_000)
        for name, least, most in (("level", 0.0, 1.0), ("inclusion", 0.5, 1.01), ("pri", -0.01, 1.01)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not least < value < most:
                low, high = max(least, 0.0), min(most, 1.0)
                raise InputError(
                    Text(
                        f"{name} lies between {low:g} and {high:g}, not {value!r}.",
                        f"{name}须在{low:g}与{high:g}之间，不能为{value!r}。",
                    )
                )


@dataclass(frozen=True)
class Study:
    """What a study asks of which data.

    Parameters
    ----------
    name
        For files: "award-cities".
    title
        In both languages.
    data
        A folder or file with own tables, as for :func:`learningcity.load_atlas`; None = as shipped.
    base
        False = the own tables alone.
    data_version
        The fingerprint of the tables the study was written for; another one is told, None = any.
    cases
        The cities that are studied; () = all coded ones.
    target
        For whom the lessons are: a country (ISO 3166-1 alpha-3), a city, or a file (.toml, .csv) that describes
        another city, see :func:`learningcity.read_own_city`.
    languages
        Of the document.
    seed
        Of all random numbers.
    coder
        Whose codes.
    chapters
        Those wanted, see ``CHAPTERS``.
    facts, codes
        Policies for figures and codes.
    methods
        How much work is done.
    """

    name: str = "award-cities"
    title: Text = field(
        default_factory=lambda: Text(
            "How award-winning learning cities learn: a comparative study of the UNESCO Learning City Award",
            "获奖学习型城市何以善学：联合国教科文组织学习型城市奖获奖城市比较研究",
        )
    )
    data: Path | None = None
    base: bool = True
    data_version: str | None = None
    cases: tuple[str, ...] = ()
    target: str | OwnCity = "CHN"
    languages: tuple[str, ...] = LANGUAGES
    seed: int = 2026
    coder: str = "A"
    chapters: tuple[str, ...] = CHAPTERS
    facts: FactPolicy = field(default_factory=FactPolicy)
    codes: CodingPolicy = field(default_factory=CodingPolicy)
    methods: Methods = field(default_factory=Methods)

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", names_of(self.languages, "languages", LANGUAGES))
        chosen = names_of(self.chapters, "chapters", CHAPTERS)
        object.__setattr__(self, "chapters", tuple(one for one in CHAPTERS if one in chosen))
        object.__setattr__(self, "cases", tuple(self.cases))
        if isinstance(self.target, str) and self.target.lower().endswith((".toml", ".csv")):
            object.__setattr__(self, "target", read_own_city(self.target))
        whole_number(self.seed, "seed", 0, 2**31 - 1)

    def check(self, atlas: Atlas) -> None:
        """Say at once, before anything is computed, where the study names what is not in the data.

        Raises
        ------
        UnknownNameError
            A case, a coder or a city for whom the lessons are; the nearest names are told.
        InputError
            A country of which the atlas holds no city.

        Examples
        --------
        >>> import learningcity as lc
        >>> lc.Study(cases=("corc",)).check(lc.load_atlas())
        Traceback (most recent call last):
            ...
        learningcity.core.errors.UnknownNameError: Unknown city 'corc'. Did you mean cork?
        """
        for city in self.cases:
            atlas.require_city(city)
        coders = sorted(map(str, atlas.codes["coder"].unique()))
        if self.coder not in coders:
            raise UnknownNameError("coder", self.coder, coders)
        if "lessons" in self.chapters:
            target_of(atlas, self.target)


def read_study(path: str | PathLike[str]) -> Study:
    """Read a study from a TOML file.

    Parameters
    ----------
    path
        Keys ``name``, ``title = {en, zh}``, ``data`` (seen from the file), ``base``, ``data_version``,
        ``cases``, ``target``, ``languages``, ``seed``, ``coder``, ``chapters``, and tables ``[facts]``,
        ``[codes]``, ``[methods]`` with the fields of the policies; all may be left out.

    Raises
    ------
    InputError
        The file cannot be read, or a key or value is unknown; the nearest names are told.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "my.toml"
    ...     _ = file.write_text('target = "IRL"')
    ...     read_study(file).target
    'IRL'
    """
    where = path_of(path)
    try:
        held = tomllib.loads(where.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            Text(f"{where} cannot be read: {os_reason(error).en}", f"无法读取{where}：{os_reason(error).zh}")
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Text(f"{where} is no TOML file: {error}", f"{where}不是TOML文件：{error}")) from None
    return study_of(held, where.parent)


def study_of(held: Mapping[str, Any], folder: Path | None = None) -> Study:
    """Make a study of what a file holds; paths are seen from ``folder``."""
    for key in held:
        if key not in (*KEYS, *TABLES):
            raise UnknownNameError("key", str(key), (*KEYS, *TABLES))
    given: dict[str, Any] = {key: value for key, value in held.items() if key in KEYS}
    if "title" in given:
        given["title"] = _title(given["title"])
    if given.get("data") is not None:
        given["data"] = (folder or Path()) / str(given["data"])
    target = given.get("target")
    if isinstance(target, str) and target.lower().endswith((".toml", ".csv")):
        given["target"] = read_own_city((folder or Path()) / target)
    for key in ("cases", "languages", "chapters"):
        if key in given:
            # No cases named are all cases.
            given[key] = () if key == "cases" and given[key] == [] else names_of(given[key], key)
    for key, made in (("facts", FactPolicy), ("codes", CodingPolicy), ("methods", Methods)):
        if key in held:
            given[key] = _policy(key, made, held[key])
    return Study(**given)


def _title(given: Any) -> Text:
    if not isinstance(given, Mapping) or set(given) != {"en", "zh"}:
        raise InputError(
            Text(
                "title = {en = ..., zh = ...}: both languages.",
                "title须同时给出两种语言：{en = ..., zh = ...}。",
            )
        )
    return Text(str(given["en"]), str(given["zh"]))


def _policy(name: str, made: type, held: Any) -> Any:
    known = [one.name for one in fields(made)]
    if not isinstance(held, Mapping):
        raise InputError(Text(f"[{name}] is a table of choices.", f"[{name}]须为一组选项。"))
    for key in held:
        if key not in known:
            raise UnknownNameError("key", f"{name}.{key}", [f"{name}.{one}" for one in known])

    def frozen(value: Any) -> Any:
        return tuple(frozen(one) for one in value) if isinstance(value, list) else value

    return made(**{key: frozen(value) for key, value in held.items()})
