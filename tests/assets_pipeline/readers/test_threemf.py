"""3MF packages arrive in metres with their colours, pictures and parts, or say what is wrong."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers import xml
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.threemf.reader import read_3mf
from assets_pipeline.resolver import Resolver
from tours.reading.files import MODELS

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
START = "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"
VERTICES = (
    '<vertices><vertex x="0" y="0" z="0"/><vertex x="10" y="0" z="0"/>'
    '<vertex x="10" y="20" z="0"/><vertex x="0" y="0" z="30"/></vertices>'
)
TRIANGLES = '<triangle v1="0" v2="2" v3="1"/><triangle v1="0" v2="1" v3="3"/>'
BUILD = '<item objectid="1"/>'


def shape(triangles: str = TRIANGLES) -> str:
    return f"<mesh>{VERTICES}<triangles>{triangles}</triangles></mesh>"


def model(resources: str = "", build: str = BUILD, unit: str = "millimeter") -> str:
    return (
        f'<model unit="{unit}" xmlns="{CORE}" xmlns:m="material"><resources>'
        f"{resources}</resources><build>{build}</build></model>"
    )


def plain(triangles: str = TRIANGLES, told: str = "") -> str:
    return f'<object id="1" {told}>{shape(triangles)}</object>'


def packed(text: str | bytes, **others: bytes) -> bytes:
    content = io.BytesIO()
    relations = (
        f'<Relationships><Relationship Type="{START}" Target="/3D/a.model"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("3D/a.model", text)
        for name, member in others.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), member)
    return content.getvalue()


def read(content: bytes) -> Document:
    return read_3mf(content, PurePosixPath("a.3mf"), Resolver(Path()))


def size(document: Document) -> tuple[float, float, float]:
    return measure.compute_extents(document).size_m


@pytest.mark.parametrize(
    ("unit", "height_m"), [("millimeter", 0.03), ("inch", 0.762), ("meter", 30.0)]
)
def test_its_unit_is_followed_and_z_is_up(unit: str, height_m: float) -> None:
    document = read(packed(model(plain(), unit=unit)))

    width, height, depth = size(document)

    assert height == pytest.approx(height_m)
    assert width == pytest.approx(height_m / 3)
    assert depth == pytest.approx(height_m * 2 / 3)


def test_base_materials_become_materials() -> None:
    """As sRGB: 188 of 255 is half the light."""
    bases = (
        '<basematerials id="5"><base name="red" displaycolor="#BC0000"/>'
        '<base name="glass" displaycolor="#FFFFFF80"/></basematerials>'
    )
    triangles = TRIANGLES.replace('v3="3"', 'v3="3" pid="5" p1="1"')

    document = read(packed(model(bases + plain(triangles, 'pid="5" pindex="0"'))))

    red, glass = sorted(document.materials(), key=lambda m: str(m.name), reverse=True)
    assert red.base_color_factor == pytest.approx((0.503, 0, 0, 1), abs=2e-3)
    assert red.alpha_mode == "OPAQUE"
    assert glass.alpha_mode == "BLEND"


def test_triangles_of_a_material_are_together_wherever_they_are_written() -> None:
    bases = (
        '<basematerials id="5"><base name="a" displaycolor="#BC0000"/>'
        '<base name="b" displaycolor="#0000BC"/></basematerials>'
    )
    triangles = "".join(
        f'<triangle v1="0" v2="2" v3="{n}" pid="5" p1="{p}"/>'
        for n, p in [(1, 1), (3, 0), (3, 1)]
    )

    document = read(packed(model(bases + plain(triangles))))

    counts = {
        primitive.material.name: len(primitive.triangles)
        for primitive in document.primitives()
        if primitive.material
    }
    assert counts == {"a": 1, "b": 2}


def test_what_is_wholly_transparent_is_shown() -> None:
    """Some programs of printers write an opacity of 0 for all that they print."""
    base = '<basematerials id="5"><base name="a" displaycolor="#BC000000"/></basematerials>'

    (material,) = read(
        packed(model(base + plain(told='pid="5" pindex="0"')))
    ).materials()

    assert (material.base_color_factor[3], material.alpha_mode) == (1, "OPAQUE")


def test_colours_of_corners_are_linear_light() -> None:
    group = '<m:colorgroup id="5"><m:color color="#BC0000"/><m:color color="#0000FF"/></m:colorgroup>'
    triangles = '<triangle v1="0" v2="2" v3="1" pid="5" p1="0" p2="1" p3="1"/>'

    document = read(packed(model(group + plain(triangles))))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors == pytest.approx(
        np.array([[0.503, 0, 0], [0, 0, 1], [0, 0, 1]]), abs=2e-3
    )


def test_a_picture_is_laid_by_its_corners(make: ModuleType) -> None:
    group = (
        '<m:texture2d id="4" path="/3D/T.PNG" contenttype="image/png" tilestyleu="clamp"/>'
        '<m:texture2dgroup id="5" texid="4"><m:tex2coord u="0" v="0.25"/>'
        '<m:tex2coord u="1" v="1"/></m:texture2dgroup>'
    )
    triangles = '<triangle v1="0" v2="2" v3="1" pid="5" p1="0" p2="1" p3="1"/>'
    text = model(group + plain(triangles))

    document = read(packed(text, **{"3D__t_dot_png": make.checker(8)}))

    (primitive,) = document.primitives()
    uvs = primitive.attributes["TEXCOORD_0"].values
    assert uvs.tolist() == [[0, 0.75], [1, 0], [1, 0]]
    (texture,) = document.textures()
    assert texture.sampler.wrap_s == 33071


def test_a_picture_that_is_not_there_is_remembered() -> None:
    group = (
        '<m:texture2d id="4" path="/3D/lost.png"/><m:texture2dgroup id="5" texid="4">'
        '<m:tex2coord u="0" v="0"/></m:texture2dgroup>'
    )
    resolver = Resolver(Path())
    content = packed(model(group + plain(told='pid="5" pindex="0"')))

    read_3mf(content, PurePosixPath("a.3mf"), resolver)

    assert resolver.reads == {"a.3mf/3D/lost.png": None}


def test_composites_are_mixed_by_weight() -> None:
    mixed = (
        '<basematerials id="5"><base name="a" displaycolor="#FF0000"/>'
        '<base name="b" displaycolor="#0000FF"/></basematerials>'
        '<m:compositematerials id="6" matid="5" matindices="0 1">'
        '<m:composite values="1 3"/></m:compositematerials>'
    )

    document = read(packed(model(mixed + plain(told='pid="6" pindex="0"'))))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors[0] == pytest.approx([0.25, 0, 0.75])


def test_layers_multiply() -> None:
    layered = (
        '<m:colorgroup id="5"><m:color color="#FF00FF"/></m:colorgroup>'
        '<m:colorgroup id="6"><m:color color="#FFFF00"/></m:colorgroup>'
        '<m:multiproperties id="7" pids="5 6" blendmethods="multiply">'
        '<m:multi pindices="0 0"/></m:multiproperties>'
    )

    document = read(packed(model(layered + plain(told='pid="7" pindex="0"'))))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors[0] == pytest.approx([1, 0, 0])


def test_a_mixture_of_itself_is_refused() -> None:
    itself = (
        '<m:compositematerials id="6" matid="6" matindices="0">'
        '<m:composite values="1"/></m:compositematerials>'
    )

    with pytest.raises(DamagedFileError) as caught:
        read(packed(model(itself + plain(told='pid="6" pindex="0"'))))

    assert "no group of materials" in caught.value.reason


def test_layers_that_lead_back_to_themselves_are_passed_over() -> None:
    layers = (
        '<m:colorgroup id="5"><m:color color="#FF0000"/></m:colorgroup>'
        '<m:multiproperties id="7" pids="5 8"><m:multi pindices="0 0"/></m:multiproperties>'
        '<m:multiproperties id="8" pids="7"><m:multi pindices="0"/></m:multiproperties>'
    )

    document = read(packed(model(layers + plain(told='pid="7" pindex="0"'))))

    assert measure.count_triangles(document) == 2


def test_groups_in_groups_without_end_are_refused() -> None:
    chain = "".join(
        f'<m:multiproperties id="{n}" pids="{n + 1}"><m:multi pindices="0"/>'
        "</m:multiproperties>"
        for n in range(5, 2005)
    )

    with pytest.raises(LimitExceededError):
        read(packed(model(chain + plain(told='pid="5" pindex="0"'))))


def test_components_share_their_mesh_where_they_are_placed() -> None:
    parts = (
        plain()
        + '<object id="2"><components><component objectid="1"/>'
        + '<component objectid="1" transform="1 0 0 0 1 0 0 0 1 100 0 0"/></components></object>'
    )

    document = read(packed(model(parts, '<item objectid="2"/>')))

    assert len(document.meshes()) == 1
    assert size(document)[0] == pytest.approx(0.11)


def test_a_mirrored_part_turns_its_triangles_with_it() -> None:
    """A viewer draws the other side where the determinant is negative."""
    mirrored = '<item objectid="1" transform="-1 0 0 0 1 0 0 0 1 0 0 0"/>'

    document = read(packed(model(plain(), mirrored)))

    world = next(
        world for node, world in document.shown_nodes_with_matrices() if node.mesh
    )
    assert np.linalg.det(world[:3, :3]) < 0


def test_parts_of_other_files_are_found() -> None:
    """As slicers write them since the production extension."""
    other = model(plain(), "").encode()
    text = model(
        '<object id="2"><components><component objectid="1" p:path="/3D/Objects/b.model"/>'
        "</components></object>",
        '<item objectid="2"/>',
    )

    document = read(packed(text, **{"3D__Objects__b_dot_model": other}))

    assert measure.count_triangles(document) == 2


def test_supports_are_left_out() -> None:
    support = f'<object id="2" type="support">{shape()}</object>'
    both = '<item objectid="1"/><item objectid="2"/>'

    document = read(packed(model(plain() + support, both)))

    assert measure.count_triangles(document) == 2


def test_slices_are_left_out() -> None:
    """They have vertices of their own, which are in no mesh."""
    slices = (
        '<s:slicestack id="9"><s:slice ztop="1"><s:vertices><s:vertex x="0" y="0"/>'
        '</s:vertices><s:polygon startv="0"><s:segment v2="0"/></s:polygon></s:slice>'
        "</s:slicestack>"
    )

    document = read(packed(model(slices + plain())))

    assert measure.count_triangles(document) == 2


def test_beams_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are."""
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 20)
    beams = "<b:beamlattice>" + '<b:beam v1="0" v2="1"/>' * 20 + "</b:beamlattice>"

    document = read(packed(model(plain().replace("</mesh>", f"{beams}</mesh>"))))

    assert measure.count_triangles(document) == 2


