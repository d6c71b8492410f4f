"""The slot for an approved base map: a picture of the world with its review number (审图号)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from learningcity.core import InputError, SetupError, Text, os_reason

#: A picture is written into the page that shows it: larger ones would make every page heavy.
MAXIMUM_BYTES = 600_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class BaseMap:
    """A base map that the authorities have reviewed; it takes the place of the land dots.

    Parameters
    ----------
    path
        PNG or JPEG, up to 600 kB, in the Equal Earth projection, cut at 84 degrees north, 57 degrees
        south and the edges of the projection (``docs/charts.md`` says how to make one).
    number
        The review number as granted, printed under every map instead of "sketch map". Without a
        number there is no base map.
    centre
        Central meridian of the picture in degrees.

    Raises
    ------
    InputError
        No number, or a meridian that is none.
    """

    path: str | Path
    number: str
    centre: float = 150.0

    def __post_init__(self) -> None:
        if not self.number.strip():
            raise InputError(
                Text(
                    "A base map needs its review number: without one, leave it out and the land dots are drawn.",
                    "使用底图须注明审图号；没有审图号请勿设置底图，届时仍绘制点状示意图。",
                )
            )
        if not -180 <= self.centre <= 180:
            raise InputError(
                Text(
                    f"The central meridian lies from -180 to 180, not {self.centre!r}.",
                    f"中央经线须在-180到180之间，不能为{self.centre!r}。",
                )
            )

    @property
    def caption(self) -> Text:
        """What is printed under the map."""
        return Text("Base map, review number {n}", "审图号：{n}").format(n=self.number.strip())

    @cached_property
    def address(self) -> str:
        """The picture as a data address, so that a map as a file needs nothing beside it.

        Raises
        ------
        SetupError
            The file is not there, too large, or no picture of a kind that is taken.
        """
        try:
            body = Path(self.path).read_bytes()
        except OSError as error:
            why = os_reason(error)
            raise SetupError(
                Text(
                    f"The base map {self.path} cannot be read: {why.en}.",
                    f"无法读取底图{self.path}：{why.zh}。",
                )
            ) from error
        kind = next((k for start, k in _KINDS.items() if body.startswith(start)), None)
        if kind is None or len(body) > MAXIMUM_BYTES:
            raise SetupError(
                Text(
                    f"The base map {self.path} must be PNG or JPEG of up to {MAXIMUM_BYTES // 1000} kB.",
                    f"底图{self.path}须为不超过{MAXIMUM_BYTES // 1000} kB的PNG或JPEG图片。",
                )
            )
        return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"
