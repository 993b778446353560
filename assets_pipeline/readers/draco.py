"""Primitives compressed with Draco, decoded by Google's library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline import causes
from assets_pipeline.errors import DamagedFileError, MissingToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.accessors import AnyArray


def decoded_primitive(
    content: bytes, names: Mapping[str, int], place: str
) -> tuple[AnyArray, dict[str, AnyArray]]:
    """Return the triangles and attributes of one Draco-compressed primitive.

    Parameters
    ----------
    content
        The buffer view that KHR_draco_mesh_compression names.
    names
        Draco's unique number of each glTF attribute.
    place
        Of the extension in the file.

    Returns
    -------
    (m, 3) uint32, {name: (n, k) array}

    Raises
    ------
    DamagedFileError
        If the content is not a Draco mesh with these attributes.
    MissingToolError
        If the decoder is not installed.
    """
    try:
        import DracoPy  # type: ignore[import-not-found]  # noqa: PLC0415  # no stubs; rare
    except ModuleNotFoundError as error:
        reason = "the model is compressed with Draco, and DracoPy is not installed"
        remedy = "Run `pip install DracoPy`, or export the model without Draco"
        raise MissingToolError(reason, place, remedy) from error
    try:
        mesh = DracoPy.decode(content)
    except (ValueError, RuntimeError, DracoPy.FileTypeException) as error:
        raise DamagedFileError.because(
            causes.PACKED_DAMAGED, place, by="Draco"
        ) from error
    by_number = {item["unique_id"]: item["data"] for item in mesh.attributes}
    missing = [name for name, number in names.items() if number not in by_number]
    if missing or not hasattr(mesh, "faces"):
        raise DamagedFileError.because(causes.PACKED_DAMAGED, place, by="Draco")
    attributes = {name: by_number[number] for name, number in names.items()}
    return mesh.faces, {name: a.reshape(len(a), -1) for name, a in attributes.items()}
