"""Render a set of frames into a folder, once, and read it back.

The folder holds `prints/NAME.png`, `frames/NAME.jpg` and `frames.json`: for each frame its
bin, its camera, and each print in it with the four corners (top left, top right, bottom
right, bottom left; pixel centres). A frame depends on its own name alone.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from benchmarks.image_targets.bins import (
    BINS,
    EASY,
    STATIC,
    Conditions,
    draw_conditions,
)
from benchmarks.image_targets.camera import (
    Camera,
    FloatArray,
    Pose,
    focal_of,
    place_print,
)
from benchmarks.image_targets.degradations import degrade
from benchmarks.image_targets.pictures import BareWall, Wall, resized
from benchmarks.image_targets.rendering import (
    Picture,
    View,
    paste_print,
    picture_corners,
    seen_corners,
)
from benchmarks.image_targets.seeds import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.image_targets.recipes import Recipe

CACHE = Path(__file__).parents[2] / "build" / "benchmarks" / "image_targets"

STILL, NEGATIVE, TWIN = "still", "negative", "twin"
"""Bins that measure something else than recall."""


@dataclass(frozen=True)
class Shown:
    """A print in a frame."""

    name: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Frame:
    """One frame of a set, and what is to be seen in it."""

    file: str
    bin: str
    repeat: int
    width_px: int
    height_px: int
    focal_px: float
    shown: tuple[Shown, ...]
    asked: tuple[str, ...] = ()
    """The prints looked for; none named: all of the set."""


@dataclass(frozen=True)
class FrameSet:
    """A rendered set."""

    folder: Path
    frames: tuple[Frame, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The prints, in the recipe's order."""
        return tuple(json.loads((self.folder / "frames.json").read_text())["prints"])

    def print_grey(self, name: str) -> NDArray[np.uint8]:
        """Return a print as 8-bit grey."""
        return grey(self.folder / "prints" / f"{name}.png")

    def frame_grey(self, frame: Frame) -> NDArray[np.uint8]:
        """Return a frame as 8-bit grey."""
        return grey(self.folder / "frames" / frame.file)


def grey(path: Path) -> NDArray[np.uint8]:
    """Read a picture as 8-bit grey."""
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        message = f"{path} is not a picture"
        raise ValueError(message)
    return picture.astype(np.uint8)


def frame_set(recipe: Recipe, cache: Path = CACHE) -> FrameSet:
    """Return a set of frames, rendered now if no run has yet."""
    folder = cache / f"{recipe.name}-{sources_digest()}"
    if not (folder / "frames.json").is_file():
        render_set(recipe, folder)
    return load(folder)


DRAWING = (
    "bins camera degradations drawings frames pictures posters recipes rendering seeds"
)
"""The modules that draw frames."""


def sources_digest(*also: str) -> str:
    """Return eight digits that change when a module that draws frames does."""
    digest = hashlib.sha256()
    for name in (*DRAWING.split(), *also):
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()[:8]


def load(folder: Path) -> FrameSet:
    """Read a rendered set."""
    rows = json.loads((folder / "frames.json").read_text())["frames"]
    return FrameSet(folder, tuple(frame_of(row) for row in rows))


def frame_of(row: dict) -> Frame:
    """Return a frame from its line of `frames.json`."""
    fields = {key: row[key] for key in Frame.__dataclass_fields__}
    fields["asked"] = tuple(row["asked"])
    fields["shown"] = tuple(
        Shown(shown["name"], tuple(tuple(corner) for corner in shown["corners"]))
        for shown in row["shown"]
    )
    return Frame(**fields)


def render_set(recipe: Recipe, folder: Path) -> None:
    """Render a set; `frames.json` comes last, so that half a set is never taken for one."""
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "prints").mkdir(parents=True)
    (folder / "frames").mkdir()
    prints = {name: resized(load()) for name, load in recipe.prints.items()}
    for name, picture in prints.items():
        cv2.imwrite(str(folder / "prints" / f"{name}.png"), picture)
    rows = []
    for drawing in drawings_of(recipe, prints):
        path = str(folder / "frames" / drawing.frame.file)
        quality = [cv2.IMWRITE_JPEG_QUALITY, drawing.conditions.jpeg_quality]
        cv2.imwrite(path, drawing.pixels, quality)
        rows.append({**asdict(drawing.frame), "conditions": asdict(drawing.conditions)})
    answer = {"prints": list(prints), "seed": recipe.seed, "frames": rows}
    (folder / "frames.json").write_text(json.dumps(answer))


