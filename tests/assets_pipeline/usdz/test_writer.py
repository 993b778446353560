"""USDZ packages, judged by OpenUSD's own validators and measured by its own tools."""

from __future__ import annotations

import io
import math
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from PIL import Image as Pillow
from pxr import Usd, UsdGeom, UsdShade, UsdValidation

from assets_pipeline.errors.exceptions import EmptyModelError, LimitExceededError
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene, Skin
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Sampler,
    Texture,
    TextureInfo,
    TextureTransform,
)
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.usdz.writer import UsdzOptions, write_usdz

Opener = Callable[[bytes], Usd.Stage]

SHARED_MODELS = Path(__file__).parents[3] / "../shared/data/models"
HAMMER = Path(__file__).parents[3] / "content/creusot-montceau/models/marteau.glb"


def picture(mode: str = "RGB", size: int = 16, kind: str = "WEBP") -> Image:
    ramp = Pillow.linear_gradient("L").resize((size, size))
    pixels = ramp.convert(mode)
    if mode == "RGBA":
        pixels.putalpha(ramp)
    content = io.BytesIO()
    pixels.save(content, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return Image(content.getvalue(), f"image/{kind.lower()}")


def used(image: Image, **settings: object) -> TextureInfo:
    return TextureInfo(Texture(image), **settings)  # type: ignore[arg-type]


def only_picture(package: bytes) -> bytes:
    """Return the content of a package's one picture."""
    archive = zipfile.ZipFile(io.BytesIO(package))
    _, name = archive.namelist()
    return archive.read(name)


def triangle(material: Material | None = None, **attributes: object) -> Primitive:
    """Return a triangle 1 m wide and 2 m high, in the plane z = 0, facing +Z."""
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0]], np.float32)
    return Primitive(
        {
            "POSITION": create_accessor(corners),
            "NORMAL": create_accessor(np.tile(np.float32([0, 0, 1]), (3, 1))),
            "TEXCOORD_0": create_accessor(np.float32([[0, 0], [1, 0], [0, 0.25]])),
            **attributes,
        },
        material=material,
    )


