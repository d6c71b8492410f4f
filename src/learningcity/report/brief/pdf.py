"""A brief as PDF."""

from __future__ import annotations

import datetime

from learningcity.core import SetupError, UnknownNameError
from learningcity.report.brief.fitted import fit
from learningcity.report.document import Document
from learningcity.report.html import Addresses
from learningcity.report.pdf import fonts
from learningcity.report.pdf.whole import MISSING


def write(
    document: Document,
    addresses: Addresses | None = None,
    missing: str = "list",
    date: datetime.date | None = None,
) -> bytes:
    """Write a brief as PDF; the same document gives the same bytes.

    Parameters
    ----------
    document
        In the language it is read in; its layout is "brief".
    addresses
        Gives the whole web address of a city, practice, source or fact by kind and id, or None.
    missing
        What becomes of signs that no installed font draws: "list" writes their code points and lists
        them at the end, "error" refuses.
    date
        The date that the file states; None states none.

    Raises
    ------
    SetupError
        No font with Chinese characters is there and the document holds some; or, with ``missing`` "error",
        any sign that no font draws.
    UnknownNameError
        ``missing`` is neither "list" nor "error".
    """
    if missing not in MISSING:
        raise UnknownNameError("name", missing, MISSING)
    found = fit(document, addresses, date)
    if found.lost and missing == "error":
        raise SetupError(fonts.missing(found.lost))
    return found.pdf
