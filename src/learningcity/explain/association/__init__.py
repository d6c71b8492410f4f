"""Association of background and characteristics: size, chance, false discoveries, effort."""

from learningcity.explain.association.associate import associate
from learningcity.explain.association.members import contrast_members
from learningcity.explain.association.result import AssociationResult, Pair, Partial

__all__ = ["AssociationResult", "Pair", "Partial", "associate", "contrast_members"]
