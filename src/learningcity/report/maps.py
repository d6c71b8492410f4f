"""Maps without boundaries: a grid of land dots and the cities, in an equal-area projection.

No line on these maps claims where a country begins. The land dots are computed from a mask of
land and sea and shipped as a table.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from learningcity.core import Text, UnknownNameError
from learningcity.report.base_map import BaseMap
from learningcity.report.chart import Chart
from learningcity.report.projection import HALF_HEIGHT, HALF_WIDTH, project

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas import Atlas

#: Printed under every map.
CAPTION = Text("Sketch map, no boundaries", "示意图")

#: Central meridian by language: a Chinese world map has the Pacific in its middle.
CENTRES = {"en": 11.0, "zh": 150.0}

WIDTH = 1000.0
SCALE = WIDTH / (2 * HALF_WIDTH)
#: Latitudes shown: the Antarctic holds no city and would take a fifth of the sheet.
NORTH, SOUTH = 84.0, -57.0

#: One hue from light to dark, so that the order of the rounds survives a grey print.
TONES = ("#c9dedb", "#8fbfc0", "#4f98a3", "#1f6b7d", "#0b3a4a")
LAND, INK, PAPER, ACCENT = "#cfcbc0", "#1d2428", "#ffffff", "#b3401f"

#: What XML 1.0 does not allow in a text, escaped or not: one such character makes the picture unreadable.
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

_CITY_TITLE = Text("{name}, {country}: {what}", "{name}（{country}）：{what}")
_AWARDED = Text("awarded {rounds}", "{rounds}年获奖")
_NOT_AWARDED = Text("comparison city, no award", "对照城市，未获奖")


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the plane that a map shows, in pixels of the picture."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a point lies inside, give or take a margin."""
        return (
            self.left - margin <= x <= self.left + self.width + margin
            and self.top - margin <= y <= self.top + self.height + margin
        )

    @property
    def view_box(self) -> str:
        """The four numbers that SVG wants."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"


@cache
def land_dots() -> tuple[tuple[float, float], ...]:
    """Give latitude and longitude of the land dots, as shipped."""
    text = resources.files("learningcity.report").joinpath("data", "land-dots.csv").read_text("utf-8")
    return tuple((float(r["lat"]), float(r["lon"])) for r in csv.DictReader(text.splitlines()))


def place(latitude: float, longitude: float, centre: float) -> tuple[float, float]:
    """Give the place of a point in pixels of the whole map, y downwards."""
    x, y = project(latitude, longitude, centre)
    return (x + HALF_WIDTH) * SCALE, (HALF_HEIGHT - y) * SCALE


@cache
def _land_points(centre: float) -> tuple[tuple[float, float], ...]:
    return tuple(place(lat, lon, centre) for lat, lon in land_dots() if SOUTH <= lat <= NORTH)


def _land_path(frame: Frame, centre: float, diameter: float) -> str:
    marks = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in _land_points(centre) if frame.holds(x, y, diameter))
    return (
        f'<path class="map-land" d="{marks}" fill="none" stroke="{LAND}" '
        f'stroke-width="{diameter:g}" stroke-linecap="round"/>'
    )


def draw_map(
    atlas: Atlas,
    language: str = "en",
    *,
    by: Literal["round", "size"] = "round",
    city: str | None = None,
    legend: bool = True,
    base: BaseMap | None = None,
) -> Chart:
    """Draw the cities of the atlas on land dots.

    Parameters
    ----------
    atlas
        Whose cities are drawn; a city without coordinates is in the table and not on the map.
    language
        "en" or "zh"; it also chooses the central meridian.
    by
        "round": darker dots are later first awards, open dots have none. "size": the area of a
        dot grows with the population (the atlas's own latest figure; open dots: none seen).
    city
        Draw the surroundings of this city alone, with the city marked.
    legend
        Draw the key of the dots and the caption into the picture; a page that prints both in its
        own type leaves them out.
    base
        An approved base map in the place of the land dots, with its review number as the caption.

    Returns
    -------
    Chart
        ``table`` has one row a city: city_id, name, country, region, rounds, latitude, longitude.

    Raises
    ------
    UnknownNameError
        ``by`` or ``city`` is not known.

    Examples
    --------
    >>> import learningcity as lc
    >>> drawn = draw_map(lc.load_atlas(), "zh")
    >>> drawn.svg.startswith("<svg"), "示意图" in drawn.svg
    (True, True)
    """
    if by not in ("round", "size"):
        raise UnknownNameError("option", by, ("round", "size"))
    table = _city_table(atlas, language, by)
    if city is not None:
        return _locator(atlas.require_city(city), table, language, base)
    centre = CENTRES[language] if base is None else base.centre
    top = place(NORTH, centre, centre)[1] - 6
    frame = Frame(0, top, WIDTH, place(SOUTH, centre, centre)[1] + 6 - top)
    rounds = sorted({int(r) for r in atlas.awards["round"].unique()})
    dots = [_dot(row, frame, language, rounds, by, centre) for row in _back_to_front(table, by)]
    title = Text(
        "Awarded cities and comparison cities on a map of land dots",
        "获奖城市与对照城市分布示意图",
    ).in_(language)
    if base is not None:
        title = Text("Awarded cities and comparison cities on a map", "获奖城市与对照城市分布图").in_(
            language
        )
    alt = _alt(table, language)
    land = _ground(frame, centre, 4.3, base)
    key = _legend(frame, rounds, language) if legend and by == "round" else ""
    caption = _caption(base, language)
    inside = land + "".join(dots) + key
    svg = _svg(frame, f"{title}. {alt}", inside, language, caption=caption if legend else "")
    return Chart("map", title, alt, svg, table, caption, _heads(language), language)


def _heads(language: str) -> dict[str, str]:
    heads = {
        "name": Text("City", "城市"),
        "country": Text("Country", "国家"),
        "region": Text("UNESCO region", "教科文组织地区"),
        "rounds": Text("Awarded in", "获奖年份"),
    }
    return {code: head.in_(language) for code, head in heads.items()}


def _caption(base: BaseMap | None, language: str) -> str:
    return (CAPTION if base is None else base.caption).in_(language)


def _ground(frame: Frame, centre: float, diameter: float, base: BaseMap | None) -> str:
    if base is None:
        return _land_path(frame, centre, diameter)
    top, floor = place(NORTH, centre, centre)[1], place(SOUTH, centre, centre)[1]
    return (
        f'<image x="0" y="{top:.1f}" width="{WIDTH:g}" height="{floor - top:.1f}" '
        f'preserveAspectRatio="none" href="{base.address}"/>'
    )


def _back_to_front(table: pd.DataFrame, by: str) -> list[dict[str, Any]]:
    # Large and early dots first, so that small and late ones are not hidden beneath them.
    rows = table.to_dict("records")
    if by == "size":
        return sorted(rows, key=lambda r: -(r["population"] if _is_size(r["population"]) else 0))
    return sorted(rows, key=lambda r: (r["first_award"] is not None, r["first_award"] or 0))


def _is_size(people: float) -> bool:
    return math.isfinite(people) and people > 0


def _city_table(atlas: Atlas, language: str, by: str) -> pd.DataFrame:
    """Give the cities with what a map says of them; the page of each city has a map, so it is made once."""
    made = atlas.derived(f"map of cities by {by}, {language}", lambda: _new_city_table(atlas, language, by))
    return made.copy(deep=False)


def _new_city_table(atlas: Atlas, language: str, by: str) -> pd.DataFrame:
    import pandas as pd

    from learningcity.standards import label

    rounds: dict[str, list[int]] = {}
    for year, city_id in atlas.awards[["round", "city_id"]].itertuples(index=False):
        rounds.setdefault(city_id, []).append(int(year))
    population: dict[str, float] = {}
    if by == "size":
        population = atlas.table(["population"]).values["population"].to_dict()
    rows = []
    for row in atlas.cities.to_dict("records"):
        years = sorted(rounds.get(row["city_id"], []))
        rows.append(
            {
                "city_id": row["city_id"],
                "name": row[f"name_{language}"],
                "country": _country(row["country_iso3"], language),
                "region": label("unesco_region", row["unesco_region"], language),
                "rounds": ", ".join(map(str, years)) if language == "en" else "、".join(map(str, years)),
                "first_award": years[0] if years else None,
                "latitude": float(row["latitude"]) if pd.notna(row["latitude"]) else math.nan,
                "longitude": float(row["longitude"]) if pd.notna(row["longitude"]) else math.nan,
                **({"population": float(population.get(row["city_id"], math.nan))} if by == "size" else {}),
            }
        )
    # Years as objects: a column of whole numbers with empty cells would print 2015.0.
    first = pd.Series([row["first_award"] for row in rows], dtype=object)
    return pd.DataFrame(rows).assign(first_award=first)


def _alt(table: pd.DataFrame, language: str) -> str:
    placed = table[table["latitude"].notna()]
    awarded = int(placed["first_award"].notna().sum())
    regions = placed.loc[placed["first_award"].notna(), "region"].value_counts()
    parts = [(str(name), int(number)) for name, number in regions.items()]
    missing = len(table) - len(placed)
    text = Text(
        "{awarded} awarded cities ({regions}) and {others} comparison cities; {missing} cities have no "
        "coordinates and stand in the table only.",
        "标出{awarded}个获奖城市（{regions}）和{others}个对照城市；{missing}个城市没有坐标，仅列于表中。",
    ).format(
        awarded=awarded,
        others=len(placed) - awarded,
        missing=missing,
        regions=Text(
            ", ".join(f"{name} {number}" for name, number in parts),
            "、".join(f"{name}{number}个" for name, number in parts),
        ),
    )
    return text.in_(language)


def _tip(row: dict[str, Any]) -> Text:
    what = _AWARDED.format(rounds=row["rounds"]) if row["rounds"] else _NOT_AWARDED
    return _CITY_TITLE.format(name=row["name"], country=row["country"], what=what)


def _dot(row: dict[str, Any], frame: Frame, language: str, rounds: list[int], by: str, centre: float) -> str:
    if math.isnan(row["latitude"]):
        return ""
    x, y = place(row["latitude"], row["longitude"], centre)
    if not frame.holds(x, y):
        return ""
    radius, tone, name = 6.5, PAPER, "map-city map-city-none"
    if by == "size":
        people = row["population"]
        radius = max(3.0, math.sqrt(people) / 330) if _is_size(people) else 3.0
        if _is_size(people):
            tone, name = TONES[3], "map-city map-city-sized"
    elif row["first_award"] is not None:
        step = tone_of(row["first_award"], rounds)
        tone, name = TONES[step], f"map-city map-round-{step + 1}"
    tip = escape(_allowed(_tip(row).in_(language)))
    return (
        f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{tone}" '
        f'stroke="{INK}" stroke-width="1"><title>{tip}</title></circle>'
    )


def _legend(frame: Frame, rounds: list[int], language: str) -> str:
    """The key along the lower edge: one dot a round, and the open dot."""
    words = [str(year) for year in rounds] + [Text("no award", "未获奖").in_(language)]
    x, y = frame.left + 330.0, frame.top + frame.height - 15
    parts = [f'<text class="map-caption" x="{x - 150:.1f}" y="{y + 5:.1f}" font-size="15" '
             f'font-family="sans-serif" fill="{INK}">{Text("First award", "首次获奖").in_(language)}</text>']  # fmt: skip
    for number, word in enumerate(words):
        step = tone_of(rounds[number], rounds) if number < len(rounds) else None
        tone = PAPER if step is None else TONES[step]
        name = "map-city-none" if step is None else f"map-round-{step + 1}"
        parts.append(
            f'<circle class="map-city {name}" cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{tone}" stroke="{INK}" '
            f'stroke-width="1"/><text class="map-caption" x="{x + 12:.1f}" y="{y + 5:.1f}" font-size="15" '
            f'font-family="sans-serif" fill="{INK}">{escape(word)}</text>'
        )
        x += 72
    return "".join(parts)


def tone_of(year: int, rounds: list[int]) -> int:
    """Give the step (0 light to 4 dark) of a round among all rounds.

    Examples
    --------
    >>> [tone_of(y, [2015, 2017, 2019, 2021, 2024]) for y in (2015, 2024)]
    [0, 4]
    """
    if len(rounds) < 2 or year not in rounds:
        return len(TONES) - 1
    return round(rounds.index(year) * (len(TONES) - 1) / (len(rounds) - 1))


def _locator(city_id: str, table: pd.DataFrame, language: str, base: BaseMap | None = None) -> Chart:
    import pandas as pd

    rows = {row["city_id"]: row for row in table.to_dict("records")}
    row = rows[city_id]
    own = pd.DataFrame([row])
    title = Text("Where {name} lies", "{name}位置示意图").format(name=row["name"]).in_(language)
    if math.isnan(row["latitude"]):
        alt = Text("No coordinates of {name} were seen.", "未见{name}的坐标。").format(name=row["name"])
        return Chart("map", title, alt.in_(language), "", own, "", _heads(language), language)
    # Centred on the city itself, so that no surroundings are cut at the edge of a world map.
    centre = row["longitude"] if base is None else base.centre
    x, y = place(row["latitude"], row["longitude"], centre)
    frame = Frame(x - 130, min(max(y - 90, 0), 2 * HALF_HEIGHT * SCALE - 180), 260, 180)
    others = "".join(
        _small_dot(place(o["latitude"], o["longitude"], centre), frame)
        for o in rows.values()
        if o["city_id"] != city_id and not math.isnan(o["latitude"])
    )
    mark = (
        f'<circle class="map-here" cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{ACCENT}" stroke="{PAPER}" '
        f'stroke-width="1.5"><title>{escape(_allowed(row["name"]))}</title></circle>'
    )
    alt = Text(
        "{name}, {country}, near latitude {lat} and longitude {lon}, with other cities of the atlas around it.",
        "{name}（{country}），约在纬度{lat}、经度{lon}处，周围的小点是图谱中的其他城市。",
    ).format(
        name=row["name"], country=row["country"], lat=f"{row['latitude']:.1f}", lon=f"{row['longitude']:.1f}"
    )
    land, caption = _ground(frame, centre, 3.6, base), _caption(base, language)
    svg = _svg(
        frame, f"{title}. {alt.in_(language)}", land + others + mark, language, compact=True, caption=caption
    )
    return Chart("map", title, alt.in_(language), svg, own, caption, _heads(language), language)


def _allowed(text: str) -> str:
    return _NOT_XML.sub("", text)


def _country(code: str, language: str) -> str:
    from learningcity.standards import country_name

    try:
        return country_name(code, language)
    except UnknownNameError:
        return code


def _small_dot(point: tuple[float, float], frame: Frame) -> str:
    x, y = point
    if not frame.holds(x, y):
        return ""
    return f'<circle class="map-other" cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{INK}"/>'


def _svg(frame: Frame, text: str, inside: str, language: str, *, compact: bool = False, caption: str) -> str:
    size, pad = (9, 6) if compact else (15, 10)
    lang = "zh-Hans" if language == "zh" else "en"
    words = (
        f'<text class="map-caption" x="{frame.left + pad:.1f}" y="{frame.top + frame.height - pad:.1f}" '
        f'font-size="{size}" font-family="sans-serif" fill="{INK}" stroke="{PAPER}" '
        f'stroke-width="{size / 4:g}" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(caption)}</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" viewBox="{frame.view_box}" '
        f'width="{frame.width:.0f}" height="{frame.height:.0f}" lang="{lang}" aria-label={quoteattr(_allowed(text))}>'
        f"{inside}{words if caption else ''}</svg>"
    )
