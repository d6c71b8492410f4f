"""What a request asks for: parameters as typed models, every one of them known, each given once."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_origin

from pydantic import BaseModel, Field, model_validator
from pydantic.fields import FieldInfo

import learningcity as lc
from learningcity.web.api import known

#: Rows of one answer, unless asked otherwise, and at most.
LIMIT, MOST = 100, 1000
FARTHEST = 2_147_483_647
_WHOLE = re.compile(r"-?[0-9]{1,18}\Z")

Year = Annotated[int, Field(ge=0, le=9999)]


def _extra(zh: str, **more: Any) -> dict[str, Any]:
    return {"x-description-zh": zh, **more}


def many(names: str, en: str, zh: str, required: bool = False) -> Any:
    """A filter that takes one or several closed values, joined with commas: any of them fits."""
    extra = _extra(zh, **{"x-known": names})
    if required:
        return Field(default=..., min_length=1, description=en, json_schema_extra=extra)
    return Field(default_factory=list, description=en, json_schema_extra=extra)


def years(en: str, zh: str) -> Any:
    """A filter that takes one or several years."""
    return Field(default_factory=list, description=en, json_schema_extra=_extra(zh))


def one(names: str, en: str, zh: str, default: Any = None) -> Any:
    """A parameter with one closed value; ``...`` for one that must be given."""
    return Field(default=default, description=en, json_schema_extra=_extra(zh, **{"x-known": names}))


def text(en: str, zh: str, longest: int = 200, default: Any = None, pattern: str | None = None) -> Any:
    """A free text."""
    return Field(
        default=default, description=en, min_length=1, max_length=longest, pattern=pattern,
        json_schema_extra=_extra(zh),
    )  # fmt: skip


def whole(en: str, zh: str, least: int, most: int, default: Any = None) -> Any:
    """A whole number."""
    return Field(default=default, description=en, ge=least, le=most, json_schema_extra=_extra(zh))


def flag(en: str, zh: str, default: bool | None = False) -> Any:
    """True or false."""
    return Field(default=default, description=en, json_schema_extra=_extra(zh))


class Asked(BaseModel):
    """What every resource takes; both are settled before the others are read."""

    language: Literal["en", "zh"] | None = Field(
        default=None,
        description="Language of titles, notes, messages and of the pages linked to; else that of Accept-Language.",
        json_schema_extra=_extra("标题、说明、出错信息及所链页面的语言；不给出时取Accept-Language。"),
    )
    format: Literal["json", "csv"] | None = Field(
        default=None,
        description="Format of the answer; stands above the Accept header, for browsers.",
        json_schema_extra=_extra("应答格式，优先于Accept标头，便于浏览器使用。"),
    )

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        """Cut lists at their commas; take numbers and truth values in one spelling alone."""
        if not isinstance(given, dict):
            return given
        return {name: _value(cls.model_fields[name], value) if name in cls.model_fields else value
                for name, value in given.items()}  # fmt: skip

    def check(self) -> None:
        """Refuse values that a closed list does not have; the error knows its ``parameter``.

        Raises
        ------
        InputError
            With the nearest names.
        """
        for name, field in type(self).model_fields.items():
            names = extra_of(field).get("x-known")
            value = getattr(self, name)
            if names is None or value is None:
                continue
            for part in value if isinstance(value, list) else [value]:
                try:
                    known.check(names, str(part))
                except lc.UnknownNameError as error:
                    error.parameter = name  # type: ignore[attr-defined]
                    raise


class Listed(Asked):
    """What every list takes."""

    limit: int = whole(
        f"Rows of this answer at most, up to {MOST}; a CSV without it holds all rows.",
        f"本次应答的行数上限，最多{MOST}；CSV不给出时含全部行。", 1, MOST, LIMIT,
    )  # fmt: skip
    offset: int = whole("Rows to pass over.", "跳过的行数。", 0, FARTHEST, 0)


def extra_of(field: FieldInfo) -> dict[str, Any]:
    """What we wrote beside a field."""
    return field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}


def is_list(field: FieldInfo) -> bool:
    """Whether a field takes several values."""
    return get_origin(field.annotation) is list


def _value(field: FieldInfo, value: Any) -> Any:
    if is_list(field):
        parts = [part for one in (value if isinstance(value, list) else [value]) for part in one.split(",")]
        return [_scalar(field, part) for part in parts]
    return _scalar(field, value) if isinstance(value, str) else value


def _scalar(field: FieldInfo, value: str) -> Any:
    wanted = str(field.annotation)
    if "int" in wanted:
        # Python reads "1_0", " 1" and "1.0" as numbers, too; an address has one spelling.
        return int(value) if _WHOLE.match(value) else f"?{value}"
    if "bool" in wanted:
        return {"true": True, "false": False}.get(value, f"?{value}")
    return value
