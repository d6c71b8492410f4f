"""What the pictures of styles share: names of cases and columns, and the mark of styles that are not borne out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.report.charts.drawing import shown

if TYPE_CHECKING:
    from learningcity.explain import TypologyResult


@dataclass(frozen=True)
class Styles:
    """A typology with the words of one language."""

    typology: TypologyResult
    names: Mapping[str, Any]
    labels: Mapping[str, Any]
    cities: bool
    language: str

    def name(self, case: str) -> str:
        """What a case is called."""
        return _word(self.names.get(case), case, self.language)

    def label(self, column: str) -> str:
        """What a column is called, with a capital."""
        said = _word(self.labels.get(column), column, self.language)
        return said[:1].upper() + said[1:]

    @property
    def cases(self) -> Text:
        """What the cases are, in a sentence."""
        n = len(self.typology.cases)
        return Text(f"{n} cities", f"{n}个城市") if self.cities else Text(f"{n} cases", f"{n}个案例")

    @property
    def mark(self) -> Text | None:
        """What must stand beside styles that are not borne out; None where there is nothing to mark."""
        one = self.typology
        if one.found or one.k == 1:
            return None
        return Text(
            f"These {one.k} styles are not borne out: " + "; ".join(r.en for r in one.reasons) + ".",
            f"这{one.k}种类型未获数据支持：" + "；".join(r.zh for r in one.reasons) + "。",
        )

    def caption(self, *said: Text | None) -> str:
        """The mark first, then what else must be said."""
        gap = " " if self.language == "en" else ""
        return gap.join(one.in_(self.language) for one in (self.mark, *said) if one is not None)


def read_styles(result: Any, language: str, names: Any = None, labels: Any = None) -> Styles:
    """Take what ``lc.typology`` or ``lc.atlas_styles`` gives.

    Raises
    ------
    InputError
        It is neither.
    """
    from learningcity.explain import TypologyResult

    coded = getattr(result, "coded", None)
    typology = getattr(result, "typology", result)
    if not isinstance(typology, TypologyResult):
        raise InputError(
            Text(
                "This picture is drawn of lc.typology(...) or lc.atlas_styles(...).",
                "此图须用lc.typology(...)或lc.atlas_styles(...)的结果绘制。",
            )
        )
    if coded is not None:
        names = coded.names if names is None else names
        labels = coded.labels if labels is None else labels
    return Styles(typology, names or {}, labels or {}, coded is not None, language)


def _word(given: Any, otherwise: str, language: str) -> str:
    if given is None:
        return shown(otherwise)
    return shown(given.in_(language) if isinstance(given, Text) else given)
