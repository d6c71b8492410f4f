"""Find a city by its id or by any of its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learningcity.core import UnknownNameError, fold, near_names

if TYPE_CHECKING:
    from learningcity.atlas.model import Atlas

_SUFFIXES = ("市", "-si", " city")


def find_city(atlas: Atlas, text: str, members: bool = False) -> str:
    """Give the id of a city named by id, English, Chinese or local name (accents and case folded).

    Parameters
    ----------
    atlas
        The atlas to look in.
    text
        What the user wrote.
    members
        Look among all members of the network that were seen, too.

    Raises
    ------
    UnknownNameError
        No city has this name; the nearest ids are offered.

    Examples
    --------
    >>> import learningcity as lc
    >>> atlas = lc.load_atlas()
    >>> atlas.require_city("武汉"), atlas.require_city("Medellin")
    ('wuhan', 'medellin')
    """
    names = atlas.derived(f"city names {members}", lambda: city_names(atlas, members))
    wanted = fold(str(text)).strip()
    if wanted in names:
        return names[wanted]
    for suffix in _SUFFIXES:
        bare = wanted.removesuffix(suffix).strip()
        if bare in names:
            return names[bare]
    near = dict.fromkeys(names[n] for n in near_names(wanted, names))
    raise UnknownNameError("city", text, set(names.values()), near=near)


def city_names(atlas: Atlas, members: bool = False) -> dict[str, str]:
    """Every folded name of every city, with the id it stands for; ids win over names."""
    names: dict[str, str] = {}
    tables = [atlas.cities] + ([atlas.members] if members else [])
    for table in tables:
        columns = [c for c in ("name_en", "name_zh", "name_local") if c in table.columns]
        for city_id, *given in table[["city_id", *columns]].itertuples(index=False, name=None):
            for name in given:
                if isinstance(name, str):
                    for one in (name, *name.split(" / ")):
                        names.setdefault(fold(one).strip(), city_id)
    for table in tables:
        names.update({fold(city_id): city_id for city_id in table["city_id"]})
    return names
