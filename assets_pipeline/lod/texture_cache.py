"""Cache encoded textures in the store between builds.

Whoever touches one texture of a model, or its triangles, waits for that alone: the
others are taken from the store, where each lies under the digest of its source and of
everything that shaped it. Only what was sent is kept, not what a search tried.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import MutableMapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.materials import Image
from assets_pipeline.tasks.versions import versions_for
from tours.bundle import MediaFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.tasks.store import Store
    from assets_pipeline.transforms.compress_textures import TextureKey

_EXTENSION: Final = ".texture"


class TextureCache(MutableMapping["TextureKey", Image]):
    """Encoded textures of this build and of earlier ones.

    Parameters
    ----------
    store
        Where textures that were sent are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._here: dict[TextureKey, Image] = {}
        self.encoded = 0
        """How many had to be encoded."""

    def __getitem__(self, key: TextureKey) -> Image:
        if key not in self._here:
            self._here[key] = self._found(key)
        return self._here[key]

    def __setitem__(self, key: TextureKey, image: Image) -> None:
        self.encoded += 1
        self._here[key] = image

    def __delitem__(self, key: TextureKey) -> None:
        del self._here[key]

    def __iter__(self) -> Iterator[TextureKey]:
        return iter(self._here)

    def __len__(self) -> int:
        return len(self._here)

    def save(self, images: Iterable[Image]) -> None:
        """Write to the store those of this build's textures that are used."""
        sent = {image.content for image in images}
        for key, image in self._here.items():
            if image.content in sent:
                file = self._store.put(image.content, _EXTENSION, image.media_type)
                record: dict[str, object] = {
                    "sha256": file.sha256,
                    "size_bytes": file.size_bytes,
                    "media_type": file.media_type,
                }
                self._store.write_record(_record_key(key), record)

    def _found(self, key: TextureKey) -> Image:
        """Return a texture of an earlier run.

        Raises
        ------
        KeyError
            If there is none, or its file is gone or damaged.
        """
        match self._store.read_record(_record_key(key)):
            case {
                "sha256": str(digest),
                "size_bytes": int(size),
                "media_type": str(media_type),
            }:
                file = MediaFile(digest, size, _EXTENSION, media_type)
                if self._store.contains(file):
                    return Image(self._store.path(file).read_bytes(), media_type)
            case _:
                pass
        raise KeyError(key)


def _record_key(key: TextureKey) -> str:
    content, role, setting, method = key
    source = hashlib.sha256(content).hexdigest()
    parts = [
        "texture",
        source,
        asdict(role),
        asdict(setting),
        method,
        versions_for("model"),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