@pytest.mark.parametrize("axis", "xyz")
@pytest.mark.parametrize("value", ["nan", "inf", "-1e10"])
def test_no_position_is_out_of_reach(axis: str, value: str) -> None:
    told = plain().replace(f'{axis}="0"', f'{axis}="{value}"', 1)

    with pytest.raises(DamagedFileError) as caught:
        read(packed(model(told)))

    assert "finite" in caught.value.reason


def bomb() -> str:
    """Return components of components that make 2 to the power of 40 parts."""
    levels = "".join(
        f'<object id="{n}"><components><component objectid="{n - 1}"/>'
        f'<component objectid="{n - 1}"/></components></object>'
        for n in range(2, 42)
    )
    return model(plain() + levels, '<item objectid="41"/>')


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("", DamagedFileError, "no element found"),
        ("<model>", DamagedFileError, "no element found"),
        ("<svg/>", DamagedFileError, "none that 3MF knows"),
        (model(unit="cubit"), DamagedFileError, "'cubit'"),
        (model(), DamagedFileError, "shows object 1"),
        (model(plain("")), EmptyModelError, "no triangle"),
        (model(plain().replace('x="10"', 'x="ten"', 1)), DamagedFileError, "no vertex"),
        (model(plain().replace('v3="3"', 'v3="4"')), DamagedFileError, "vertex 4"),
        (model(plain().replace('v3="3"', 'v3="-1"')), DamagedFileError, "vertex"),
        (
            model(plain(), '<item objectid="1" transform="1 0 0"/>'),
            DamagedFileError,
            "3 numbers",
        ),
        (bomb(), LimitExceededError, "times"),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]>' + model(plain()),
            UnsupportedFormatError,
            "entities",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + model(plain()),
            UnsupportedFormatError,
            "entities",
        ),
    ],
    ids=lambda value: str(value)[-60:],
)
def test_what_is_wrong_is_told(text: str, kind: type[AssetError], words: str) -> None:
    with pytest.raises(kind) as caught:
        read(packed(text))

    assert words in caught.value.reason
    assert caught.value.place


def test_an_object_that_holds_itself_is_refused() -> None:
    itself = (
        '<object id="1"><components><component objectid="1"/></components></object>'
    )

    with pytest.raises(LimitExceededError):
        read(packed(model(itself)))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_never_escape_our_errors(data: st.DataObject) -> None:
    group = '<m:colorgroup id="5"><m:color color="#BC0000"/></m:colorgroup>'
    content = bytearray(model(group + plain(told='pid="5" pindex="0"')).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))

    with contextlib.suppress(AssetError):
        read(packed(bytes(content)))


def test_a_package_in_a_zip_is_read_and_a_tour_may_name_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("model/a.3mf", packed(model(plain())))

    document = read_document(
        PurePosixPath("a.zip"), OrientOptions(), Resolver(tmp_path)
    )

    assert measure.count_triangles(document) == 2
    assert {".3mf", ".dae"} <= set(MODELS.endings)