def document(*primitives: Primitive, **node: object) -> Document:
    scene = Scene([Node(mesh=Mesh(list(primitives)), **node)])  # type: ignore[arg-type]
    return Document([scene], scene)


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Return a function that opens a package as USD does."""
    kept: list[Usd.Stage] = []  # prims die with the last mention of their stage

    def open_package(package: bytes) -> Usd.Stage:
        path = tmp_path / "model.usdz"
        path.write_bytes(package)
        kept.append(Usd.Stage.Open(str(path)))
        return kept[-1]

    return open_package


def findings(stage: Usd.Stage) -> list[tuple[str, str]]:
    """Return what every validator that comes with OpenUSD says of a stage."""
    registry = UsdValidation.ValidationRegistry()
    validators = [
        registry.GetOrLoadValidatorByName(metadata.name)
        for metadata in registry.GetAllValidatorMetadata()
        if not metadata.isSuite
    ]
    found = UsdValidation.ValidationContext(validators).Validate(stage)
    return [(error.GetName(), error.GetMessage()) for error in found]


def meshes(stage: Usd.Stage) -> list[UsdGeom.Mesh]:
    return [UsdGeom.Mesh(p) for p in stage.Traverse() if p.IsA(UsdGeom.Mesh)]


def surface(stage: Usd.Stage) -> UsdShade.Shader:
    (mesh,) = meshes(stage)
    material, _ = UsdShade.MaterialBindingAPI(mesh).ComputeBoundMaterial()
    source, _, _ = material.ComputeSurfaceSource()
    return source


def source_of(shader: UsdShade.Shader, name: str) -> tuple[UsdShade.Shader, str]:
    """Return the shader connected to an input, and which of its outputs."""
    info = shader.GetInput(name).GetConnectedSources()[0][0]
    return UsdShade.Shader(info.source.GetPrim()), info.sourceName


def value(shader: UsdShade.Shader, name: str) -> object:
    return shader.GetInput(name).Get()


def size_m(stage: Usd.Stage) -> np.ndarray:
    cache = UsdGeom.BBoxCache(Usd.TimeCode.Default(), [UsdGeom.Tokens.default_])
    box = cache.ComputeWorldBound(stage.GetDefaultPrim()).ComputeAlignedRange()
    return np.array(box.GetSize()) * UsdGeom.GetStageMetersPerUnit(stage)


FULL = Material(
    name="émail",
    base_color_factor=(0.5, 0.25, 1.0, 0.5),
    base_color_texture=used(picture("RGBA")),
    metallic_factor=0.25,
    roughness_factor=0.75,
    metallic_roughness_texture=used(picture()),
    normal_texture=used(picture(), scale=0.5),
    occlusion_texture=used(picture(), strength=0.25),
    emissive_texture=used(picture()),
    emissive_factor=(1.0, 0.5, 0.0),
    alpha_mode="BLEND",
    double_sided=True,
)


@pytest.mark.parametrize(
    "material",
    [
        None,
        Material(),
        FULL,
        Material(alpha_mode="MASK", base_color_texture=used(picture("RGBA"))),
        Material(extensions={"KHR_materials_unlit": {}}),
        Material(extensions={"KHR_materials_clearcoat": {"clearcoatFactor": 1}}),
    ],
    ids=["none", "default", "full", "cutout", "unlit", "clearcoat"],
)
def test_validators_find_nothing(opened: Opener, material: Material | None) -> None:
    stage = opened(write_usdz(document(triangle(material))))

    assert findings(stage) == []


def test_validators_are_awake(opened: Opener) -> None:
    """An empty list means nothing unless a broken package fills it."""
    stage = opened(write_usdz(document(triangle(FULL))))
    (mesh,) = meshes(stage)
    mesh.GetPrim().RemoveAppliedSchema("MaterialBindingAPI")

    assert findings(stage)


def test_metres_with_y_up(opened: Opener) -> None:
    stage = opened(write_usdz(document(triangle())))

    assert UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.y
    assert UsdGeom.GetStageMetersPerUnit(stage) == 1.0


def test_size_follows_the_nodes(opened: Opener) -> None:
    moved = document(triangle(), translation=(5.0, 0.0, 0.0), scale=(10.0, 10.5, 1.0))

    stage = opened(write_usdz(moved))

    np.testing.assert_allclose(size_m(stage), [10, 21, 0], rtol=0.01)


def test_a_mirrored_node_keeps_its_faces_outward(opened: Opener) -> None:
    """A mirror turns triangles inside out, and Quick Look would hide them."""
    stage = opened(write_usdz(document(triangle(), scale=(-1.0, 1.0, 1.0))))

    (mesh,) = meshes(stage)
    a, b, c = np.array(mesh.GetPointsAttr().Get())[
        np.array(mesh.GetFaceVertexIndicesAttr().Get())
    ]
    assert np.cross(b - a, c - a)[2] > 0
    np.testing.assert_allclose(mesh.GetNormalsAttr().Get()[0], [0, 0, 1], atol=1e-6)


def test_texture_coordinates_grow_upwards(opened: Opener) -> None:
    stage = opened(write_usdz(document(triangle(FULL))))

    st = UsdGeom.PrimvarsAPI(meshes(stage)[0]).GetPrimvar("st").Get()

    np.testing.assert_allclose(st, [[0, 1], [1, 1], [0, 0.75]])


def test_a_texture_transform_is_drawn_into_the_coordinates(opened: Opener) -> None:
    """KHR_texture_transform: uv' = offset + rotation · (scale · uv), counter-clockwise."""
    turn = TextureTransform(offset=(0.5, 0.0), rotation=math.pi / 2, scale=(2.0, 4.0))
    material = Material(base_color_texture=used(picture(), transform=turn))

    stage = opened(write_usdz(document(triangle(material))))

    st = UsdGeom.PrimvarsAPI(meshes(stage)[0]).GetPrimvar("st").Get()
    np.testing.assert_allclose(st, [[0.5, 1], [0.5, 3], [1.5, 1]], atol=1e-6)


