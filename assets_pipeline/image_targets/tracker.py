"""Run the image tracker's WebAssembly under wasmtime, as phones run it.

The conventions are those of ``client/tracker/tracker.h``: px are pixel centres, so an
image spans from -0.5 to width - 0.5; the camera is WebXR's (+x right, +y up, looking
along -z); a target's origin is its print's centre, +z to the viewer.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import numpy.typing as npt
import wasmtime

from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    LimitExceededError,
    MissingToolError,
    WrongShapeError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.arrays import Float32Array, Float64Array, Uint8Array

WASM_FOLDER: Final = Path(__file__).parents[1] / "wasm"
ABI_VERSION: Final = 1
MAX_TARGETS: Final = 16
SMALLER = "Reduce the picture: 512 px along its longer edge are enough"


_RESULT_BYTES = 144
_FEATURE_BYTES, _DESCRIPTOR_BYTES = 16, 32
_NO_ROOM = -1
_PACK_REFUSED = -3
_HOMOGRAPHY_AT = 44


class State(enum.IntEnum):
    """State of a target in a frame."""

    ABSENT = 0
    FOUND = 1
    TRACKED = 2


@dataclass(frozen=True)
class CameraPose:
    """Pose of a target in the camera's frame.

    Parameters
    ----------
    position : (3,) float32
        Of the print's centre; metres, camera frame.
    orientation : (4,) float32
        Unit quaternion x, y, z, w: target frame to camera frame.
    error_px
        Reprojection error of the print's corners.
    """

    position: Float32Array
    orientation: Float32Array
    error_px: float


@dataclass(frozen=True)
class Sighting:
    """One target in one frame.

    Parameters
    ----------
    state
        FOUND from nothing, or TRACKED from the frame before.
    inliers
        Matched features that agree with the homography.
    score
        Agreement of print and frame after refinement, 0 to 1.
    corners : (4, 2) float32
        Of the print: top left, top right, bottom right, bottom left; frame px.
    homography : (3, 3) float32
        Template px to frame px.
    pose, other_pose
        The likelier and the other of the two poses that show a flat print so.
    """

    state: State
    inliers: int
    score: float
    corners: Float32Array
    homography: Float32Array
    pose: CameraPose
    other_pose: CameraPose


@dataclass(frozen=True)
class FrameFeatures:
    """Features and descriptors of one frame.

    Parameters
    ----------
    places : (n, 2) float64
        Frame px.
    descriptors : (n, 32) uint8
        256 bits each, compared by how many differ.
    """

    places: Float64Array
    descriptors: Uint8Array


class Tracker:
    """One running tracker and its targets.

    Two trackers share nothing but compiled code; one is not for two threads at once.

    Parameters
    ----------
    is_plain
        Run the build without SIMD, which older phones get. The same results, slower.
    """

    def __init__(self, *, is_plain: bool = False) -> None:
        self._store = wasmtime.Store(_engine())
        module = _module("tracker_plain.wasm" if is_plain else "tracker.wasm")
        instance = wasmtime.Instance(self._store, module, [])
        self._exports = instance.exports(self._store)
        self._memory = cast("wasmtime.Memory", self._exports["memory"])
        version = self.call("abi_version")
        if version != ABI_VERSION:
            reason = f"the tracker speaks version {version}, not {ABI_VERSION}"
            raise MissingToolError(reason, "tracker.wasm", _REBUILD)

    @property
    def memory_bytes(self) -> int:
        """Memory of the tracker, in bytes."""
        return int(self._memory.data_len(self._store))

    def add_template(self, picture: Uint8Array, width_m: float) -> int:
        """Return the slot of a new target, from its grey template.

        Parameters
        ----------
        picture : (height, width) uint8
            Edges of 32 to 512 px.
        width_m
            Of the print, above 0.

        Raises
        ------
        WrongShapeError
            If the picture's size or the width is refused.
        LimitExceededError
            If all slots are taken.
        """
        height, width = picture.shape
        address = self.call("template_room", width, height)
        if not address:
            reason = f"a template of {width} x {height} px is not of 32 to 512 px"
            raise WrongShapeError(reason, "template", SMALLER)
        self.write(address, np.ascontiguousarray(picture, np.uint8).tobytes())
        return self._slot(self.call("target_add", float(width_m)))

    def add_pack(self, pack: bytes) -> int:
        """Return the slot of a new target, from its compiled pack.

        Raises
        ------
        DamagedFileError
            If the pack is none, damaged, or of another version.
        LimitExceededError
            If all slots are taken.
        """
        address = self.call("pack_room", len(pack))
        if address:
            self.write(address, pack)
        slot = self.call("pack_add", len(pack)) if address else _PACK_REFUSED
        if slot == _PACK_REFUSED:
            reason = "it is no compiled image target, or a damaged one"
            raise DamagedFileError(reason, "pack", "Build the museum again")
        return self._slot(slot)

    def add_label(self, text: str, width_m: float) -> int:
        """Return the slot of a new target, a printed label, from its QR code's text.

        Parameters
        ----------
        text
            Digits, capitals and ``$%*+-./: ``: as `publishing.qr.payload` gives it.
        width_m
            Of the printed QR code, from dark edge to dark edge.

        Raises
        ------
        WrongShapeError
            If no label of ours says that.
        LimitExceededError
            If all slots are taken.
        """
        size_bytes = self._put_label(text)
        return self._slot(self.call("label_add", size_bytes, width_m))

    def label_modules(self, text: str) -> tuple[tuple[bool, ...], ...]:
        """Return the QR code that the tracker draws for a text: rows, True is dark."""
        address = self.call("label_code", self._put_label(text))
        size = self.call("label_modules") if address else 1
        content = self.read(address, size * size) if address else b""
        rows = (content[start : start + size] for start in range(0, len(content), size))
        return tuple(tuple(map(bool, row)) for row in rows)

    def label_score(
        self, slot: int, frame: Uint8Array, homography: npt.NDArray[np.floating]
    ) -> float:
        """Return how well a frame shows a label's own code, -1 to 1.

        Near 0 where it shows another label of the same museum; see ``qr.h``.

        Parameters
        ----------
        homography : (3, 3) float
            The label's template px (quiet zone included, 8 a module) to frame px.
        """
        self._put_frame(frame)
        result = self.call("result", slot)
        content = np.asarray(homography, "<f4").tobytes()
        self.write(result + _HOMOGRAPHY_AT, content)
        return self.call("label_reads", slot) / 1000

    def _put_label(self, text: str) -> int:
        content = text.encode("ascii", "replace")
        address = self.call("label_room", len(content))
        if address:
            self.write(address, content)
        return len(content) if address else 0

    def find(self, frame: Uint8Array) -> Mapping[int, Sighting]:
        """Return the targets found in a frame by slot, as if it were the first.

        Parameters
        ----------
        frame : (height, width) uint8
            At most 1280 x 960 px.

        Raises
        ------
        WrongShapeError
            If the frame is larger than the tracker holds, or below 16 px.
        """
        self._put_frame(frame)
        return self._sightings(self.call("find"))

    def features(self) -> bytes:
        """Return the last frame's features and descriptors, as `find` used them.

        48 bytes each, all `Feature`s of features.h before all descriptors.
        """
        count = self.call("features_count")
        places = self.read(self.call("features_at"), count * _FEATURE_BYTES)
        descriptors_at = self.call("descriptors_at")
        return places + self.read(descriptors_at, count * _DESCRIPTOR_BYTES)

    def track(self, frame: Uint8Array, time_s: float) -> Mapping[int, Sighting]:
        """Return the targets tracked in the next frame of a film, by slot.

        Targets seen before are followed, the others looked for by turns.

        Parameters
        ----------
        frame : (height, width) uint8
            At most 1280 x 960 px.
        time_s
            When it was taken, on any clock that rises.

        Raises
        ------
        WrongShapeError
            If the frame is larger than the tracker holds, or below 16 px.
        """
        self._put_frame(frame)
        return self._sightings(self.call("track", time_s))

    def frame_features(self) -> FrameFeatures:
        """Return the features of the last frame, as arrays."""
        count = self.call("features_count")
        content = self.read(self.call("features_at"), count * _FEATURE_BYTES)
        fields = np.frombuffer(content, "<f4").reshape(count, _FEATURE_BYTES // 4)
        size_bytes = count * _DESCRIPTOR_BYTES
        descriptors = self.read(self.call("descriptors_at"), size_bytes)
        return FrameFeatures(
            fields[:, :2].astype(np.float64),
            np.frombuffer(descriptors, np.uint8).reshape(count, _DESCRIPTOR_BYTES),
        )

    def forget(self) -> None:
        """Close all targets."""
        self.call("forget")

    def call(self, name: str, *arguments: float) -> int:
        """Return the result of an exported function, 0 for nothing."""
        function = self._exports[name]
        return int(function(self._store, *arguments) or 0)  # type: ignore[operator]  # a Func

    def write(self, address: int, content: bytes) -> None:
        """Write into the tracker's memory."""
        self._memory.write(self._store, content, address)

    def read(self, address: int, size_bytes: int) -> bytes:
        """Return a copy of the tracker's memory."""
        end = address + size_bytes
        return bytes(self._memory.read(self._store, address, end))

    def _put_frame(self, frame: Uint8Array) -> None:
        height, width = frame.shape
        address = self.call("frame", width, height)
        if not address:
            reason = f"a frame of {width} x {height} px is not of 16 to 1280 x 960 px"
            raise WrongShapeError(reason, "frame", "Reduce the frame")
        self.write(address, np.ascontiguousarray(frame, np.uint8).tobytes())

    def _sightings(self, mask: int) -> Mapping[int, Sighting]:
        slots = [slot for slot in range(MAX_TARGETS) if mask >> slot & 1]
        return {slot: self._sighting(slot) for slot in slots}

    def _sighting(self, slot: int) -> Sighting:
        """Return one `Result` of tracker.h: fields of 4 bytes, in its order."""
        content = self.read(self.call("result", slot), _RESULT_BYTES)
        state, inliers = np.frombuffer(content, "<i4", 2)
        numbers = np.frombuffer(content, "<f4", offset=8).astype(np.float32)
        score, corners, homography, pose, other_pose, errors = np.split(
            numbers, [1, 9, 18, 25, 32]
        )
        return Sighting(
            State(int(state)),
            int(inliers),
            float(score[0]),
            corners.reshape(4, 2),
            homography.reshape(3, 3),
            CameraPose(pose[:3], pose[3:], float(errors[0])),
            CameraPose(other_pose[:3], other_pose[3:], float(errors[1])),
        )

    def _slot(self, answer: int) -> int:
        if answer == _NO_ROOM:
            reason = f"all {MAX_TARGETS} slots are taken"
            raise LimitExceededError(reason, "targets", "Show fewer at one stop")
        if answer < 0:
            reason = "the template or its printed width is refused"
            raise WrongShapeError(reason, "template", SMALLER)
        return answer


_REBUILD = "Run scripts/build-tracker, or install the wheel, which holds it"


@cache
def _engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@cache
def _module(name: str) -> wasmtime.Module:
    path = WASM_FOLDER / name
    if not path.is_file():
        reason = "the image tracker is not built"
        raise MissingToolError(reason, name, _REBUILD, file=name)
    return wasmtime.Module.from_file(_engine(), str(path))
