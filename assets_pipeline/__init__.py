"""Make files for phones: from a museum's sources to what each phone can show.

`models` makes one model's files, and shows the way: `readers` give a document (`gltf`),
`transforms` and `baking` make it light, `ladder` decides on its levels of detail by
looking (`rendering`), `usdz` writes it for iPhones. `media` makes everything else,
`findings` tell curators of it, and `building` carries tasks out, once each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets_pipeline.optimization.optimize import optimize as optimize

__all__ = ["optimize"]


def __getattr__(name: str) -> object:
    """Return `optimize`, imported when it is asked for: the pipeline is heavy."""
    if name in __all__:
        from assets_pipeline.optimization.optimize import optimize  # noqa: PLC0415

        return optimize
    problem = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(problem)
