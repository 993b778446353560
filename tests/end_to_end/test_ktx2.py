"""A model whose pictures are KTX2, in a real browser and under the pages' own policy."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.codecs import ktx2
from assets_pipeline.codecs.ktx2 import Ktx2Setting
from assets_pipeline.gltf import ktx2_header
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import Image, Texture, TextureInfo, matte_material
from assets_pipeline.gltf.writer import write_glb

if TYPE_CHECKING:
    from playwright.async_api import Route

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
GREEN = (20, 160, 40)
PLAIN_GRAPHICS = """{
    const { getSupportedExtensions } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getSupportedExtensions = function () {
        const names = getSupportedExtensions.call(this);
        return names.filter((name) => !/compress/.test(name));
    };
}"""
PHONE_GRAPHICS = PLAIN_GRAPHICS.replace("/compress/", "/bptc/")


def green_box(codec: ktx2_header.Codec, alpha: int = 255) -> bytes:
    """Return a GLB of a box with one green picture, its coordinates transformed."""
    corners = np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).reshape(3, -1).T
    points = (corners * 4 - (2, 0, 2)).astype(np.float32)
    sides = [0, 1, 3, 0, 3, 2, 4, 6, 7, 4, 7, 5, 0, 4, 5, 0, 5, 1]
    sides += [2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 5, 7, 1, 7, 3]
    pixels = np.full((64, 64, 4), (*GREEN, alpha), np.uint8)
    setting = Ktx2Setting(codec, 128 if codec == "ETC1S" else 0)
    content = ktx2.encode_ktx2(pixels, setting, is_color=True)
    texture = Texture(Image(content, ktx2_header.MEDIA_TYPE))
    material = matte_material()
    material.double_sided = True
    material.base_color_texture = TextureInfo(texture)
    attributes = {
        "POSITION": create_accessor(points),
        "NORMAL": create_accessor(
            points / np.linalg.norm(points, axis=1, keepdims=True)
        ),
        "TEXCOORD_0": create_accessor(corners[:, :2].astype(np.float32)),
    }
    indices = create_accessor(np.array(sides, np.uint16))
    node = Node(mesh=Mesh([Primitive(attributes, indices, material)]))
    scene = Scene([node])
    return write_glb(Document([scene], scene))


async def finer_is(visitor: Visiting, glb: bytes) -> None:
    """Answer with another file where the page asks for its second level."""
    asked: list[str] = []

    async def second(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            await route.continue_()
        else:
            await route.fulfill(body=glb)

    await visitor.page.route("**/*.glb", second)


@pytest.mark.parametrize(
    ("codec", "alpha", "scripts"),
    [
        ("ETC1S", 255, ()),
        ("ETC1S", 200, (PHONE_GRAPHICS,)),
        ("UASTC", 255, (PHONE_GRAPHICS,)),
        ("ETC1S", 255, (PLAIN_GRAPHICS,)),
    ],
    ids=["ETC1S as BC7", "with alpha as ETC2", "UASTC as ASTC", "ETC1S as RGBA"],
)
async def test_its_pictures_are_drawn(
    visit: Visiting,
    demonstration: Visiting,
    codec: ktx2_header.Codec,
    alpha: int,
    scripts: tuple[str, ...],
) -> None:
    """Whatever this browser's graphics take; the policy of pages admits the transcoder."""
    visitor = await visit(demonstration, scripts=scripts)
    await finer_is(visitor, green_box(codec, alpha))

    await visitor.open_3d()

    red, green, blue = middle(await visitor.page.locator(".ec-canvas").screenshot())
    assert green > 1.5 * red
    assert green > 1.5 * blue


async def test_a_transcoder_that_does_not_come_leaves_the_first_level(
    visit: Visiting, demonstration: Visiting
) -> None:
    lost = "Couldn't load texture"
    visitor = await visit(demonstration, expected=("503", lost))
    await finer_is(visitor, green_box("ETC1S"))
    await visitor.page.route(
        "**/basis_transcoder*", lambda route: route.fulfill(status=503)
    )

    async with visitor.page.expect_console_message(lambda told: lost in told.text):
        await visitor.page.click(".ec-show-3d")
    await visitor.page.evaluate("new Promise(requestAnimationFrame)")

    assert await visitor.page.locator(".ec-canvas").is_visible()
    told = await visitor.page.evaluate("told.map(({ state }) => state)")
    assert told == ["loading", "shown"]


async def test_pages_without_such_a_model_fetch_no_transcoder(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))

    await visitor.open_3d()

    assert not [url for url in asked if "basis" in url]


def middle(picture: bytes) -> tuple[float, float, float]:
    """Return the mean colour of a picture's middle."""
    image = Pillow.open(io.BytesIO(picture)).convert("RGB")
    x, y = image.width // 2, image.height // 2
    part = np.asarray(image.crop((x - 10, y - 10, x + 10, y + 10)), np.float64)
    red, green, blue = part.reshape(-1, 3).mean(axis=0)
    return float(red), float(green), float(blue)
