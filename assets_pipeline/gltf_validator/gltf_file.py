"""Access to one glTF file's JSON and arrays that never raises for its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.readers.gltf.accessors import AccessorReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.json_fields import Fields

    Object = dict[str, Payload]


class GltfFile:
    """A glTF file as the validation rules read it.

    Parameters
    ----------
    root
        Its JSON.
    binary
        The binary chunk of a GLB.
    external
        Returns the content of a file beside it, by its URI.
    """

    def __init__(
        self, root: Fields, binary: bytes | None, external: Callable[[str], bytes]
    ) -> None:
        self.root = root
        self.binary = binary
        self._external = external
        self._arrays: AccessorReader | None = None
        self._objects: dict[str, list[Object]] = {}

    def objects(self, name: str) -> list[Object]:
        """Return the objects of a root array; what is no object is empty."""
        if name not in self._objects:
            self._objects[name] = objects_of(self.root.values.get(name))
        return self._objects[name]

    def named(self, name: str, index: Payload) -> Object | None:
        """Return an object of a root array by index; None if there is none."""
        found = self.objects(name)
        is_number = isinstance(index, int) and not isinstance(index, bool)
        if is_number and isinstance(index, int) and 0 <= index < len(found):
            return found[index]
        return None

    def content(self, uri: str) -> bytes:
        """Return what a URI references.

        Raises
        ------
        AssetError
            If it can't be read.
        """
        return self._known_arrays().read_uri(uri, "uri")

    def view(self, index: int) -> bytes:
        """Return the bytes of a buffer view.

        Raises
        ------
        AssetError
            If it can't be read.
        """
        return self._known_arrays().read_view(index, "bufferView")

    def array(self, index: int) -> Accessor | None:
        """Return a decoded accessor; None if it has no data or can't be decoded."""
        accessor = self.objects("accessors")[index]
        if "bufferView" not in accessor and "sparse" not in accessor:
            return None
        try:
            return self._known_arrays().read_accessor(index, "accessors")
        except AssetError:
            return None

    def _known_arrays(self) -> AccessorReader:
        if self._arrays is None:
            self._arrays = AccessorReader(self.root, self.binary, self._external)
        return self._arrays


def object_of(value: Payload) -> Object:
    """Return a JSON value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects_of(value: Payload) -> list[Object]:
    """Return the items of a JSON array, empty objects for what is no object."""
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, dict) else {} for item in value]


def iterate_primitives(file: GltfFile) -> Iterator[tuple[str, Object]]:
    """Yield every primitive with its place."""
    for i, mesh in enumerate(file.objects("meshes")):
        for j, primitive in enumerate(objects_of(mesh.get("primitives"))):
            yield f"meshes[{i}].primitives[{j}]", primitive
