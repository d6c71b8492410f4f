"""What is uncertain, as a file: the choices that uncertainty and sensitivity analysis share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from learningcity.core import (
    InputError,
    LearningCityError,
    Text,
    UnknownNameError,
    path_of,
    people_csv,
    write_whole,
)
from learningcity.index.documents import NONE, document_bytes, held, kind_of, read_document
from learningcity.index.files import OTHERS, plain_step, read_choice, read_place, read_step, told
from learningcity.index.methods import Choice, find
from learningcity.index.source_files import Sources, read_index_sources
from learningcity.index.spec import IndexSpec
from learningcity.index.uncertainty.factors import NAMES, read_choices
from learningcity.index.value_files import read_index_values

#: Fields whose alternatives may be given by level or code.
BY_PLACE = ("impute", "treat", "normalise", "aggregate")
SPREAD = ("noise", "dirichlet", "of")


class Alternative(dict[str, Any]):
    """Parameters or weights of an alternative: a dict that may be the key of a probability."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self)))

    def __eq__(self, other: object) -> bool:
        try:
            return super().__eq__(other)
        except ValueError:  # two tables: equal only where they are one
            return False

    def __ne__(self, other: object) -> bool:
        return not self == other


def read_index_choices(
    path: str | Path, spec: IndexSpec, *, notes: list[Text] | None = None
) -> dict[str, Any]:
    r"""Read what varies in an uncertainty or sensitivity analysis from a file.

    Parameters
    ----------
    path
        A TOML, JSON or YAML file. Its keys are those of the choices of ``uncertainty``:

        - ``screen``, ``denominate``, ``impute``, ``treat``, ``normalise``, ``weights``, ``aggregate``: a
          list of alternatives, each written as in a recipe, ``"none"`` for a step that is not taken. The
          alternatives of impute, treat, normalise and aggregate may be given by level or code:
          ``aggregate = {3 = ["arithmetic", "geometric"]}``;
        - ``weights = {noise = 0.25}``, by level ``{noise = {1 = 0.1, 2 = 0.25}}``, or ``{dirichlet =
          50}``; alternatives beside noise as ``of``;
        - ``drop``: codes, lists of codes, or ``"none"``;
        - ``coders``: name of a coder -> table of values, seen from the file;
        - ``sources``: the table that :func:`~learningcity.index.source_files.read_index_sources` reads,
          seen from the file.

        Alternatives are equally likely, unless they are written ``{minmax = 0.75, zscore = 0.25}`` or,
        where they have parameters, ``{alternative = ["minmax", {upper = 1.0}], probability = 0.75}``.
    spec
        The recipe that the choices belong to.
    notes
        As for :func:`~learningcity.index.value_files.read_index_values`.

    Returns
    -------
    dict
        The choices as ``uncertainty`` and ``sensitivity`` take them. Where it has ``"sources"``, the
        values are ``choices["sources"].over(values)``.

    Raises
    ------
    InputError
        No such file, or a value that cannot be used; file and key are named, and the nearest names where
        one is unknown.

    Examples
    --------
    >>> import tempfile
    >>> from learningcity.index import Structure
    >>> file = Path(tempfile.mkdtemp()) / "choices.yaml"
    >>> _ = file.write_text("normalise: [minmax, zscore]\nweights: {noise: 0.25}\n")
    >>> read_index_choices(file, IndexSpec(Structure.of({"INDEX": ["a", "b"]})))
    {'normalise': ['minmax', 'zscore'], 'weights': {'noise': 0.25}}
    """
    file = path_of(path)
    found: dict[str, Any] = {}
    document = read_document(file)
    if not document:
        raise InputError(
            Text(
                f"{file.name}: nothing varies; name at least one of {', '.join(NAMES)}.",
                f"{file.name}：没有变动因素，请至少给出一项：{'、'.join(NAMES)}。",
            )
        )
    for key, given in document.items():
        if key not in NAMES:
            raise told(file.name, key, UnknownNameError("option", key, NAMES))
        try:
            found[key] = _field(key, given, spec, file.parent, notes)
            if key not in ("coders", "sources"):
                read_choices({key: found[key]}, spec, None)
        except LearningCityError as error:
            raise told(file.name, key, error) from error
    if "coders" in found and "sources" in found:
        raise InputError(
            Text(
                f"{file.name}: coders and sources cannot both vary; give one of them.",
                f"{file.name}：coders与sources不能同时变动，请只取其一。",
            )
        )
    return found


