"""Methods of explain on the cities of the atlas: the one place of explain that knows the atlas, one module a method."""

from learningcity.explain.from_atlas.agreement import AtlasAgreement, atlas_agreement
from learningcity.explain.from_atlas.background import atlas_background
from learningcity.explain.from_atlas.background_result import AtlasBackground
from learningcity.explain.from_atlas.ceilings import AtlasCeilings, atlas_ceilings
from learningcity.explain.from_atlas.qca import AtlasQca, atlas_qca
from learningcity.explain.from_atlas.styles import AtlasStyles, atlas_styles

__all__ = [
    "AtlasAgreement",
    "AtlasBackground",
    "AtlasCeilings",
    "AtlasQca",
    "AtlasStyles",
    "atlas_agreement",
    "atlas_background",
    "atlas_ceilings",
    "atlas_qca",
    "atlas_styles",
]