def test_textures_looked_up_in_two_ways_get_two_sets(opened: Opener) -> None:
    material = Material(
        base_color_texture=used(picture()),
        normal_texture=used(picture(), transform=TextureTransform(scale=(3.0, 3.0))),
    )

    stage = opened(write_usdz(document(triangle(material))))

    texture, _ = source_of(surface(stage), "normal")
    reader, _ = source_of(texture, "st")
    assert value(reader, "varname") == "st1"
    st1 = UsdGeom.PrimvarsAPI(meshes(stage)[0]).GetPrimvar("st1").Get()
    np.testing.assert_allclose(st1, [[0, 1], [3, 1], [0, 0.25]])


def test_pictures_are_png_or_jpeg(opened: Opener) -> None:
    """Quick Look reads no WebP."""
    photograph = Material(base_color_texture=used(picture(size=128)))
    package = write_usdz(document(triangle(FULL), triangle(photograph)))

    names = zipfile.ZipFile(io.BytesIO(package)).namelist()

    assert names[0] == "model.usdc"
    assert {Path(name).suffix for name in names[1:]} <= {".png", ".jpg"}


def test_every_picture_is_found_in_the_package(opened: Opener) -> None:
    stage = opened(write_usdz(document(triangle(FULL))))

    files = [
        UsdShade.Shader(prim).GetInput("file").Get()
        for prim in stage.Traverse()
        if UsdShade.Shader(prim) and UsdShade.Shader(prim).GetInput("file")
    ]
    assert len(files) == 5
    assert all(file.resolvedPath for file in files)


def grain(quality: int) -> Image:
    """Return a JPEG of noise, which is as heavy as its quality says."""
    pixels = np.random.default_rng(0).integers(0, 255, (96, 96, 3), np.uint8)
    content = io.BytesIO()
    Pillow.fromarray(pixels).save(content, "JPEG", quality=quality)
    return Image(content.getvalue(), "image/jpeg")


def test_a_jpeg_finer_than_shows_is_coded_again() -> None:
    image = grain(quality=100)
    package = write_usdz(document(triangle(Material(base_color_texture=used(image)))))

    content = only_picture(package)

    assert len(content) < 0.6 * len(image.content)


def test_a_full_alpha_is_none() -> None:
    """Programs export RGBA by habit; PNG of photographs is several times as heavy."""
    pixels = Pillow.open(io.BytesIO(grain(quality=75).content)).convert("RGBA")
    content = io.BytesIO()
    pixels.save(content, "PNG")
    image = Image(content.getvalue(), "image/png")
    material = Material(alpha_mode="BLEND", base_color_texture=used(image))

    package = write_usdz(document(triangle(material)))

    assert zipfile.ZipFile(io.BytesIO(package)).namelist()[1:] == ["textures/0.jpg"]


def test_a_small_drawing_keeps_its_colours() -> None:
    """JPEG would cost more, and bleed: colours at half the size show near by."""
    checker = np.indices((64, 64)).sum(axis=0) // 8 % 2
    colors = np.array([[255, 0, 0], [255, 255, 255]], np.uint8)[checker]
    content = io.BytesIO()
    Pillow.fromarray(colors).save(content, "PNG")
    image = Image(content.getvalue(), "image/png")

    package = write_usdz(document(triangle(Material(base_color_texture=used(image)))))

    drawn = Pillow.open(io.BytesIO(only_picture(package)))
    np.testing.assert_array_equal(np.asarray(drawn), colors)


def test_a_jpeg_small_enough_is_kept_as_it_is() -> None:
    """Coding it again would lose quality for nothing."""
    image = grain(quality=75)
    package = write_usdz(document(triangle(Material(base_color_texture=used(image)))))

    archive = zipfile.ZipFile(io.BytesIO(package))

    assert archive.read("textures/0.jpg") == image.content


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "I;16"])
def test_a_picture_of_any_mode_is_recoded(mode: str) -> None:
    content = io.BytesIO()
    Pillow.linear_gradient("L").convert("I;16" if mode == "I;16" else mode).save(
        content, "PNG"
    )
    image = Image(content.getvalue(), "image/png")

    package = write_usdz(document(triangle(Material(base_color_texture=used(image)))))

    content = only_picture(package)
    assert Pillow.open(io.BytesIO(content)).mode == "RGB"


