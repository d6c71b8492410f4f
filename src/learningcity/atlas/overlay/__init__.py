"""Bring your own: a user's tables laid over the shipped ones, checked together, written whole, undoable."""

from learningcity.atlas.overlay.adding import (
    add_to_overlay,
    overlay_contents,
    overlay_folder,
    recover_overlay,
    undo_overlay,
)
from learningcity.atlas.overlay.report import OverlayReport, TableChange, UndoReport

__all__ = [
    "OverlayReport",
    "TableChange",
    "UndoReport",
    "add_to_overlay",
    "overlay_contents",
    "overlay_folder",
    "recover_overlay",
    "undo_overlay",
]