@dataclass(frozen=True)
class Drawing:
    """A frame with its pixels (h, w, 3), blue first."""

    frame: Frame
    pixels: NDArray[np.uint8]
    conditions: Conditions


def drawings_of(recipe: Recipe, prints: dict[str, Picture]) -> Iterator[Drawing]:
    """Draw each frame of a recipe."""
    for repeat in range(recipe.repeats):
        for name in recipe.bins:
            for wanted in prints:
                yield bin_frame(recipe, prints, name, wanted, repeat)
    if recipe.still_frames:
        for wanted in prints:
            yield from still_frames(recipe, prints, wanted)
    for repeat in range(recipe.negatives):
        yield negative_frame(recipe, repeat)
    for repeat in range(recipe.twin_repeats):
        for wanted, other in recipe.twins:
            yield twin_frame(recipe, prints, wanted, other, repeat)


def wall_of(recipe: Recipe, camera: Camera, repeat: int) -> Wall | BareWall:
    """Return what is behind the print."""
    size = camera.width_px, camera.height_px
    if repeat in recipe.bare_repeats:
        return BareWall(*size)
    return Wall(recipe.backdrops, *size)


def camera_of(bin_name: str, conditions: Conditions) -> Camera:
    """Return the bin's camera."""
    camera = Camera(k1=conditions.k1, k2=conditions.k2)
    if bin_name == "lens70":
        return replace(camera, focal_px=focal_of(camera.width_px, 70))
    if bin_name == "portrait":
        return replace(camera, width_px=480, height_px=640)
    return camera


def draw_pose(
    random: np.random.Generator,
    camera: Camera,
    picture: Picture,
    conditions: Conditions,
) -> Pose:
    """Draw where a print stands under these conditions."""
    return place_print(
        random,
        camera,
        aspect=picture.shape[0] / picture.shape[1],
        width_ratio=conditions.width_ratio,
        tilt_deg=conditions.tilt_deg,
        roll_deg=conditions.roll_deg,
    )


def view_of(
    random: np.random.Generator, camera: Camera, pose: Pose, conditions: Conditions
) -> View:
    """Return the view, with the turn of a camera whose rows are read one by one."""
    turn = (0.0, 0.0, 0.0)
    if conditions.shutter_deg:
        x, y, z = random.normal(size=3)
        # Hands turn a phone about its upright and level axes more than about the view.
        axis = np.array([x, y, z / 2])
        axis *= conditions.shutter_deg / np.linalg.norm(axis)
        turn = (float(axis[0]), float(axis[1]), float(axis[2]))
    return View(camera, pose, shutter_turn_deg=turn, bend_deg=conditions.bend_deg)


def bin_frame(
    recipe: Recipe, prints: dict[str, Picture], bin_name: str, wanted: str, repeat: int
) -> Drawing:
    """Draw one frame of the recall table."""
    random = generator(recipe.seed, bin_name, wanted, repeat)
    conditions = draw_conditions(random, recipe.bins[bin_name])
    camera = camera_of(bin_name, conditions)
    names = in_view(prints, wanted) if bin_name == "several" else (wanted,)
    views = views_of(random, camera, [prints[name] for name in names], conditions)
    wall = wall_of(recipe, camera, repeat)
    frame: NDArray[np.generic] = wall(random)
    mask = np.zeros((camera.height_px, camera.width_px), np.float32)
    shown = []
    for name, view in zip(names, views, strict=True):
        frame, covered, corners = paste_print(frame, prints[name], view)
        mask = np.maximum(mask, covered)
        shown.append(Shown(name, round_corners(corners)))
    pixels = degrade(random, frame.astype(np.float32), mask, conditions, wall)
    return drawing(bin_name, wanted, repeat, camera, tuple(shown), pixels, conditions)


def in_view(prints: dict[str, Picture], wanted: str) -> tuple[str, ...]:
    """Return three prints of one wall: the wanted one and those after it."""
    names = list(prints)
    at = names.index(wanted)
    return tuple(names[(at + step) % len(names)] for step in range(3))