def test_a_large_picture_is_reduced() -> None:
    material = Material(base_color_texture=used(picture(size=256)))

    package = write_usdz(document(triangle(material)), UsdzOptions(edges_px=(128,)))

    content = only_picture(package)
    assert Pillow.open(io.BytesIO(content)).size == (128, 128)


def test_textures_shrink_until_the_package_fits() -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (256, 256, 3), np.uint8)
    content = io.BytesIO()
    Pillow.fromarray(pixels).save(content, "PNG")
    image = Image(content.getvalue(), "image/png")
    whole = document(triangle(Material(base_color_texture=used(image))))
    options = UsdzOptions(edges_px=(256, 64), most_bytes=20_000)

    package = write_usdz(whole, options)

    assert len(package) <= 20_000
    with pytest.raises(LimitExceededError, match="more than 1000"):
        write_usdz(whole, UsdzOptions(edges_px=(64,), most_bytes=1000))


def test_a_normal_map_of_noise_is_coded() -> None:
    """It takes more than the byte a pixel that Pillow leaves for it."""
    pixels = np.random.default_rng(0).integers(0, 255, (512, 512, 3), np.uint8)
    content = io.BytesIO()
    Pillow.fromarray(pixels).save(content, "PNG")
    noise = used(Image(content.getvalue(), "image/png"))

    package = write_usdz(document(triangle(Material(normal_texture=noise))))

    content = only_picture(package)
    assert Pillow.open(io.BytesIO(content)).size == (512, 512)


def test_the_colours_of_a_palette_stay_apart() -> None:
    pixels = np.uint8([[(255, 0, 0), (0, 255, 0)], [(0, 0, 255), (255, 255, 0)]])
    content = io.BytesIO()
    Pillow.fromarray(pixels).save(content, "PNG")
    palette = used(Image(content.getvalue(), "image/png"))

    package = write_usdz(document(triangle(Material(base_color_texture=palette))))

    kept = only_picture(package)
    assert np.array_equal(np.asarray(Pillow.open(io.BytesIO(kept))), pixels)


def test_factors_multiply_their_textures(opened: Opener) -> None:
    shader = surface(opened(write_usdz(document(triangle(FULL)))))

    color, channel = source_of(shader, "diffuseColor")
    measures, _ = source_of(shader, "roughness")
    occlusion, _ = source_of(shader, "occlusion")
    emission, _ = source_of(shader, "emissiveColor")
    assert channel == "rgb"
    np.testing.assert_allclose(value(color, "scale"), [0.5, 0.25, 1, 0.5])
    np.testing.assert_allclose(value(measures, "scale")[1:3], [0.75, 0.25])
    np.testing.assert_allclose(value(occlusion, "scale")[0], 0.25)
    np.testing.assert_allclose(value(occlusion, "bias")[0], 0.75)
    np.testing.assert_allclose(value(emission, "scale"), [1, 0.5, 0, 1])


def test_colours_are_srgb_and_measures_raw(opened: Opener) -> None:
    shader = surface(opened(write_usdz(document(triangle(FULL)))))

    spaces = {
        name: value(source_of(shader, name)[0], "sourceColorSpace")
        for name in ("diffuseColor", "emissiveColor", "roughness", "normal")
    }

    assert spaces == {
        "diffuseColor": "sRGB",
        "emissiveColor": "sRGB",
        "roughness": "raw",
        "normal": "raw",
    }


def test_one_picture_of_three_measures_is_read_once(opened: Opener) -> None:
    orm = picture()
    material = Material(
        metallic_roughness_texture=used(orm), occlusion_texture=used(orm)
    )

    shader = surface(opened(write_usdz(document(triangle(material)))))

    sources = {
        name: source_of(shader, name) for name in ("occlusion", "roughness", "metallic")
    }
    assert len({str(s.GetPath()) for s, _ in sources.values()}) == 1
    assert [channel for _, channel in sources.values()] == ["r", "g", "b"]


def test_a_cutout_has_its_threshold_and_alpha(opened: Opener) -> None:
    material = Material(
        alpha_mode="MASK", alpha_cutoff=0.3, base_color_texture=used(picture("RGBA"))
    )

    shader = surface(opened(write_usdz(document(triangle(material)))))

    assert value(shader, "opacityThreshold") == pytest.approx(0.3)
    assert source_of(shader, "opacity")[1] == "a"


