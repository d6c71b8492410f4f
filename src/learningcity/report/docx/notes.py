"""Footnotes: the first mention of a source in a chapter tells it at the foot of the page, later ones name that note.

Notes are told once a chapter, not once a document: whoever reads or prints one chapter has its sources
there, and a note that is named again is some pages back at most. Their numbers run through the document,
since a page or a chapter that began with one again would make "note 3" mean several. Tables, captions and
repeated heads have no notes, as dozens of marks of one table would fill its pages; their marks in brackets
lead to the list of sources, which is complete, has every source's number in all formats, and says what a
note does not: of which kind a source is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from learningcity.report import paper
from learningcity.report.document import Source
from learningcity.report.docx import words, xml
from learningcity.report.docx.address import sound_address
from learningcity.report.docx.xml import SPACES

TEXT, REFERENCE = "FootnoteText", "FootnoteReference"
#: Sources of one mark up to which each has a note; a mark of more leads to the list.
MANY = 6
#: A blank at which no line breaks: the number of the list stays with the end of the address.
_STAY = "\u00a0"
#: What a title may end with that stands for a stop.
_ENDS = (".", "?", "!", "…", "。", "？", "！")
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


@dataclass
class Notes:
    """The notes of a file in the order of their marks; the first has the number one.

    Parameters
    ----------
    made
        The Word file.
    language
        The language of the document.
    written
        What stands in each note.
    here
        The note of each source of this chapter.
    """

    made: Any
    language: str
    written: list[str] = field(default_factory=list)
    here: dict[str, int] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    _part: Any = None

    def begin(self) -> None:
        """Begin a chapter, which tells its sources itself."""
        self.here.clear()

    def mark(self, sources: dict[str, tuple[Source, str]], bookmark: Callable[[str, str], str]) -> str:
        """Write the mark of sources: a note for each that is new, a field that names the note for each that is not.

        Parameters
        ----------
        sources
            By id the source, and the link to its place in the list.
        bookmark
            Sets a bookmark of a name around runs.
        """
        known = sorted(self.here[one] for one in sources if one in self.here)
        found = [self._again(number) for number in known]
        for key, (one, listed) in sources.items():
            if key in self.here:
                continue
            self.written.append(self._told(one) + xml.run(_STAY, self.language) + listed)
            number = self.here[key] = len(self.written)
            found.append(
                bookmark(
                    name(number),
                    f'<w:r><w:rPr><w:rStyle w:val="{REFERENCE}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>',
                )
            )
        return xml.run(",", self.language, REFERENCE).join(found)

    def _again(self, number: int) -> str:
        return xml.field(rf"NOTEREF {name(number)} \f \h", xml.run(number, self.language, REFERENCE))

    def _told(self, one: Source) -> str:
        """A source in short: its title, its address, and whether the original was seen."""
        language = self.language
        linked = one.linked and one.tier != "doubtful"
        address = sound_address(one.address) if linked else None
        shown = xml.run(one.address, language, "Hyperlink" if address else "", foreign=True)
        if address is not None:
            shown = xml.outer_link(self.relate(address), shown)
        if one.title and one.title != one.address:
            # GB/T 7714 has the stop of Latin script, too, between title and address.
            stop = " " if one.title.endswith(_ENDS) else ". "
            shown = (
                xml.run(one.title, language, foreign=True)
                + (xml.run(stop, language) if shown else "")
                + shown
            )
        if one.tier == "doubtful":
            shown += xml.run(words.BRACKETS.in_(language).format(paper.REPOSTED.in_(language)), language)
        return shown

    def relate(self, address: str) -> str:
        """Make an address known to the part of the notes, which has relations of its own."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if address not in self.relations:
            self.relations[address] = self.part.relate_to(
                address.strip(), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self.relations[address]

    @property
    def part(self) -> Any:
        """The part of the file, made when the first note is written."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if self._part is None:
            package = self.made.part.package
            self._part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", package)
            self.made.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        return self._part

    def finish(self) -> None:
        """Put the notes into the file, and name their separators in its settings; a file without notes gets neither."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn

        if not self.written:
            return
        number = (
            f'<w:r><w:rPr><w:rStyle w:val="{REFERENCE}"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>'
        )
        notes = "".join(
            f'<w:footnote w:id="{n}">{xml.paragraph(TEXT, number + inside)}</w:footnote>'
            for n, inside in enumerate(self.written, 1)
        )
        whole = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {SPACES}>{_SEPARATORS}{notes}</w:footnotes>"
        )
        self.part._blob = whole.encode("utf-8")
        settings = self.made.settings.element
        settings.find(qn("w:compat")).addprevious(
            parse_xml(
                f'<w:footnotePr {SPACES}><w:numFmt w:val="decimal"/><w:numRestart w:val="continuous"/>'
                '<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
            )
        )


def name(number: int) -> str:
    """The bookmark of a note's mark."""
    return f"_Note{number:06d}"
