"""COLLADA files arrive in metres with their nodes, colours, pictures and skins."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
    LimitExceededError,
    RefusedPathError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.readers.dae import animations
from assets_pipeline.readers.dae.reader import read_dae
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

SOURCE = (
    '<source id="{id}"><float_array id="{id}-a" count="{size}">{numbers}</float_array>'
    '<technique_common><accessor source="#{id}-a" count="{count}" stride="{width}">'
    "{params}</accessor></technique_common></source>"
)


def source(name: str, width: int, *numbers: float) -> str:
    return SOURCE.format(
        id=name,
        size=len(numbers),
        numbers=" ".join(map(str, numbers)),
        count=len(numbers) // width,
        width=width,
        params='<param name="A" type="float"/>' * width,
    )


PLACES = source("p", 3, 0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 2, 0)
UVS = source("t", 2, 0, 0, 1, 0.25) + source("t2", 2, 0.5, 0.5)
VERTICES = '<vertices id="v"><input semantic="POSITION" source="#p"/></vertices>'
VERTEX = '<input semantic="VERTEX" source="#v" offset="0"/>'
SQUARE = f'<polylist count="1" material="m">{VERTEX}<vcount>4</vcount><p>0 1 2 3</p></polylist>'
BOUND = (
    '<bind_material><technique_common><instance_material symbol="m" target="#red">'
    '<bind_vertex_input semantic="UV" input_semantic="TEXCOORD" input_set="1"/>'
    "</instance_material></technique_common></bind_material>"
)
SHOWN = f'<instance_geometry url="#g">{BOUND}</instance_geometry>'
RED = "<diffuse><color>0.735 0 0 1</color></diffuse>"


def effect(slots: str = RED, more: str = "") -> str:
    return (
        '<library_images><image id="i"><init_from>{picture}</init_from></image></library_images>'
        '<library_materials><material id="red" name="red"><instance_effect url="#e"/>'
        '</material></library_materials><library_effects><effect id="e"><profile_COMMON>'
        '<newparam sid="s"><surface type="2D"><init_from>i</init_from></surface></newparam>'
        '<newparam sid="d"><sampler2D><source>s</source></sampler2D></newparam>'
        f'<technique sid="c"><phong>{slots}</phong></technique>{more}'
        "</profile_COMMON></effect></library_effects>"
    )


def scene(nodes: str) -> str:
    return (
        f'<library_visual_scenes><visual_scene id="s0">{nodes}</visual_scene>'
        '</library_visual_scenes><scene><instance_visual_scene url="#s0"/></scene>'
    )


def geometry(surfaces: str = SQUARE, sources: str = PLACES) -> str:
    return (
        f'<library_geometries><geometry id="g" name="square"><mesh>{sources}{VERTICES}'
        f"{surfaces}</mesh></geometry></library_geometries>"
    )


def dae(
    *libraries: str, asset: str = "", nodes: str = f"<node>{SHOWN}</node>"
) -> bytes:
    held = "".join(libraries) or geometry() + effect()
    head = (
        '<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">'
    )
    return f"{head}<asset>{asset}</asset>{held}{scene(nodes)}</COLLADA>".encode()


def read(content: bytes, folder: Path = Path()) -> Document:
    return read_dae(content, PurePosixPath("a.dae"), Resolver(folder))


def size(content: bytes) -> tuple[float, float, float]:
    return measure.compute_extents(read(content)).size_m


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        ("", (1, 2, 0)),
        ('<unit meter="0.01"/><up_axis>Z_UP</up_axis>', (0.01, 0, 0.02)),
        ("<up_axis>X_UP</up_axis>", (2, 1, 0)),
    ],
)
def test_its_unit_and_axis_are_followed(
    asset: str, expected: tuple[float, float, float]
) -> None:
    assert size(dae(asset=asset)) == pytest.approx(expected, abs=1e-6)


def test_decimals_may_be_written_with_commas() -> None:
    """As some exporters do on machines that speak French."""
    places = PLACES.replace("1 0 0 1 2 0 0 2 0", "1,5 0,0 0 1,5 2 0 0 2 0")

    document = read(dae(geometry(sources=places), effect()))

    assert measure.compute_extents(document).size_m == pytest.approx((1.5, 2, 0))


def test_transforms_follow_one_another() -> None:
    nodes = (
        "<node><translate>10 0 0</translate><rotate>0 0 1 90</rotate>"
        f"<scale>2 1 1</scale><node><matrix>1 0 0 1 0 1 0 0 0 0 1 0 0 0 0 1</matrix>{SHOWN}</node></node>"
    )

    extents = measure.compute_extents(read(dae(nodes=nodes)))

    assert extents.least == pytest.approx((8, 2, 0), abs=1e-6)
    assert extents.greatest == pytest.approx((10, 4, 0), abs=1e-6)


@pytest.mark.parametrize(
    "surface",
    [
        f"<triangles count='2'>{VERTEX}<p>0 1 2 0 2 3</p></triangles>",
        f"<polygons count='1'>{VERTEX}<p>0 1 2 3</p></polygons>",
        f"<tristrips count='1'>{VERTEX}<p>0 1 3 2</p></tristrips>",
        f"<trifans count='1'>{VERTEX}<p>0 1 2 3</p></trifans>",
    ],
)
def test_every_way_of_writing_faces_shows_the_same_square(surface: str) -> None:
    document = read(dae(geometry(surface), effect()))

    (primitive,) = document.primitives()
    a, b, c = (primitive.positions[primitive.triangles[:, i]] for i in range(3))
    assert np.cross(b - a, c - a)[:, 2].tolist() == [2, 2]


def test_a_colour_is_linear_light_and_several_instances_share_a_mesh() -> None:
    content = dae(nodes=f"<node>{SHOWN}</node><node>{SHOWN}</node>")

    document = read(content)

    assert len(document.meshes()) == 1
    (material,) = document.materials()
    assert material.base_color_factor == pytest.approx((0.5, 0, 0, 1), abs=2e-3)


def test_colours_of_vertices_are_linear_light() -> None:
    colors = source("c", 3, 0.735, 0, 1)
    shown = SQUARE.replace(
        "<vcount>", '<input semantic="COLOR" source="#c" offset="1"/><vcount>'
    ).replace("0 1 2 3", "0 0 1 0 2 0 3 0")

    document = read(dae(geometry(shown, PLACES + colors), effect()))

    found = document.primitives()[0].attributes["COLOR_0"].values
    assert found[0] == pytest.approx([0.5, 0, 1], abs=2e-3)


def textured(picture: str, slots: str = "") -> bytes:
    """Return a square whose picture lies by its second set of coordinates."""
    uvs = (
        '<input semantic="TEXCOORD" source="#t2" offset="1" set="0"/>'
        '<input semantic="TEXCOORD" source="#t" offset="2" set="1"/><vcount>'
    )
    shown = SQUARE.replace("<vcount>", uvs).replace(
        "0 1 2 3", "0 0 0 1 0 1 2 0 0 3 0 1"
    )
    slots = slots or '<diffuse><texture texture="d" texcoord="UV"/></diffuse>'
    return dae(
        geometry(shown, PLACES + UVS), effect(slots).replace("{picture}", picture)
    )


@pytest.mark.parametrize(
    "picture",
    [
        "a%20b.png",
        "./a b.png",
        "file:///C:/Users/eva/a%20b.png",
        "..\\maps\\a b.png",
        "/home/eva/a b.png",
    ],
)
def test_a_picture_is_found_beside_the_model(
    make: ModuleType, tmp_path: Path, picture: str
) -> None:
    """Programs write where it lay on their own machine."""
    (tmp_path / "a b.png").write_bytes(make.checker(8))

    document = read(textured(picture), tmp_path)

    (primitive,) = document.primitives()
    assert primitive.material is not None
    info = primitive.material.base_color_texture
    assert info is not None
    uvs = primitive.attributes[f"TEXCOORD_{info.uv_set}"].values
    assert uvs[:2].tolist() == [[0, 1], [1, 0.75]]


@pytest.mark.parametrize("kind", ["TGA", "BMP", "TIFF"])
def test_pictures_of_old_programs_become_png(tmp_path: Path, kind: str) -> None:
    picture = Pillow.new("RGB", (4, 4), (200, 100, 0))
    picture.save(tmp_path / f"a.{kind.lower()}", kind)

    document = read(textured(f"a.{kind.lower()}"), tmp_path)

    (image,) = document.images()
    shown = Pillow.open(io.BytesIO(image.content))
    assert (image.media_type, shown.getpixel((0, 0))) == ("image/png", (200, 100, 0))


def test_a_picture_that_is_not_there_leaves_the_shape(tmp_path: Path) -> None:
    resolver = Resolver(tmp_path)

    document = read_dae(textured("lost.png"), PurePosixPath("a.dae"), resolver)

    assert measure.count_triangles(document) == 2
    assert resolver.reads["lost.png"] is None


def test_no_picture_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(RefusedPathError):
        read(textured("http://example.org/a.png"), tmp_path)


@pytest.mark.parametrize(
    ("told", "alpha"),
    [
        ("<transparency><float>0.4</float></transparency>", 0.4),
        (
            (
                "<transparent opaque='A_ONE'><color>1 1 1 0.5</color></transparent>"
                "<transparency><float>0.5</float></transparency>"
            ),
            0.25,
        ),
        (
            (
                "<transparent opaque='RGB_ZERO'><color>0 0 0 1</color></transparent>"
                "<transparency><float>1</float></transparency>"
            ),
            1.0,
        ),
        ("<transparency><float>0</float></transparency>", 1.0),
    ],
)
def test_opacity_is_what_the_file_means(told: str, alpha: float) -> None:
    """Programs that disagree on 0 would make the last one wholly transparent."""
    (material,) = read(dae(geometry(), effect(RED + told))).materials()

    assert material.base_color_factor[3] == pytest.approx(alpha)
    assert material.alpha_mode == ("OPAQUE" if alpha == 1 else "BLEND")


SKIN = (
    '<library_controllers><controller id="k"><skin source="#g">'
    "<bind_shape_matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix>"
    '<source id="n"><Name_array id="n-a" count="2">low high</Name_array></source>'
    + source("w", 1, 1.0)
    + source("b", 16, *np.eye(4).ravel(), *np.eye(4).ravel()).replace(
        '<param name="A" type="float"/>' * 16,
        '<param name="TRANSFORM" type="float4x4"/>',
    )
    + '<joints><input semantic="JOINT" source="#n"/>'
    '<input semantic="INV_BIND_MATRIX" source="#b"/></joints>'
    '<vertex_weights count="4"><input semantic="JOINT" source="#n" offset="0"/>'
    '<input semantic="WEIGHT" source="#w" offset="1"/>'
    "<vcount>1 1 1 1</vcount><v>0 0 0 0 1 0 1 0</v></vertex_weights>"
    "</skin></controller></library_controllers>"
)


FIGURE = (
    '<node sid="low" type="JOINT"><node sid="high" type="JOINT">'
    "<translate>0 3 0</translate></node></node>"
    '<node><instance_controller url="#k"/></node>'
)


def test_a_skin_stands_in_the_pose_of_the_scene() -> None:
    document = read(dae(geometry(), effect(), SKIN, nodes=FIGURE))

    assert measure.compute_extents(document).size_m == pytest.approx(
        (1, 5, 0), abs=1e-6
    )
    (skin,) = document.skins()
    assert [joint.name for joint in skin.joints] == [None, None]


def figure(name: str, x: float) -> str:
    """Return joints below a node of this name, and a skin that follows these."""
    return (
        f'<node id="{name}"><translate>{x} 0 0</translate>'
        '<node sid="low" type="JOINT"><node sid="high" type="JOINT"/></node></node>'
        f'<node><instance_controller url="#k"><skeleton>#{name}</skeleton>'
        "</instance_controller></node>"
    )


def test_figures_whose_joints_have_the_same_names_follow_their_own() -> None:
    document = read(
        dae(geometry(), effect(), SKIN, nodes=figure("a", 0) + figure("b", 10))
    )

    assert measure.compute_extents(document).size_m == pytest.approx(
        (11, 2, 0), abs=1e-6
    )
    assert len(document.meshes()) == 1


def test_weights_may_be_written_before_joints() -> None:
    """Offsets say which comes first."""
    swapped = (
        SKIN.replace('source="#n" offset="0"', 'source="#n" offset="1"')
        .replace('source="#w" offset="1"', 'source="#w" offset="0"')
        .replace("<v>0 0 0 0 1 0 1 0<", "<v>0 0 0 0 0 1 0 1<")
    )

    document = read(dae(geometry(), effect(), swapped, nodes=FIGURE))

    assert measure.compute_extents(document).size_m == pytest.approx(
        (1, 5, 0), abs=1e-6
    )


def test_a_skin_without_its_joints_is_shown_as_it_is_bound() -> None:
    nodes = '<node><instance_controller url="#k"/></node>'

    document = read(dae(geometry(), effect(), SKIN, nodes=nodes))

    assert document.skins() == []
    assert measure.compute_extents(document).size_m == pytest.approx((1, 2, 0))


def moving(target: str, values: str, more: str = "") -> str:
    """Return an animation of two keys, 2 s apart."""
    return (
        "<library_animations><animation><animation>"
        + source("in", 1, 0, 2)
        + values
        + f'<sampler id="sa"><input semantic="INPUT" source="#in"/>{more}'
        '<input semantic="OUTPUT" source="#out"/></sampler>'
        f'<channel source="#sa" target="{target}"/></animation></animation></library_animations>'
    )


MOVED = (
    '<node id="n"><translate sid="t">1 0 0</translate>'
    f'<rotate sid="r">0 0 1 0</rotate>{SHOWN}</node>'
)


def motion(animation: str, nodes: str = MOVED) -> dict[str, np.ndarray]:
    """Return the values of each path at 0, 1 and 2 s, where it has them."""
    (found,) = read(dae(geometry(), effect(), animation, nodes=nodes)).animations
    paths = {}
    for channel in found.channels:
        times = channel.sampler.input.values.ravel()
        values = channel.sampler.output.values
        columns = [np.interp([0, 1, 2], times, column) for column in values.T]
        paths[channel.path] = np.stack(columns, axis=1)
    return paths


def test_what_moves_a_number_moves_its_node() -> None:
    paths = motion(moving("n/t.X", source("out", 1, 1, 5)))

    assert list(paths) == ["translation"]
    assert paths["translation"].tolist() == [[1, 0, 0], [3, 0, 0], [5, 0, 0]]


def test_what_is_held_elsewhere_than_at_rest_is_kept() -> None:
    """A seated pose is a motion of one key, or of keys that are all the same."""
    paths = motion(moving("n/t.X", source("out", 1, 5, 5)))

    assert paths["translation"].tolist() == [[5, 0, 0]] * 3


def test_what_begins_before_0_begins_at_0() -> None:
    """In glTF no key may; all motions of a file are moved by as much."""
    animation = moving("n/t.X", source("out", 1, 1, 5)).replace(">0 2<", ">-2 0<")

    paths = motion(animation)

    assert paths["translation"].tolist() == [[1, 0, 0], [3, 0, 0], [5, 0, 0]]


def test_what_is_held_at_rest_is_no_motion() -> None:
    """A turn by 0 degrees may come back as either of two quaternions."""
    nodes = MOVED.replace("0 0 1 0</rotate>", "0 0 1 200</rotate>")
    animation = moving("n/r.ANGLE", source("out", 1, 200, 200))

    document = read(dae(geometry(), effect(), animation, nodes=nodes))

    assert document.animations == []


def test_a_whole_turn_is_turned() -> None:
    """From 0 to 360 degrees nothing would move if only the ends were told."""
    turn = motion(moving("n/r.ANGLE", source("out", 1, 0, 360)))["rotation"]

    assert np.abs(turn[1]) == pytest.approx([0, 0, 1, 0], abs=1e-6)


def test_matrices_over_time_are_taken_apart() -> None:
    end = np.diag([3.0, 1, 1, 1])
    end[:3, 3] = 0, 4, 0
    values = source("out", 16, *np.eye(4).ravel(), *end.ravel())
    nodes = f'<node id="n"><matrix sid="m">{" ".join(map(str, np.eye(4).ravel()))}</matrix>{SHOWN}</node>'

    paths = motion(moving("n/m", values), nodes)

    assert paths["translation"][2].tolist() == [0, 4, 0]
    assert paths["scale"][2].tolist() == [3, 1, 1]


def test_curves_are_followed() -> None:
    """Handles that lie flat start slowly: at a quarter of the time, 5/32 of the way."""
    values = (
        source("out", 1, 0, 8)
        + source("back", 2, -0.667, 0, 1.3333333, 8)
        + source("ahead", 2, 0.6666667, 0, 2.667, 8)
        + '<source id="w"><Name_array id="wa" count="2">BEZIER BEZIER</Name_array></source>'
    )
    more = (
        '<input semantic="INTERPOLATION" source="#w"/>'
        '<input semantic="IN_TANGENT" source="#back"/>'
        '<input semantic="OUT_TANGENT" source="#ahead"/>'
    )
    (found,) = read(
        dae(geometry(), effect(), moving("n/t.Y", values, more), nodes=MOVED)
    ).animations
    (channel,) = found.channels

    times = channel.sampler.input.values.ravel()
    heights = channel.sampler.output.values[:, 1]

    assert np.interp(0.5, times, heights) == pytest.approx(8 * 5 / 32, abs=5e-3)


STEPPED = (
    '<source id="w"><Name_array id="wa" count="2">STEP STEP</Name_array></source>',
    '<input semantic="INTERPOLATION" source="#w"/>',
)


def test_what_jumps_jumps() -> None:
    values, more = source("out", 1, 1, 5) + STEPPED[0], STEPPED[1]
    animation = moving("n/t.X", values, more)

    (found,) = read(dae(geometry(), effect(), animation, nodes=MOVED)).animations

    (sampler,) = (channel.sampler for channel in found.channels)
    assert sampler.interpolation == "STEP"
    assert sampler.output.values[:, 0].tolist() == [1, 5]


def test_what_jumps_beside_what_flows_is_held_until_its_key() -> None:
    values, more = source("out", 1, 1, 5) + STEPPED[0], STEPPED[1]
    both = moving("n/t.X", values, more).replace(
        "</animation></animation>",
        "</animation><animation>"
        + source("up", 1, 0, 8)
        + '<sampler id="sb"><input semantic="INPUT" source="#in"/>'
        '<input semantic="OUTPUT" source="#up"/></sampler>'
        '<channel source="#sb" target="n/t.Y"/></animation></animation>',
    )

    paths = motion(both)

    assert paths["translation"].tolist() == [[1, 0, 0], [1, 4, 0], [5, 8, 0]]


@pytest.mark.parametrize(
    "target", ["n/other.X", "n/t.W", "n/t(9)", "gone/t.X", "n", "n/t.X.Y", ""]
)
def test_motions_of_nothing_move_nothing(target: str) -> None:
    animation = moving(target, source("out", 1, 1, 5))

    document = read(dae(geometry(), effect(), animation, nodes=MOVED))

    assert document.animations == []


def test_the_keys_of_all_curves_of_a_node_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of these turns 17 times, in 102 steps of 60 degrees."""
    monkeypatch.setattr(animations, "MAX_SAMPLES", 200)
    turn = moving("n/r.ANGLE", source("out", 1, 0, 17 * 360))
    twice = turn.replace(
        "<channel", '<channel source="#sa" target="n/r.ANGLE"/><channel'
    )

    with pytest.raises(LimitExceededError):
        read(dae(geometry(), effect(), twice, nodes=MOVED))


