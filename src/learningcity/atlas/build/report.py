"""What a build did: tables and rows checked, findings, files that changed or differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Finding, Result, plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class BuildReport(Result):
    """Outcome of :func:`learningcity.build_tables` and :func:`learningcity.check_tables`.

    ``rows`` holds the number of rows checked by table; ``files`` the built files that were written
    (or, when checking, that differ from what is committed), relative to the package.
    """

    rows: dict[str, int]
    references: int
    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    compared: int = 0
    checking: bool = False

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop the build."""
        return tuple(f for f in self.findings if f.level == "error")

    @property
    def ok(self) -> bool:
        """True when no finding stops the build and, when checking, nothing differs."""
        return not self.errors and not (self.checking and self.files)

    def table(self) -> pd.DataFrame:
        """One row a table: its name, rows checked, errors, warnings."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "table": name,
                    "rows": count,
                    "errors": sum(f.table == name and f.level == "error" for f in self.findings),
                    "warnings": sum(f.table == name and f.level == "warning" for f in self.findings),
                }
                for name, count in self.rows.items()
            ],
            columns=["table", "rows", "errors", "warnings"],
        )

    def summary(self, language: str = "en") -> str:
        """Say how much was checked and what came of it."""
        total = sum(self.rows.values())
        if language == "zh":
            said = f"已检查{len(self.rows)}张表共{total:,}行、案例引用{self.references}处：错误{len(self.errors)}处。"
            if self.errors:
                return said + "未写入任何内容。"
            if self.checking:
                return said + (
                    f"{len(self.files)}个文件与随附文件不一致：{'、'.join(self.files)}。请运行make atlas。"
                    if self.files
                    else f"随附的{self.compared}个文件均一致。"
                )
            if not self.compared:
                return said
            return said + (f"已写入{len(self.files)}个有变化的文件。" if self.files else "随附文件无变化。")
        said = (
            f"{len(self.rows)} tables with {total:,} rows and {self.references} references of portraits "
            f"checked: {len(self.errors)} error(s)."
        )
        if self.errors:
            return f"{said} Nothing was written."
        if self.checking:
            return f"{said} " + (
                f"{len(self.files)} file(s) differ from what is shipped: {', '.join(self.files)}. Run make atlas."
                if self.files
                else f"All {self.compared} shipped files are in step."
            )
        if not self.compared:
            return said
        return f"{said} " + (
            f"{len(self.files)} changed file(s) written." if self.files else "Nothing has changed."
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return {
            "ok": self.ok,
            "rows": dict(self.rows),
            "references": self.references,
            "files": list(self.files),
            "findings": [f.to_dict() for f in self.findings],
            "table": plain(self.table()),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
        }
