"""Museums that are not the demonstration: models that nobody here made, and odd units."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import trimesh
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
MODELS = Path(__file__).parents[2] / "../shared/data/models"
MUSEUM = """museum: essai
name: { fr: Musée d'essai, en: Trial museum }
languages: [fr, en]
address: https://essai.example
color: "#2f5d8c"
license: CC0-1.0
"""
TOUR = """tour: salle
languages: [fr, en]
title: { fr: La salle, en: The room }
stops:
"""
STOP = """  - stop: {name}
    title: {{ fr: Objet {name}, en: Object {name} }}
    text: {{ fr: Un objet., en: An object. }}
    shows:
      model: models/{file}
      height: {height}
{options}      alt: {{ fr: Un objet de la salle., en: An object of the room. }}
      poster: auto
"""


@dataclass(frozen=True)
class Shown:
    """A model of someone else's, and what is known of it."""

    file: str
    height_m: float
    options: tuple[str, ...] = ()
    """Lines of the tour, for files that are not in metres with Y up."""

    @property
    def name(self) -> str:
        """The stop's name."""
        return Path(self.file).stem.lower().replace("_", "-")


# Heights are those of the files' own boxes, read by trimesh.
OTHERS = (
    Shown("venus.glb", 2.1189, ("units: mm",)),  # a marble statue, 717,000 triangles
    Shown("whale_cranium.glb", 0.2382),  # the cast of a skull
    Shown("raw_scan_394k.ply", 0.6648),  # colours at vertices, no texture
    Shown("CesiumMan.glb", 1.5065),  # a figure with bones
)


@pytest.mark.sample(1)
@pytest.mark.parametrize("shown", OTHERS, ids=lambda shown: shown.file)
async def test_models_of_others_show_at_their_true_size(
    visit: Visiting,
    publish_museum: Callable[[Path, Path], Any],
    tmp_path: Path,
    shown: Shown,
) -> None:
    """Each in a museum of its own, that one of them can be tried alone."""
    if not (MODELS / shown.file).exists():
        pytest.skip(f"not on this machine: {shown.file}")
    folder = _museum(tmp_path / "essai", (shown,))
    shutil.copyfile(MODELS / shown.file, folder / "models" / shown.file)
    published = publish_museum(folder, tmp_path / "build")
    visitor = await visit(published, f"/fr/salle/{shown.name}/")

    told = await visitor.open_3d()

    assert told["size_m"][1] == pytest.approx(shown.height_m, rel=0.01)
    picture = await visitor.page.locator(".ec-canvas").screenshot()
    assert _detail(picture) > 500


@pytest.fixture(scope="session")
def odd(
    publish_museum: Callable[[Path, Path], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Visiting:
    """Return a museum in Arabic around a mast drawn in millimetres with Z up.

    As drawing programs export it: 3 m high, 0.4 m wide, 0.6 m deep.
    """
    work = tmp_path_factory.mktemp("odd")
    mast = Shown("mast.stl", 3.0, ("units: mm", "up: z"))
    folder = _museum(work / "essai", (mast,))
    for path in (folder / "museum.yaml", folder / "tours" / "salle.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("en: ", "ar: ").replace(" en]", " ar]"), "utf-8")
    box = trimesh.creation.box((400.0, 600.0, 3000.0))
    box.apply_translation((0, 0, 1500.0))
    box.export(folder / "models" / mast.file)
    return publish_museum(folder, work / "build")


async def test_millimetres_with_z_up_stand_upright_in_metres(
    visit: Visiting, odd: Visiting
) -> None:
    visitor = await visit(odd, "/fr/salle/mast/")

    told = await visitor.open_3d()

    assert told["size_m"] == pytest.approx([0.4, 3.0, 0.6], rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)


# Keeps each WebGL context that the page makes; before the page's own scripts.
CONTEXTS = """
    window.contexts = new Set();
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        const made = getContext.call(this, kind, ...rest);
        if (made && kind.startsWith("webgl")) window.contexts.add(made);
        return made;
    };
"""


async def test_openings_leave_no_memory_and_no_context_behind(
    visit: Visiting, odd: Visiting
) -> None:
    """Sixteen WebGL contexts are all a page gets: each goes with its scene."""
    visitor = await visit(odd, "/fr/salle/mast/", scripts=(CONTEXTS,), size=(320, 480))
    tried = await visitor.page.evaluate("contexts.size")

    held = []
    for _ in range(3):
        since = await visitor.page.evaluate("told.length")
        await visitor.page.click(".ec-show-3d")
        await visitor.told("shown", since)
        await visitor.page.click(".ec-close")
        held.append((await visitor.told("closed", since))["memory"])

    # The renderer's own lookup table goes with its context.
    assert all(memory["geometries"] == 0 and memory["textures"] <= 1 for memory in held)
    lost = await visitor.page.evaluate(
        "[...contexts].map((one) => one.isContextLost())"
    )
    assert len(lost) >= tried + 3
    assert all(lost)


async def test_a_language_without_our_words_has_english_ones_marked_as_such(
    visit: Visiting, odd: Visiting
) -> None:
    """A screen reader must not read English as Arabic, nor a line run off the screen."""
    visitor = await visit(odd, "/ar/salle/mast/", size=(320, 640))
    button = visitor.page.locator(".ec-show-3d")

    assert await button.inner_text() == "See it in 3D"
    marked = "(e) => [e.closest('[lang]').lang, e.closest('[dir]').dir]"
    assert await button.evaluate(marked) == ["en", "ltr"]
    await visitor.open_3d()
    assert await visitor.page.locator(".ec-view").evaluate(marked) == ["en", "ltr"]
    assert not await visitor.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
    )


async def test_a_label_reads_back_and_leads_to_its_stop(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Build, print, read the code from the paper, open it: the stop, in one's language."""
    addresses = _codes_printed(demonstration.labels)
    codes = {f"HTTPS://ECM.EXAMPLE/{t.code}": t for t in demonstration.release.codes}
    assert sorted(addresses) == sorted(codes)
    printed, target = next(it for it in codes.items() if it[1].stop == "marteau")
    path = "/" + printed.rsplit("/", 1)[1]

    for language, heading in (("fr", "Le marteau-pilon"), ("en", "The steam hammer")):
        visitor = await visit(demonstration, path, locale=language)

        assert visitor.page.url == visitor.base + dict(target.pages)[language]
        assert await visitor.page.inner_text("h1") == heading


def _museum(folder: Path, models: tuple[Shown, ...]) -> Path:
    """Write a museum's folder with one stop a model; the models are for the caller."""
    (folder / "models").mkdir(parents=True)
    (folder / "tours").mkdir()
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    stops = [
        STOP.format(
            name=shown.name,
            file=shown.file,
            height=f"{shown.height_m} m",
            options="".join(f"      {option}\n" for option in shown.options),
        )
        for shown in models
    ]
    (folder / "tours" / "salle.yaml").write_text(
        TOUR + "".join(stops), encoding="utf-8"
    )
    return folder


def _codes_printed(pdf: Path) -> list[str]:
    """Return what a phone reads on the sheets, at 200 dots an inch."""
    import pypdfium2  # noqa: PLC0415  (only here, and slow to load)
    import zxingcpp  # noqa: PLC0415

    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            drawn = np.asarray(page.render(scale=200 / 72).to_pil().convert("L"))
            found += [code.text for code in zxingcpp.read_barcodes(drawn)]
    return found


def _detail(picture: bytes) -> int:
    """Return how many colours a picture has: few when nothing was drawn."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    colors = image.getcolors(image.width * image.height)
    return len(colors or ())
