"""Build the shipped tables from ``data/``, or check that they are in step with it."""

from __future__ import annotations

from pathlib import Path

from learningcity.atlas.build.cases import reference_count
from learningcity.atlas.build.checks import check_edited
from learningcity.atlas.build.edited import Edited, checkout, read_edited
from learningcity.atlas.build.report import BuildReport
from learningcity.atlas.build.write import built_files, built_folders, changed_files, write_built


def check_tables(data: str | Path | None = None, *, year: int | None = None) -> BuildReport:
    """Check everything under ``data/``: schemas, references, rules, labels, both languages, portraits.

    Parameters
    ----------
    data
        The folder that people edit; None is that of the source checkout.
    year
        The present year, for what may not lie in the future; the default is that of the clock.

    Returns
    -------
    BuildReport
        With one finding a broken cell, and the number of rows checked by table.

    Raises
    ------
    InputError
        ``data`` is not such a folder.
    SetupError
        No folder was given and the package runs without its checkout.

    Examples
    --------
    >>> import learningcity as lc
    >>> report = lc.check_tables()
    >>> report.ok, report.rows["facts"] >= 906
    (True, True)
    """
    edited = read_edited(_data(data))
    return _report(edited, year)


def build_tables(
    data: str | Path | None = None,
    out: str | Path | None = None,
    check: bool = False,
    *,
    land: bool = False,
    year: int | None = None,
) -> BuildReport:
    """Check ``data/`` and write the tables, schemas and portraits that the package ships.

    The same ``data/`` always gives the same bytes. One error, and nothing is written.

    Parameters
    ----------
    data
        The folder that people edit; None is that of the source checkout.
    out
        The package's folder, ``src/learningcity``; None is that of the source checkout.
    check
        True writes nothing and tells which built files differ from what lies under ``out``.
    land
        True computes the land dots of the maps anew; needs the package ``global-land-mask``.
    year
        The present year, for what may not lie in the future; the default is that of the clock.

    Returns
    -------
    BuildReport
        ``ok`` is False when a row breaks a rule or, with ``check``, when a file differs.

    Raises
    ------
    InputError
        ``data`` is not such a folder.
    SetupError
        A folder cannot be written, a package is missing, or there is no checkout.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.build_tables(check=True).files
    ()
    """
    target = checkout() / "src" / "learningcity" if out is None else Path(out)
    edited = read_edited(_data(data))
    report = _report(edited, year, checking=check)
    if report.errors:
        return report
    files = built_files(edited, _land_dots() if land else None)
    changed = changed_files(files, target)
    if not check and changed:
        write_built(_with_strangers(files, target), target)
    return BuildReport(
        report.rows, report.references, report.findings, tuple(changed), len(files), checking=check
    )


def _data(data: str | Path | None) -> Path:
    return checkout() / "data" if data is None else Path(data)


def _report(edited: Edited, year: int | None, checking: bool = False) -> BuildReport:
    findings = tuple(check_edited(edited, year))
    rows = {name: len(frame) for name, frame in edited.tables.items()}
    return BuildReport(rows, reference_count(edited), findings, checking=checking)


def _land_dots() -> str:
    from learningcity.atlas.build.land import land_csv, land_dots

    return land_csv(land_dots())


def _with_strangers(files: dict[str, bytes], out: Path) -> dict[str, bytes]:
    # Folders are swapped whole, so that files of other kinds (a README, say) have to come along.
    kept = dict(files)
    for folder in built_folders(files):
        if (out / folder).is_dir():
            for path in (out / folder).iterdir():
                if path.is_file() and path.suffix not in (".csv", ".json", ".md"):
                    kept[f"{folder}/{path.name}"] = path.read_bytes()
    return kept
