"""Methods of explain on the cities of the atlas: the one place of explain that knows the atlas, one module a method."""

from learningcity.explain.from_atlas.qca import AtlasQca, atlas_qca

__all__ = ["AtlasQca", "atlas_qca"]
