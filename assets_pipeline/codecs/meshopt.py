"""meshoptimizer in WebAssembly: simplify, reorder, encode, decode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.codecs.meshopt_wasm import borrow_instance
from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray, Float32Array, Uint32Array
    from assets_pipeline.gltf.accessors import CodecFilter, CodecMode

VERSION: Final = "meshoptimizer 1.3.0"

LOCK_BORDER, SPARSE, ERROR_ABSOLUTE, PRUNE = 1, 2, 4, 8
PERMISSIVE = 32
"""Options of `simplify_with_attributes`: PERMISSIVE also collapses across seams of attributes."""

_UNUSED: Final = (1 << 32) - 1
"""In place of the new number of a vertex that no triangle uses."""
_MANY_CORNERS: Final = 500_000
"""Of triangles that are ordered once; fewer twice: of a few thousand, that saves 1 %."""


@dataclass(frozen=True, slots=True)
class WeightedAttributes:
    """Vertex attributes that simplification should preserve, with their weights."""

    values: Float32Array
    """(n, k) float32, k at most 32."""
    weights: Float32Array
    """(k,) float32: how much a difference of 1 in each matters."""


@dataclass(frozen=True, slots=True)
class SimplifiedMesh:
    """The result of a simplification, over the same vertices."""

    triangles: Uint32Array
    """(3 p,) uint32."""
    positions: Float32Array
    """(n, 3) float32: of vertices that are used, moved to where the shape is kept best."""
    attributes: Float32Array
    """(n, k) float32: what was watched, as it is there."""
    error: float
    """The greatest, relative to the mesh's size."""


def simplify_with_attributes(  # the library's own seven questions, all but two by name
    indices: Uint32Array,
    positions: Float32Array,
    *,
    attributes: WeightedAttributes,
    locks: AnyArray,
    target_triangles: int,
    max_error: float,
    options: int = 0,
    moves: bool = True,
) -> SimplifiedMesh:
    """Return a simplified mesh, its vertices moved where that helps.

    Parameters
    ----------
    indices : (3 m,) uint32
        Triangles.
    positions : (n, 3) float32
    attributes
        Beside them.
    locks : (n,) uint8
        1 for vertices that may neither go nor move.
    target_triangles
        Wanted; more are left when they would cost more than `max_error`.
    max_error
        Relative to the mesh's size.
    options
        Sum of LOCK_BORDER, SPARSE, ERROR_ABSOLUTE, PRUNE, PERMISSIVE.
    moves
        Whether vertices may take another place and other attributes; those of borders
        and seams keep their place all the same.
    """
    with borrow_instance("simplifier") as run:
        out, error_at = run.write(indices), run.allocate(4)
        positions_at, attributes_at = run.write(positions), run.write(attributes.values)
        sizes = (len(positions), 12, attributes_at, attributes.values.shape[1] * 4)
        weights = attributes.weights
        rules = (run.write(weights), len(weights), run.write(locks))
        limits = (target_triangles * 3, max_error, options, error_at)
        name, source = "meshopt_simplifyWithUpdate", [len(indices)]
        if not moves:
            name, source = (
                "meshopt_simplifyWithAttributes",
                [run.write(indices), *source],
            )
        kept = run.call(name, out, *source, positions_at, *sizes, *rules, *limits)
        return SimplifiedMesh(
            np.frombuffer(run.read(out, kept * 4), np.uint32),
            run.read_floats(positions_at, positions.shape),
            run.read_floats(attributes_at, attributes.values.shape),
            float(run.read_floats(error_at, (1,))[0]),
        )


def simplify_sloppy(
    indices: Uint32Array,
    positions: Float32Array,
    *,
    locks: AnyArray,
    target_triangles: int,
) -> Uint32Array:
    """Return about `target_triangles` triangles, topology disregarded.

    Parameters
    ----------
    indices : (3 m,) uint32
    positions : (n, 3) float32
    locks : (n,) uint8
        1 for vertices that may not go.
    target_triangles
        Never exceeded.

    Returns
    -------
    (3 p,) uint32
    """
    with borrow_instance("simplifier") as run:
        out = run.allocate(indices.nbytes)
        kept = run.call(
            "meshopt_simplifySloppy",
            *(out, run.write(indices), len(indices)),
            *(run.write(positions), len(positions), 12),
            *(run.write(locks), target_triangles * 3, 1.0, 0),
        )
        return np.frombuffer(run.read(out, kept * 4), np.uint32)


