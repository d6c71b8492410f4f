"""What must be told to whoever asked for a brief."""

from __future__ import annotations

from learningcity.core import Text, of_kind
from learningcity.report.document import Document


def brief_notes(document: Document) -> tuple[Text, ...]:
    """Say which fonts stand for others and whether two pages asked for smaller type.

    Parameters
    ----------
    document
        From :func:`learningcity.brief`, in the language it is read in.

    Returns
    -------
    tuple
        Nothing where all is as GB/T 9704 (in Chinese) or the memo (in English) has it.

    Raises
    ------
    InputError
        No document.
    SetupError
        No font with Chinese characters is there and the document holds some.

    Examples
    --------
    >>> import learningcity as lc
    >>> run = lc.run_study(lc.Study(chapters=("award",), languages=("en",)))
    >>> len(brief_notes(lc.brief(run)))
    0
    """
    from learningcity.report.brief.faces import told
    from learningcity.report.brief.fitted import fit
    from learningcity.report.brief.sizes import PAGES, word_sizes

    of_kind(document, Document, "document")
    found = fit(document)
    told_fonts = None if found.faces is None else told(found.faces)
    said = [] if told_fonts is None else [told_fonts]
    word = word_sizes(document.language, found.level)
    in_word = f"{word.text:g}"
    size, pitch = f"{found.sizes.text:g}", f"{found.sizes.pitch:g}"
    if found.pages > PAGES:
        said.append(
            Text(
                f"Even in the smallest type ({size} pt) the brief takes {found.pages} pages.",
                f"即使用最小字号（{size}磅），专报仍有{found.pages}页。",
            )
        )
    elif found.level > 1 and document.language == "zh":
        said.append(
            Text(
                f"To hold two pages the text stands in {size} pt with {pitch} pt from line to line (Word: {in_word} pt); GB/T 9704 has 16 pt and 22 lines a page.",
                f"为排在两页之内，正文用{size}磅、行距{pitch}磅（Word文件正文{in_word}磅）；GB/T 9704为三号（16磅）、每页22行。",
            )
        )
    return tuple(said)
