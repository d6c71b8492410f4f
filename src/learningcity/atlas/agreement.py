"""How far the coding passes agree, per condition, with intervals that draw whole cities."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from learningcity.atlas.conditions import (
    MECHANISMS,
    THEMES,
    CodingPolicy,
    condition_label,
    condition_scores,
    conditions_of,
)
from learningcity.atlas.versions import AtlasResult
from learningcity.core import (
    Text,
    alpha_interval,
    cohen_kappa,
    join_texts,
    krippendorff_alpha,
    whole_number,
)
from learningcity.standards import label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

#: Krippendorff names it as the lowest alpha from which tentative conclusions may be drawn.
TENTATIVE_ALPHA = 0.667
#: Share of equal codes from which a low alpha says that a variable hardly varies.
_NEARLY_ALL = 0.9
NOMINAL = ("mechanism", "subject", "level", "stance", "problem")
CAVEAT = Text(
    "The passes are machine-assisted readings by one protocol. Their agreement says that the protocol is "
    "clear; it does not say that it is right, and no human expert has coded yet.",
    "各次编码均为按同一规程进行的机器辅助阅读。一致性高说明规程清楚，并不说明编码正确；目前尚无专家人工编码。",
)


@dataclass(frozen=True)
class AgreementResult(AtlasResult):
    """Agreement of the coders, one row a variable; never pooled into one number.

    ``frame`` has the index ``variable`` and the columns ``label_en``, ``label_zh``, ``kind`` (code, mechanism, theme, area, group;
    seen = whether a condition is seen in a city at all; score = its score where both see it), ``level`` of measurement, ``n`` (units coded by at least two), ``percent`` (0 to 1),
    ``kappa`` (Cohen; two coders only), ``alpha`` (Krippendorff), ``alpha_low``, ``alpha_high`` (95 %
    percentile bootstrap over cities). NaN where a coefficient is not defined, because only one value
    occurs.
    """

    frame: pd.DataFrame
    coders: tuple[str, ...]
    draws: int
    seed: int | None

    def table(self) -> pd.DataFrame:
        """Give one row a variable."""
        return self.frame

    def summary(self, language: str = "en") -> str:
        """Say the weakest and strongest variables, and what agreement does not say."""
        alpha = self.frame["alpha"].dropna()
        if alpha.empty:
            text = Text("No alpha is defined for these codes.", "这些编码无法计算α系数。")
        else:
            low, high = alpha.idxmin(), alpha.idxmax()
            text = Text(
                f"Coders {', '.join(self.coders)}: Krippendorff's alpha from {alpha[low]:.2f} ({low}) to "
                f"{alpha[high]:.2f} ({high}) over {len(alpha)} variables.",
                f"编码员{'、'.join(self.coders)}：{len(alpha)}个变量的Krippendorff α系数从{alpha[low]:.2f}"
                f"（{variable_label(low).zh}）到{alpha[high]:.2f}（{variable_label(high).zh}）。",
            )
        gap = " " if language == "en" else ""
        return gap.join(t.in_(language) for t in (text, *self._said_of_low(), CAVEAT))

    @property
    def low_though_alike(self) -> tuple[str, ...]:
        """Variables whose alpha is low although nearly all codes agree; see :func:`is_low_though_alike`."""
        rows = zip(self.frame.index, self.frame["percent"], self.frame["alpha"], strict=True)
        return tuple(str(v) for v, percent, alpha in rows if is_low_though_alike(percent, alpha))

    def _said_of_low(self) -> tuple[Text, ...]:
        if not self.low_though_alike:
            return ()
        names = join_texts([variable_label(v) for v in self.low_though_alike], ", ", "、")
        return (
            Text(
                f"Nearly every unit has the same value in: {names.en}; there a single difference pulls alpha "
                "down although at least 90 % of the codes agree.",
                f"以下变量几乎所有单元取值相同：{names.zh}；虽有90%以上的编码一致，个别分歧即会使α系数大幅降低。",
            ),
        )


def is_low_though_alike(percent: float, alpha: float) -> bool:
    """Tell whether alpha is low although nearly all codes agree; False where one of them is not defined.

    This is a warning about a low alpha, and narrower than near-constant (``NEAR_CONSTANT`` of the core: the share of
    the commonest code, whatever alpha is), which is what ``near_constant`` of ``lc.agreement`` and
    ``lc.atlas_agreement`` says: where nearly all codes are the same, one difference pulls alpha down, but it need not.

    Examples
    --------
    >>> is_low_though_alike(0.98, 0.4), is_low_though_alike(0.98, 0.9), is_low_though_alike(0.6, 0.4)
    (True, False, False)
    """
    return bool(percent >= _NEARLY_ALL and alpha < TENTATIVE_ALPHA)


_KIND_WORDS = {
    "mechanism": Text("mechanism", "举措类别"),
    "theme": Text("visible theme", "呈现的特征"),
    "area": Text("area", "领域"),
    "group": Text("group", "人群"),
    "seen": Text("seen", "是否见到"),
    "score": Text("score", "得分"),
    "subject": Text("subject", "主题"),
    "level": Text("level", "层级"),
    "stance": Text("stance", "状态"),
    "problem": Text("problem", "问题"),
    "strength": Text("strength", "证据强度"),
}


def variable_label(variable: str) -> Text:
    """The name of a row of the agreement table in both languages.

    Examples
    --------
    >>> variable_label("score law").zh
    '得分：法规'
    """
    kind, _, code = variable.partition(" ")
    word = _KIND_WORDS.get(kind, Text(kind, kind))
    if not code:
        return word
    if kind in ("mechanism", "seen", "score", "theme"):
        what = condition_label(code)
    else:
        what = Text(
            code if kind == "area" else label(kind, code, "en"),
            code if kind == "area" else label(kind, code, "zh"),
        )
    return Text(f"{word.en}: {what.en}", f"{word.zh}：{what.zh}")


def pass_agreement(atlas: Atlas, *, draws: int = 1000, seed: int | None = 0) -> AgreementResult:
    """Measure how far the coders agree on each code, mechanism, theme, area and condition score.

    Parameters
    ----------
    atlas
        Its codes, by two or more coders.
    draws, seed
        Bootstrap over cities for the interval of alpha.

    Returns
    -------
    AgreementResult
        One row a variable.

    References
    ----------
    Krippendorff (2004), doi 10.1111/j.1468-2958.2004.tb00738.x; Cohen (1960),
    doi 10.1177/001316446002000104.

    Examples
    --------
    >>> import learningcity as lc
    >>> table = lc.load_atlas().agreement(draws=50).table()
    >>> round(float(table.at["mechanism", "alpha"]), 2)
    0.98
    """
    import pandas as pd

    draws = whole_number(draws, "draws", 1)
    if seed is not None:
        seed = whole_number(seed, "seed")
    coders = tuple(sorted(set(atlas.codes["coder"])))
    rows: list[dict[str, Any]] = []
    for name, kind, level, ratings in coded_variables(atlas, coders):
        rows.append(_row(name, kind, level, ratings, draws, seed))
    frame = pd.DataFrame(rows).set_index("variable")
    names = [variable_label(v) for v in frame.index]
    frame.insert(0, "label_en", [n.en for n in names])
    frame.insert(1, "label_zh", [n.zh for n in names])
    return AgreementResult(frame, coders, draws, seed, asked=atlas)


def coded_variables(
    atlas: Atlas, coders: tuple[str, ...], policy: CodingPolicy | None = None
) -> list[tuple[str, str, str, pd.DataFrame]]:
    """Ratings by variable: name, kind, level of measurement, frame of units x coders plus the column ``city``.

    Units are practices, and cities for the kinds "seen" and "score", which follow ``policy`` (None = the default).
    """
    import pandas as pd

    policy = CodingPolicy() if policy is None else policy

    city = atlas.practices.set_index("practice_id")["city_id"]
    by_coder = {c: atlas.codes[atlas.codes["coder"] == c].set_index("practice_id") for c in coders}
    rows = {c: codes.to_dict("records") for c, codes in by_coder.items()}
    units = list(dict.fromkeys(atlas.codes["practice_id"]))

    def ratings(column: str, of: Any = None) -> pd.DataFrame:
        frame = pd.DataFrame(index=units)
        for coder, codes in by_coder.items():
            # Rows as plain dicts: a frame makes a column of each row, a hundred times slower.
            values = codes[column] if of is None else pd.Series(map(of, rows[coder]), codes.index, "float64")
            frame[coder] = values.reindex(units)
        return frame.assign(city=city.reindex(units))

    found = [(name, "code", "nominal", ratings(name)) for name in NOMINAL]
    found.append(("strength", "code", "ordinal", ratings("strength")))
    for name in MECHANISMS:
        spoken = ratings(
            "mechanism", lambda r, n=name: float(n in conditions_of(r["mechanism"], r["mechanism_2"], None))
        )
        found.append((f"mechanism {name}", "mechanism", "nominal", spoken))
    for kind, column in (("theme", "themes"), ("area", "areas"), ("group", "groups")):
        for value in _members(atlas, column):
            held = ratings(
                column, lambda r, v=value, c=column: float(isinstance(r[c], str) and v in r[c].split(";"))
            )
            found.append((f"{kind} {value}", kind, "nominal", held))
    scores = {c: condition_scores(atlas, policy, c) for c in coders}
    coded = {
        c: scores[c].index.isin(city.reindex(codes.index).dropna().unique()) for c, codes in by_coder.items()
    }
    for name in MECHANISMS + THEMES:
        # A city that a coder has not coded at all says nothing on what this coder saw.
        sees = pd.DataFrame({c: s[name].notna().astype("float64").where(coded[c]) for c, s in scores.items()})
        found.append((f"seen {name}", "seen", "nominal", sees.assign(city=sees.index)))
    for name in MECHANISMS + THEMES:
        frame = pd.DataFrame({c: s[name] for c, s in scores.items()})
        found.append((f"score {name}", "score", "ordinal", frame.assign(city=frame.index)))
    return found


def _members(atlas: Atlas, column: str) -> list[str]:
    values = {v for cell in atlas.codes[column].dropna() for v in str(cell).split(";")}
    if column == "themes":
        return [t for t in THEMES if t in values]
    return sorted(values, key=lambda v: (not v.isdigit(), int(v) if v.isdigit() else 0, v))


def _row(
    name: str, kind: str, level: Any, ratings: pd.DataFrame, draws: int, seed: int | None
) -> dict[str, Any]:
    import numpy as np
    import pandas as pd

    table = ratings.drop(columns="city")
    values = sorted({v for c in table for v in table[c].dropna()}, key=lambda v: (str(type(v)), v))
    code = {v: (float(v) if level != "nominal" else float(i)) for i, v in enumerate(values)}
    matrix = np.array([[float("nan") if pd.isna(v) else code[v] for v in table[c]] for c in table.columns])
    paired = (~np.isnan(matrix)).sum(axis=0) > 1
    matrix = matrix[:, paired]
    low, high, _ = alpha_interval(
        matrix, ratings["city"].to_numpy()[paired], level, draws=draws, seed=seed
    ) if matrix.shape[1] else (float("nan"), float("nan"), 0)  # fmt: skip
    return {
        "variable": name,
        "kind": kind,
        "level": level,
        "n": int(matrix.shape[1]),
        "percent": _percent(matrix),
        "kappa": cohen_kappa(list(matrix[0]), list(matrix[1])) if len(matrix) == 2 else float("nan"),
        "alpha": krippendorff_alpha(matrix, level) if matrix.shape[1] else float("nan"),
        "alpha_low": low,
        "alpha_high": high,
    }


def _percent(matrix: Any) -> float:
    """Share of agreeing pairs of coders over all units that both coded."""
    import numpy as np

    same = total = 0
    for a, b in combinations(range(len(matrix)), 2):
        both = ~np.isnan(matrix[a]) & ~np.isnan(matrix[b])
        same += int((matrix[a][both] == matrix[b][both]).sum())
        total += int(both.sum())
    return same / total if total else float("nan")
