"""Keep the collector of cyclic garbage away from what stays anyway: the atlas and its look-ups.

A full round goes over every object that is alive. With the atlas loaded these are some 300,000, a round takes
two tenths of a second, and some visitor would wait for it.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Take what is there now out of all later rounds; call it when something large was loaded that stays."""
    gc.collect()
    gc.freeze()


def settle_anew() -> None:
    """The same after what was there has been replaced: of the old nothing is kept."""
    gc.unfreeze()
    settle()