def optimize_order(
    indices: Uint32Array, vertex_count: int, *, keeps_triangles: bool = False
) -> tuple[Uint32Array, Uint32Array]:
    """Return triangles and vertices in the order that compresses and draws best.

    Parameters
    ----------
    indices : (3 m,) uint32
    vertex_count
        Above every index.
    keeps_triangles
        Whether triangles stay in their order, and vertices alone get another.

    Returns
    -------
    (3 m,) uint32, (p,) uint32
        The triangles over the new vertices, and for each new vertex its old number;
        vertices that no triangle uses are left out.
    """
    with borrow_instance("encoder") as run:
        at = run.write(indices)
        sizes = (len(indices), vertex_count)
        passes = 1 if len(indices) > _MANY_CORNERS else 2
        for _ in range(0 if keeps_triangles else passes):
            run.call("meshopt_optimizeVertexCacheStrip", at, at, *sizes)
        remap_at = run.allocate(vertex_count * 4)
        used = run.call("meshopt_optimizeVertexFetchRemap", remap_at, at, *sizes)
        ordered = np.frombuffer(run.read(at, indices.nbytes), np.uint32)
        remap = np.frombuffer(run.read(remap_at, vertex_count * 4), np.uint32)
        numbers = np.flatnonzero(remap != _UNUSED)
        old = np.zeros(used, np.uint32)
        old[remap[numbers]] = numbers
        return remap[ordered], old


def encode_filter(
    values: Float32Array,
    codec_filter: CodecFilter,
    *,
    bits: int,
    stride_bytes: int,
    shares_exponent: bool = False,
) -> bytes:
    """Return values encoded by a filter of EXT_meshopt_compression.

    Parameters
    ----------
    values : (n, 4) float32, or (n, stride / 4) for EXPONENTIAL
        Unit vectors with anything in [-1, 1] fourth, unit quaternions, or numbers.
    codec_filter
        OCTAHEDRAL, QUATERNION or EXPONENTIAL.
    bits
        Kept of each component: 2 to 16, 4 to 16, 1 to 24.
    stride_bytes
        Of one packed element.
    shares_exponent
        Whether all numbers of a column get one exponent, by EXPONENTIAL, rather than all
        of a row: steps are then the same everywhere.
    """
    with borrow_instance("encoder") as run:
        out = run.allocate(len(values) * stride_bytes)
        source = run.write(np.ascontiguousarray(values, np.float32))
        arguments = (out, len(values), stride_bytes, bits, source)
        if codec_filter == "EXPONENTIAL":
            by_row, by_column = 1, 2
            mode = by_column if shares_exponent else by_row
            run.call("meshopt_encodeFilterExp", *arguments, mode)
        else:
            name = {"OCTAHEDRAL": "Oct", "QUATERNION": "Quat"}[codec_filter]
            run.call(f"meshopt_encodeFilter{name}", *arguments)
        return run.read(out, len(values) * stride_bytes)


def encode_buffer(
    content: bytes, mode: CodecMode, *, count: int, stride_bytes: int
) -> bytes:
    """Return elements encoded as EXT_meshopt_compression stores them.

    Parameters
    ----------
    content
        ``count * stride_bytes`` bytes: rows, or indices of 2 or 4 bytes.
    mode
        ATTRIBUTES (stride a multiple of 4), TRIANGLES (count a multiple of 3) or
        INDICES.
    count
        Elements.
    stride_bytes
        Of one element.
    """
    with borrow_instance("encoder") as run:
        if mode == "ATTRIBUTES":
            bound = run.call("meshopt_encodeVertexBufferBound", count, stride_bytes)
            out = run.allocate(bound)
            level, version = 3, 0
            size = run.call(
                "meshopt_encodeVertexBufferLevel",
                *(out, bound, run.write(content), count, stride_bytes, level, version),
            )
            return run.read(out, size)
        numbers = np.frombuffer(content, f"<u{stride_bytes}").astype(np.uint32)
        name = {"TRIANGLES": "IndexBuffer", "INDICES": "IndexSequence"}[mode]
        run.call("meshopt_encodeIndexVersion", 1)
        vertices = int(numbers.max(initial=0)) + 1
        bound = run.call(f"meshopt_encode{name}Bound", count, vertices)
        out = run.allocate(bound)
        size = run.call(f"meshopt_encode{name}", out, bound, run.write(numbers), count)
        return run.read(out, size)


def decode_buffer(
    content: bytes,
    mode: CodecMode,
    codec_filter: str,
    *,
    count: int,
    stride_bytes: int,
) -> bytes:
    """Return the elements that EXT_ or KHR_meshopt_compression encoded.

    Raises
    ------
    DamagedFileError
        If the content is not such an encoding of so many elements.
    """
    with borrow_instance("decoder") as run:
        padded = -(-count // 4) * 4  # filters work on four elements at once
        out = run.allocate(padded * stride_bytes)
        name = {
            "ATTRIBUTES": "VertexBuffer",
            "TRIANGLES": "IndexBuffer",
            "INDICES": "IndexSequence",
        }[mode]
        arguments = (out, count, stride_bytes, run.write(content), len(content))
        if run.call(f"meshopt_decode{name}", *arguments) != 0:
            raise DamagedFileError.from_cause(
                causes.COMPRESSED_DATA_DAMAGED, "meshopt_compression", by="meshopt"
            )
        filters = {
            "OCTAHEDRAL": "Oct",
            "QUATERNION": "Quat",
            "EXPONENTIAL": "Exp",
            "COLOR": "Color",
        }
        if codec_filter in filters:
            name = filters[codec_filter]
            run.call(f"meshopt_decodeFilter{name}", out, padded, stride_bytes)
        return run.read(out, count * stride_bytes)
