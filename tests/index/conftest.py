"""The reference that several tests of the index compare with."""

import json
from pathlib import Path

from learningcity.index.structure import Node, Structure

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())


def reference_structure() -> Structure:
    """The tree of the reference; its normalised table has the directions in it already."""
    ref = REFERENCE
    nodes = [
        Node(c, p, 1, 1, w) for c, p, w in zip(ref["indicators"], ref["parent"], ref["weight"], strict=True)
    ]
    nodes += [
        Node(c, ref["level2"][c], 2, weight=w, kind="Aggregate")
        for c, w in zip(ref["level2"], ref["level2_weight"], strict=True)
    ]
    nodes += [Node(c, "INDEX", 3, kind="Aggregate") for c in ("S1", "S2")]
    return Structure((*nodes, Node("INDEX", None, 4, kind="Aggregate")))