def _field(key: str, given: Any, spec: IndexSpec, folder: Path, notes: list[Text] | None) -> Any:
    if key == "sources":
        return read_index_sources(folder / _file_name(given), spec.structure, notes=notes)
    if key == "coders":
        if not isinstance(given, Mapping) or not given:
            raise InputError(
                Text(
                    'it needs a table of values for each coder, such as {A = "a.csv", B = "b.csv"}.',
                    '须为每名编码员给出数据表，例如{A = "a.csv", B = "b.csv"}。',
                )
            )
        return {
            coder: read_index_values(folder / _file_name(table), spec.structure, notes=notes)
            for coder, table in given.items()
        }
    if key == "weights" and isinstance(given, Mapping) and {*SPREAD} & {*given}:
        spread = {k: v for k, v in given.items() if k != "of"}
        return {**spread, "of": _alternatives(key, given["of"], spec, folder)} if "of" in given else spread
    if key in BY_PLACE and isinstance(given, Mapping) and not _are_shares(given):
        return {
            read_place(place, spec.structure.by_code): _alternatives(key, below, spec, folder, placed=True)
            for place, below in given.items()
        }
    return _alternatives(key, given, spec, folder)


def _file_name(given: Any) -> str:
    if not isinstance(given, str) or not given:
        raise InputError(
            Text(f"{given!r} is not the name of a file.", f"{given!r}不是文件名。"),
        )
    return given


def _are_shares(given: Mapping[str, Any]) -> bool:
    return all(isinstance(v, int | float) and not isinstance(v, bool) for v in given.values())


def _alternatives(key: str, given: Any, spec: IndexSpec, folder: Path, placed: bool = False) -> Any:
    """A list where all are equally likely, else a dict alternative -> probability."""
    if isinstance(given, str):
        given = [given]
    if isinstance(given, Mapping) and given and _are_shares(given):
        given = [{"alternative": one, "probability": share} for one, share in given.items()]
    if not isinstance(given, list) or not given:
        raise InputError(
            Text(
                f"give a list of alternatives, or {{alternative = probability}}, not {given!r}.",
                f"须为备选方案的列表，或{{备选方案 = 概率}}，而不是{given!r}。",
            )
        )
    _refuse_one_method(key, given)
    likely = [isinstance(one, Mapping) and "alternative" in one for one in given]
    if any(likely) and not all(likely):
        raise InputError(
            Text(
                "give all alternatives a probability, or none.",
                "备选方案须全部给出概率，或全部不给。",
            )
        )
    found: list[tuple[Any, float]] = []
    seen: list[Any] = []
    for one in given:
        share: Any = 1.0
        if any(likely):
            for word in one:
                if word not in ("alternative", "probability"):
                    raise UnknownNameError("key", word, ("alternative", "probability"))
            one, share = one["alternative"], one.get("probability")
            if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share < float("inf"):
                raise InputError(
                    Text(
                        f"the probability of {one!r} is {share!r}; give a number of 0 or more.",
                        f"{one!r}的概率为{share!r}，须为非负数。",
                    )
                )
        same = _same(key, one)
        if same in seen:
            raise InputError(Text(f"{one!r} is given twice.", f"{one!r}重复给出。"))
        seen.append(same)
        found.append((_alternative(key, one, spec, folder, placed), share))
    return {_fixed(value): share for value, share in found} if any(likely) else [value for value, _ in found]


def _same(key: str, given: Any) -> Any:
    """What two alternatives share that are one: the order of codes says nothing, nor empty parameters."""
    if key == "drop" and given != NONE:
        codes = [given] if isinstance(given, str) else given
        return (
            sorted({*codes}) if isinstance(codes, list) and all(isinstance(c, str) for c in codes) else given
        )
    if isinstance(given, list) and len(given) == 2 and isinstance(given[0], str) and given[1] == {}:
        return given[0]
    return given


def _refuse_one_method(key: str, given: list[Any]) -> None:
    """``["minmax", {upper = 1.0}]`` is one method in a recipe, here it would be two alternatives."""
    if key not in (*BY_PLACE, "weights") or len(given) != 2 or not isinstance(given[1], Mapping):
        return
    if not isinstance(given[0], str) or given[0] == NONE or not given[1] or "alternative" in given[1]:
        return
    if {*given[1]} <= {*find(key, given[0]).parameters}:
        raise InputError(
            Text(
                f"{given!r} is one method with its parameters; put it into a list of alternatives: "
                f"[{given!r}, ...].",
                f"{given!r}是一个带参数的方法，须放入备选方案列表：[{given!r}, ...]。",
            )
        )


def _alternative(key: str, given: Any, spec: IndexSpec, folder: Path, placed: bool) -> Any:
    if key == "drop":
        if given == NONE:
            return None
        if not given or not isinstance(given, str | list) or not all(isinstance(c, str) for c in given):
            raise InputError(
                Text(
                    f"{given!r} is neither a code nor a list of codes.",
                    f"{given!r}既不是代码，也不是代码列表。",
                )
            )
        return tuple(given) if isinstance(given, list) else given
    if key == "denominate" and isinstance(given, str) and given != NONE:
        given = {"by": given}
    return read_choice(given) if placed else read_step(key, given, spec.structure, folder)