def test_an_opaque_material_ignores_its_alpha(opened: Opener) -> None:
    """By glTF 2.0, section 3.9.4, OPAQUE ignores any alpha; Quick Look would not."""
    material = Material(
        base_color_factor=(1, 1, 1, 0.2), base_color_texture=used(picture("RGBA"))
    )

    shader = surface(opened(write_usdz(document(triangle(material)))))

    assert not shader.GetInput("opacity")


def test_plain_colour_stays_linear(opened: Opener) -> None:
    material = Material(base_color_factor=(0.1, 0.2, 0.3, 1.0))

    shader = surface(opened(write_usdz(document(triangle(material)))))

    np.testing.assert_allclose(value(shader, "diffuseColor"), [0.1, 0.2, 0.3])


def test_vertex_colours_tint_a_material_without_texture(opened: Opener) -> None:
    colors = create_accessor(np.float32([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    material = Material(base_color_factor=(0.5, 0.5, 0.5, 1.0))

    stage = opened(write_usdz(document(triangle(material, COLOR_0=colors))))

    reader, _ = source_of(surface(stage), "diffuseColor")
    (mesh,) = meshes(stage)
    assert value(reader, "varname") == "displayColor"
    np.testing.assert_allclose(mesh.GetDisplayColorAttr().Get(), np.eye(3) / 2)
    assert findings(stage) == []


def test_an_unlit_material_glows_with_its_colour(opened: Opener) -> None:
    material = Material(
        base_color_texture=used(picture()), extensions={"KHR_materials_unlit": {}}
    )

    shader = surface(opened(write_usdz(document(triangle(material)))))

    assert source_of(shader, "emissiveColor")[1] == "rgb"
    np.testing.assert_allclose(value(shader, "diffuseColor"), [0, 0, 0])


def test_a_clear_coat_has_its_texture(opened: Opener) -> None:
    coat = {"clearcoatFactor": 0.5, "clearcoatTexture": used(picture())}
    material = Material(extensions={"KHR_materials_clearcoat": coat})

    stage = opened(write_usdz(document(triangle(material))))

    texture, channel = source_of(surface(stage), "clearcoat")
    assert channel == "r"
    np.testing.assert_allclose(value(texture, "scale")[0], 0.5)
    assert findings(stage) == []


def test_wrapping_follows_the_sampler(opened: Opener) -> None:
    info = TextureInfo(Texture(picture(), Sampler(wrap_s=33071, wrap_t=33648)))

    stage = opened(write_usdz(document(triangle(Material(base_color_texture=info)))))

    texture, _ = source_of(surface(stage), "diffuseColor")
    assert (value(texture, "wrapS"), value(texture, "wrapT")) == ("clamp", "mirror")


def test_a_normal_map_s_strength_is_drawn_into_it() -> None:
    """Validators, and Quick Look, want the usual scale and bias of 2 and -1."""
    content = io.BytesIO()
    Pillow.new("RGB", (8, 8), (218, 128, 218)).save(content, "PNG")  # 45 degrees
    image = Image(content.getvalue(), "image/png")
    flat = Material(normal_texture=used(image, scale=0.0))

    package = write_usdz(document(triangle(flat)))

    content = only_picture(package)
    pixel = Pillow.open(io.BytesIO(content)).getpixel((4, 4))
    np.testing.assert_allclose(pixel, (128, 128, 255), atol=2)


def test_surfaces_of_one_material_become_one_mesh(opened: Opener) -> None:
    shared = Material()
    whole = document(triangle(shared), triangle(shared), triangle(Material()))

    stage = opened(write_usdz(whole))

    assert [len(m.GetFaceVertexCountsAttr().Get()) for m in meshes(stage)] == [2, 1]


def test_a_skin_is_applied_at_rest(opened: Opener) -> None:
    joint = Node(translation=(0.0, 3.0, 0.0))
    held = triangle(
        JOINTS_0=create_accessor(np.zeros((3, 4), np.uint8)),
        WEIGHTS_0=create_accessor(np.tile(np.float32([1, 0, 0, 0]), (3, 1))),
    )
    figure = document(held, skin=Skin([joint]), translation=(100.0, 0.0, 0.0))
    figure.scene.nodes.append(joint)

    stage = opened(write_usdz(figure))

    (mesh,) = meshes(stage)
    points = np.array(mesh.GetPointsAttr().Get())
    np.testing.assert_allclose(points.min(axis=0), [0, 3, 0], atol=1e-6)


def test_a_morph_is_applied_at_rest(opened: Opener) -> None:
    target = {"POSITION": create_accessor(np.tile(np.float32([0, 4, 0]), (3, 1)))}
    held = triangle()
    held.targets.append(target)

    stage = opened(write_usdz(document(held, weights=(0.5,))))

    (mesh,) = meshes(stage)
    assert np.array(mesh.GetPointsAttr().Get())[:, 1].min() == pytest.approx(2)


def test_title_and_rights_are_written(opened: Opener) -> None:
    whole = document(triangle())
    whole.copyright = "2026 Écomusée, CC-BY-SA-4.0"
    whole.extras = {"title": "Marteau", "license": "CC-BY-SA-4.0", "odd": [1]}

    stage = opened(write_usdz(whole))

    assert stage.GetRootLayer().customLayerData == {
        "copyright": "2026 Écomusée, CC-BY-SA-4.0",
        "license": "CC-BY-SA-4.0",
        "title": "Marteau",
    }


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_usdz(document(triangle(FULL))) == write_usdz(document(triangle(FULL)))


def test_files_are_stored_on_boundaries_of_64_bytes() -> None:
    """USDZ specification: content is mapped into memory where it lies."""
    package = write_usdz(document(triangle(FULL)))

    for entry in zipfile.ZipFile(io.BytesIO(package)).infolist():
        start = entry.header_offset + 26
        name, extra = struct.unpack("<HH", package[start : start + 4])
        assert (start + 4 + name + extra) % 64 == 0
        assert entry.compress_type == zipfile.ZIP_STORED


def test_nothing_to_draw_is_said() -> None:
    lines = triangle()
    lines.mode = 1

    with pytest.raises(EmptyModelError, match="no triangle"):
        write_usdz(document(lines))


def test_usd_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    write_usdz(document(triangle(FULL)))

    assert capfd.readouterr() == ("", "")


def test_a_source_in_millimetres_with_z_up_stands_at_true_size(
    opened: Opener, tmp_path: Path
) -> None:
    """An STL as CAD exports it: 600 mm wide, 400 deep, 1,800 high along Z."""
    corners = np.float32([[0, 0, 0], [600, 0, 0], [0, 400, 0], [0, 0, 1800]])
    faces = [(0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3)]
    rows = [struct.pack("<12fH", 0, 0, 0, *corners[list(f)].ravel(), 0) for f in faces]
    stl = bytes(80) + struct.pack("<I", len(rows)) + b"".join(rows)
    (tmp_path / "part.stl").write_bytes(stl)
    options = OrientOptions(metres_per_unit=0.001, up="z")
    read = read_document(PurePosixPath("part.stl"), options, Resolver(tmp_path))

    stage = opened(write_usdz(read))

    np.testing.assert_allclose(size_m(stage), [0.6, 1.8, 0.4], rtol=0.01)


@pytest.mark.skipif(not HAMMER.exists(), reason="the demonstration model is absent")
def test_the_hammer_is_21_m_high(opened: Opener) -> None:
    package = write_usdz(_read(HAMMER))

    stage = opened(package)

    assert size_m(stage)[1] == pytest.approx(21, rel=0.01)
    assert findings(stage) == []
    assert len(package) <= 8_000_000


@pytest.mark.skipif(not SHARED_MODELS.exists(), reason="needs ../shared/data")
@pytest.mark.parametrize(
    "name", ["venus", "whale_cranium", "CesiumMan", "greySnapper_vertColor"]
)
def test_a_museum_s_model_passes(opened: Opener, name: str) -> None:
    stage = opened(write_usdz(_read(SHARED_MODELS / f"{name}.glb")))

    assert findings(stage) == []


def _read(path: Path) -> Document:
    return read_gltf(path.read_bytes(), PurePosixPath(path.name), Resolver(path.parent))