def views_of(
    random: np.random.Generator,
    camera: Camera,
    pictures: list[Picture],
    conditions: Conditions,
) -> list[View]:
    """Draw where prints stand, none before another: their outlines' boxes stay apart."""
    while True:
        views: list[View] = []
        boxes: list[FloatArray] = []
        for picture in pictures:
            for _ in range(20):
                pose = draw_pose(random, camera, picture, conditions)
                view = view_of(random, camera, pose, conditions)
                corners = seen_corners(view, picture.shape[0] / picture.shape[1])
                box = np.stack([corners.min(0), corners.max(0)])
                if all(are_apart(box, other) for other in boxes):
                    views.append(view)
                    boxes.append(box)
                    break
        if len(views) == len(pictures):
            return views


def are_apart(one: FloatArray, other: FloatArray) -> bool:
    """Return whether two boxes do not meet."""
    return bool((one[0] > other[1]).any() or (other[0] > one[1]).any())


def still_frames(
    recipe: Recipe, prints: dict[str, Picture], wanted: str
) -> Iterator[Drawing]:
    """Draw frames of a camera that stands still: only the noise differs."""
    random = generator(recipe.seed, "jitter", wanted)
    conditions = draw_conditions(random, STATIC)
    camera = Camera()
    pose = draw_pose(random, camera, prints[wanted], conditions)
    wall = Wall(recipe.backdrops, camera.width_px, camera.height_px)
    frame, mask, corners = paste_print(wall(random), prints[wanted], View(camera, pose))
    shown = (Shown(wanted, round_corners(corners)),)
    for repeat in range(recipe.still_frames):
        noise = generator(recipe.seed, "jn", wanted, repeat)
        pixels = degrade(noise, frame, mask, conditions, wall)
        yield drawing(STILL, wanted, repeat, camera, shown, pixels, conditions)


def negative_frame(recipe: Recipe, repeat: int) -> Drawing:
    """Draw a wall without any of the prints."""
    random = generator(recipe.seed, "neg", repeat)
    changes = BINS[("mixed_easy", "mixed_mid")[repeat % 2]]
    conditions = draw_conditions(random, changes, occluded_ratio=0.0)
    camera = Camera()
    wall = Wall(recipe.backdrops, camera.width_px, camera.height_px)
    frame = wall(random).astype(np.float32)
    mask = np.ones(frame.shape[:2])
    pixels = degrade(random, frame, mask, conditions, wall)
    return drawing(NEGATIVE, "none", repeat, camera, (), pixels, conditions)


def twin_frame(
    recipe: Recipe, prints: dict[str, Picture], wanted: str, other: str, repeat: int
) -> Drawing:
    """Draw a frame in which another print of the wanted one's series is."""
    random = generator(recipe.seed, "twin", wanted, other, repeat)
    conditions = draw_conditions(random, (EASY, BINS["mixed_easy"])[repeat % 2])
    camera = Camera()
    pose = draw_pose(random, camera, prints[other], conditions)
    wall = Wall(recipe.backdrops, camera.width_px, camera.height_px)
    frame, mask, corners = paste_print(wall(random), prints[other], View(camera, pose))
    pixels = degrade(random, frame, mask, conditions, wall)
    shown = (Shown(other, round_corners(corners)),)
    made = drawing(TWIN, f"{wanted}_{other}", repeat, camera, shown, pixels, conditions)
    return replace(made, frame=replace(made.frame, asked=(wanted,)))


def drawing(
    bin_name: str,
    subject: str,
    repeat: int,
    camera: Camera,
    shown: tuple[Shown, ...],
    pixels: NDArray[np.uint8],
    conditions: Conditions,
) -> Drawing:
    """Return a drawn frame with its name."""
    file = f"{bin_name}_{subject}_{repeat:02d}.jpg"
    size = camera.width_px, camera.height_px
    frame = Frame(file, bin_name, repeat, *size, camera.focal_px, shown)
    return Drawing(frame, pixels, conditions)


def round_corners(corners: FloatArray) -> tuple[tuple[float, float], ...]:
    """Return corners to a thousandth of a pixel."""
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in corners)


def truth(picture: NDArray[np.generic], shown: Shown) -> FloatArray:
    """Return the homography from a picture's pixels to the frame's."""
    source = picture_corners(picture.shape[1], picture.shape[0])
    there = np.array(shown.corners, np.float32)
    return cv2.getPerspectiveTransform(source, there).astype(np.float64)