def _fixed(value: Any) -> Any:
    """The same value so that it may be a key."""
    if isinstance(value, Mapping):
        return Alternative(value)
    return tuple(map(_fixed, value)) if isinstance(value, tuple) else value


def write_index_choices(choices: Mapping[str, Any], path: str | Path) -> Path:
    """Write what varies into a file; :func:`read_index_choices` gives equal choices.

    Parameters
    ----------
    choices
        As ``uncertainty`` takes them; tables of coders, sources and denominators go into CSV files
        beside the file, ``<name>-<coder>.csv``, ``<name>-sources.csv``, ``<name>-denominators-1.csv``.
        Sources are those of :func:`~learningcity.index.source_files.read_index_sources`.
    path
        A file that ends in .toml, .json, .yaml or .yml; replaced whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        Another ending, or a value that no file can hold; the key is named.
    UnknownNameError
        A key that is no choice.

    Examples
    --------
    >>> import tempfile
    >>> file = write_index_choices({"drop": [None, "air"]}, Path(tempfile.mkdtemp()) / "choices.json")
    >>> print(file.read_text().strip())
    {
      "drop": [
        "none",
        "air"
      ]
    }
    """
    file = path_of(path)
    for one, content in choice_files(choices, file).items():
        write_whole(one, content)
    return file


def choice_files(choices: Mapping[str, Any], file: Path) -> dict[Path, bytes]:
    """Give the bytes of what varies and of the tables beside it, the choices last; nothing is written.

    Raises
    ------
    InputError, UnknownNameError
        As :func:`write_index_choices`.
    """
    kind_of(file)
    if not isinstance(choices, Mapping):
        raise InputError(
            Text(
                f"choices is {type(choices).__name__}; give a mapping.",
                f"choices为{type(choices).__name__}，须为映射。",
            )
        )
    beside: dict[Path, Any] = {}
    document = {}
    for key, given in choices.items():
        if key not in NAMES:
            raise UnknownNameError("option", key, NAMES)
        document[key] = _plain_field(key, given, file, beside)
    tables = {table: people_csv(frame) for table, frame in beside.items()}
    return {**tables, file: document_bytes(document, file)}


def _plain_field(key: str, given: Any, file: Path, beside: dict[Path, Any]) -> Any:
    if key == "sources":
        if not isinstance(given, Sources):
            raise InputError(
                Text(
                    "sources: only those of read_index_sources can be written into a file.",
                    "sources：只有read_index_sources所得的来源才能写入文件。",
                )
            )
        return _beside(given.rows, f"{file.stem}-sources.csv", file, beside)
    if key == "coders":
        return {
            str(coder): _beside(
                frame.rename_axis("uCode").reset_index(), f"{file.stem}-{_safe(coder)}.csv", file, beside
            )
            for coder, frame in given.items()
        }
    if key == "weights" and isinstance(given, Mapping) and {*SPREAD} & {str(k) for k in given}:
        spread = {k: held(key, v) for k, v in given.items() if k != "of"}
        if given.get("of") is not None:
            spread["of"] = _plain_alternatives(key, given["of"], file, beside)
        return spread
    if key in BY_PLACE and isinstance(given, Mapping) and not _are_shares(given):
        return {
            OTHERS if place in (None, "", OTHERS) else str(place): _plain_alternatives(
                key, below, file, beside
            )
            for place, below in given.items()
        }
    return _plain_alternatives(key, given, file, beside)


def _plain_alternatives(key: str, given: Any, file: Path, beside: dict[Path, Any]) -> Any:
    one_by_one = list(given) if isinstance(given, Mapping | list | tuple) else [given]
    plain = [_plain_one(key, one, file, beside) for one in one_by_one]
    if isinstance(given, Mapping):
        return [
            {"alternative": one, "probability": held(key, share)}
            for one, share in zip(plain, given.values(), strict=True)
        ]
    return plain


def _plain_one(key: str, given: Any, file: Path, beside: dict[Path, Any]) -> Any:
    if key == "drop":
        return NONE if given is None else given if isinstance(given, str) else [str(c) for c in given]
    if key == "denominate":
        by: Any = given.get("by") if isinstance(given, Mapping) else given
        if hasattr(by, "columns"):
            name = f"{file.stem}-denominators-{len(beside) + 1}.csv"
            where = _beside(by.rename_axis("uCode").reset_index(), name, file, beside)
            return {**given, "by": where} if isinstance(given, Mapping) else where
        return plain_step(key, given, file, {})
    if isinstance(given, Choice):
        given = given.to_plain()
    return plain_step(key, given, file, {})


def _safe(coder: Any) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in str(coder))


def _beside(frame: Any, name: str, file: Path, beside: dict[Path, Any]) -> str:
    place = file.with_name(name)
    while place in beside:
        place = place.with_name(f"{place.stem}_.csv")
    beside[place] = frame
    return place.name
