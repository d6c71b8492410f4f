"""From a specification to a picture that a strict page may hold, kept by content."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from learningcity.report.charts.keeping import KEPT, one_at_a_time
from learningcity.report.charts.palette import part_of

SVG = "http://www.w3.org/2000/svg"

_ELEMENTS = frozenset({"svg", "g", "path", "text", "tspan", "line", "rect", "circle", "title", "desc"})
_ATTRIBUTES = frozenset(
    {
        "d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "rx", "width", "height", "transform",
        "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
        "stroke-linejoin", "opacity", "text-anchor", "font-size", "font-weight", "viewBox",
    }
)  # fmt: skip
#: What XML 1.0 does not allow in a text, and what would turn the text around it.
_NOT_SHOWN = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u200a\\u2010-\\u2029\\u202f-\\u205f\\u2070-\\ud7ff\\ue000-\\ufefe"
    "\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)

#: A number with more decimals than anybody sees.
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")

ET.register_namespace("", SVG)


@dataclass(frozen=True)
class Late:
    """A picture that is written only when it is not kept, as SVG, and what tells it from all others."""

    content: str
    write: Callable[[], str]


def shown(text: Any) -> str:
    r"""Give a text without what no picture may hold: control characters and signs that turn text around.

    Examples
    --------
    >>> shown("a\x1b[31m\u202eb")
    'a[31mb'
    """
    return _NOT_SHOWN.sub("", str(text))


def draw(spec: dict[str, Any] | Late, font: str, label: str, language: str) -> str:
    """Draw a specification as SVG without scripts and styles.

    Parameters
    ----------
    spec
        Vega-Lite, or what writes the SVG itself.
    font
        A font that this machine has; texts are measured with it.
    label
        What the picture says to who cannot see it.
    language
        "en" or "zh".
    """
    written = spec.content if isinstance(spec, Late) else json.dumps(spec, ensure_ascii=False, sort_keys=True)
    key = sha256("\x00".join((written, font, label, language)).encode()).hexdigest()
    found = KEPT.get(key)
    if isinstance(found, str):
        return found
    with one_at_a_time(key):
        # Twenty people who open the same new picture wait for one drawing of it.
        found = KEPT.get(key)
        if isinstance(found, str):
            return found
        picture = cleaned(spec.write() if isinstance(spec, Late) else _by_vega(spec), font, label, language)
        KEPT.put(key, picture)
    return picture


def _by_vega(spec: dict[str, Any]) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


def cleaned(svg: str, font: str, label: str, language: str) -> str:
    """Keep shapes and texts alone; name the part of each colour in a class; take the ground away."""
    root = ET.fromstring(svg)  # noqa: S314  (written by vl-convert from our own specification)
    for ground in root.findall(f"{{{SVG}}}rect"):
        root.remove(ground)
    _clean(root)
    width, height = root.attrib["viewBox"].split()[2:]
    root.attrib.update(
        {
            "class": "chart",
            "width": width,
            "height": height,
            "role": "img",
            "font-family": families(font),
            "lang": "zh-Hans" if language == "zh" else "en",
            "aria-label": shown(label),
        }
    )
    return ET.tostring(root, encoding="unicode")


def families(font: str) -> str:
    """The font that the texts were measured with, then those that other machines have."""
    rest = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei")
    return ", ".join([*dict.fromkeys((font, *rest)), "sans-serif"])


def _clean(element: ET.Element) -> None:
    for child in list(element):
        name = child.tag.removeprefix(f"{{{SVG}}}")
        if name not in _ELEMENTS or child.get("class") in ("background", "foreground") or _void(child, name):
            element.remove(child)
        else:
            _clean(child)
            if name == "g" and not len(child):
                element.remove(child)
    classes = [
        f"{name}-{part}" for name in ("fill", "stroke") if (part := part_of(_hex(element.get(name, ""))))
    ]
    for name in list(element.attrib):
        value = element.attrib[name]
        if name not in _ATTRIBUTES or (
            name in ("fill-opacity", "stroke-opacity", "opacity") and value == "1"
        ):
            del element.attrib[name]
        elif name in ("fill", "stroke"):
            element.attrib[name] = _hex(value)
        elif name == "font-size":
            element.attrib[name] = value.removesuffix("px")
        elif name in ("d", "transform"):
            element.attrib[name] = _LONG.sub(_short, value)
    if classes:
        element.attrib["class"] = " ".join(classes)
    for held in (element, *element):
        if held.text:
            held.text = shown(held.text)


def _short(number: re.Match[str]) -> str:
    """Write a number with the decimals that somebody may see.

    Examples
    --------
    >>> [_short(re.fullmatch(".*", n)) for n in ("30.17241", "-2.84e-14", "7.000")]
    ['30.17', '0', '7']
    """
    value = round(float(number[0]), 2)
    return f"{value or 0:.2f}".rstrip("0").rstrip(".")


def _void(element: ET.Element, name: str) -> bool:
    """Whether nothing of an element is to be seen."""
    if name == "path":
        return not element.get("d") or {element.get("fill", "none"), element.get("stroke", "none")} <= {
            "none",
            "transparent",
        }
    return name == "text" and not "".join(element.itertext()).strip()


_RGB = re.compile(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?1)?\)")


def _hex(colour: str) -> str:
    """Write ``rgb(1, 2, 3)`` as ``#010203``; anything else stays.

    Examples
    --------
    >>> _hex("rgb(27, 32, 35)"), _hex("none")
    ('#1b2023', 'none')
    """
    found = _RGB.fullmatch(colour)
    if found:
        return "#" + "".join(f"{int(part):02x}" for part in found.groups())
    return {"white": "#ffffff", "black": "#000000"}.get(colour, colour)