def bomb() -> bytes:
    """Return nodes of nodes that make 2 to the power of 40 squares."""
    levels = "".join(
        f'<node id="n{n}"><instance_node url="#n{n - 1}"/><instance_node url="#n{n - 1}"/></node>'
        for n in range(1, 41)
    )
    held = f'<library_nodes><node id="n0">{SHOWN}</node>{levels}</library_nodes>'
    return dae(
        geometry(),
        effect(),
        held,
        nodes='<node id="r"><instance_node url="#n40"/></node>',
    )


LOOP = dae(nodes='<node id="r"><instance_node url="#r"/></node>')
WHOLE = dae()
POSED = dae(geometry(), effect(), SKIN, nodes=FIGURE)
BEYOND = (
    b">4611686018427387904 4611686018427387904 4611686018427387904 4611686018427387904<"
)
"""Four times 2 to the power of 62 is 0 in 64 bits."""


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", DamagedFileError, "no element found"),
        (WHOLE[:-20], DamagedFileError, "breaks off"),
        (b"<svg/>", DamagedFileError, "not COLLADA"),
        (dae(nodes="<node/>"), EmptyModelError, "no triangle"),
        (WHOLE.replace(b"1 2 0 ", b"1 two 0 "), DamagedFileError, "list of numbers"),
        (WHOLE.replace(b"1 2 0 ", b"1 nan 0 "), DamagedFileError, "finite"),
        (WHOLE.replace(b"1 2 0 ", b"1 2e10 0 "), DamagedFileError, "farther"),
        (WHOLE.replace(b"0 1 2 3<", b"0 1 2 4<"), DamagedFileError, "POSITION 4"),
        (WHOLE.replace(b"0 1 2 3<", b"0 1 2 -3<"), DamagedFileError, "POSITION"),
        (WHOLE.replace(b">4</vcount", b">5</vcount"), DamagedFileError, "corners"),
        (WHOLE.replace(b">4</vcount", b">-4</vcount"), DamagedFileError, "corners"),
        (WHOLE.replace(b'source="#p"', b'source="#q"'), DamagedFileError, "nothing"),
        (WHOLE.replace(b'stride="3"', b'stride="99"'), DamagedFileError, "99"),
        (WHOLE.replace(b'count="4"', b'count="999999"'), DamagedFileError, "999999"),
        (POSED.replace(b">1 1 1 1<", b">1 1 1 -1<"), DamagedFileError, "weights"),
        (POSED.replace(b">1 1 1 1<", b">1 1 1 2<"), DamagedFileError, "5 weights"),
        (POSED.replace(b">1 1 1 1<", BEYOND), DamagedFileError, "weights"),
        (POSED.replace(b"1 0 1 0</v>", b"2 0 1 0</v>"), DamagedFileError, "joint"),
        (bomb(), LimitExceededError, "nodes"),
        (LOOP, LimitExceededError, "nodes"),
        (
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + WHOLE,
            UnsupportedFormatError,
            "entities",
        ),
        (b"<a>" * 1000, LimitExceededError, "deep"),
        (
            dae(
                geometry(), effect(), moving("n/t.X", source("out", 1, 1)), nodes=MOVED
            ),
            DamagedFileError,
            "1 values at 2 times",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_told(
    content: bytes, kind: type[AssetError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        read(content)

    assert words in caught.value.reason
    assert caught.value.place


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_bytes_never_escape_our_errors(data: st.DataObject) -> None:
    nodes = '<node sid="low"><node sid="high"/></node><node><instance_controller url="#k"/></node>'
    animation = moving("n/t.X", source("out", 1, 1, 5))
    content = bytearray(dae(geometry(), effect(), SKIN, animation, nodes=nodes + MOVED))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))

    with contextlib.suppress(AssetError):
        measure.compute_extents(read(bytes(content)))
