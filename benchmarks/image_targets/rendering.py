"""Render a print into a frame: supersampled, with lens, shutter and paper."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.image_targets.camera import (
    Camera,
    FloatArray,
    Pose,
    print_corners,
    project,
    undistort,
)

Picture = NDArray[np.uint8]

SUPERSAMPLING = 3
"""Rays a pixel, in each direction."""


@dataclass(frozen=True)
class View:
    """A print as one frame sees it."""

    camera: Camera
    pose: Pose
    shutter_turn_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """How the camera turns about its axes from the first row to the last."""
    bend_deg: float = 0.0
    """The angle of the cylinder that the paper spans; its axis is the print's y."""

    @property
    def is_flat(self) -> bool:
        """Whether one homography takes the print to the frame."""
        straight = not (self.camera.is_distorted or self.bend_deg)
        return straight and not any(self.shutter_turn_deg)


def seen_corners(view: View, aspect: float) -> FloatArray:
    """Return (4, 2) frame pixels of the corners, as the frame shows them."""
    corners = bend(print_corners(aspect), view.bend_deg)
    pixels = project(corners, view.pose, view.camera)
    if not any(view.shutter_turn_deg):
        return pixels
    # A corner is seen when its own row is read, which moves it: three steps settle it.
    for _ in range(6):
        turns = row_turns(view, pixels[:, 1])
        poses = (
            Pose(turn @ view.pose.rotation, turn @ view.pose.translation)
            for turn in turns
        )
        seen = zip(corners, poses, strict=True)
        pixels = np.concatenate(
            [project(corner[None], pose, view.camera) for corner, pose in seen]
        )
    return pixels


def bend(points: FloatArray, bend_deg: float) -> FloatArray:
    """Return points of a flat print on its cylinder; lengths along the paper are kept."""
    if not bend_deg:
        return points
    radius = 1 / np.radians(bend_deg)
    angle = points[:, 0] / radius
    return np.stack(
        [radius * np.sin(angle), points[:, 1], radius * (1 - np.cos(angle))], 1
    )


def row_turns(view: View, rows: FloatArray) -> FloatArray:
    """Return (n, 3, 3): how the world has turned before the camera at each row."""
    share = rows / view.camera.height_px - 0.5
    turn = np.radians(np.asarray(view.shutter_turn_deg))
    return np.stack([cv2.Rodrigues(turn * at)[0] for at in share])


def paste_print(
    backdrop: NDArray[np.generic], picture: Picture, view: View
) -> tuple[NDArray[np.float32], NDArray[np.float32], FloatArray]:
    """Return the frame with the print, its coverage mask, and its corners."""
    aspect = picture.shape[0] / picture.shape[1]
    corners = seen_corners(view, aspect)
    draw = through_homography if view.is_flat else along_rays
    print_seen, covered = draw(picture, view, corners)
    share = covered[..., None]
    return (
        (print_seen * share + backdrop * (1 - share)).astype(np.float32),
        covered,
        corners,
    )


def shrink(picture: Picture, corners: FloatArray) -> Picture:
    """Return the picture at about the resolution of the supersampled frame, averaged."""
    height, width = picture.shape[:2]
    top = np.linalg.norm(corners[1] - corners[0])
    bottom = np.linalg.norm(corners[2] - corners[3])
    scale = min(1.0, float(max(top, bottom, 1) * SUPERSAMPLING) / width)
    size = max(2, round(width * scale)), max(2, round(height * scale))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def picture_corners(width_px: int, height_px: int) -> NDArray[np.float32]:
    """Return (4, 2) the corners of a picture in its own pixels."""
    right, bottom = width_px - 0.5, height_px - 0.5
    return np.array(
        [[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]], np.float32
    )


def through_homography(
    picture: Picture, view: View, corners: FloatArray
) -> tuple[Picture, NDArray[np.float32]]:
    """Draw a flat print seen by a pinhole."""
    width, height = view.camera.width_px, view.camera.height_px
    small = shrink(picture, corners)
    source = picture_corners(small.shape[1], small.shape[0])
    fine = ((corners + 0.5) * SUPERSAMPLING - 0.5).astype(np.float32)
    warp = cv2.getPerspectiveTransform(source, fine)
    size = (width * SUPERSAMPLING, height * SUPERSAMPLING)
    large = cv2.warpPerspective(
        small, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inside = np.zeros(size[::-1], np.float32)
    outline = np.round(fine * 16).astype(np.int32)
    cv2.fillConvexPoly(inside, outline, (1.0,), cv2.LINE_8, 4)
    return average(large), average(inside)


def along_rays(
    picture: Picture, view: View, corners: FloatArray
) -> tuple[Picture, NDArray[np.float32]]:
    """Draw a print by the ray of each subpixel: any lens, shutter and curve."""
    aspect = picture.shape[0] / picture.shape[1]
    camera = view.camera
    part = part_about(corners, camera)
    small = shrink(picture, corners)
    height, width = small.shape[:2]
    paper = paper_points(view, part)
    x = (paper[..., 0] + 0.5) * width - 0.5
    y = (paper[..., 1] / aspect + 0.5) * height - 0.5
    is_inside = (np.abs(paper[..., 0]) <= 0.5) & (np.abs(paper[..., 1]) <= aspect / 2)
    fine = cv2.remap(
        small,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    seen = np.zeros((camera.height_px, camera.width_px, 3), np.uint8)
    covered = np.zeros(seen.shape[:2], np.float32)
    seen[part] = average(fine)
    covered[part] = average(is_inside.astype(np.float32))
    return seen, covered


def part_about(corners: FloatArray, camera: Camera) -> tuple[slice, slice]:
    """Return the rows and columns that a print is in, with room for curved edges."""
    low, high = corners.min(0), corners.max(0)
    room = 4 + 0.1 * (high - low)
    left, top = np.floor(np.maximum(low - room, 0)).astype(int)
    right, bottom = np.ceil(high + room).astype(int)
    return slice(top, min(bottom, camera.height_px)), slice(
        left, min(right, camera.width_px)
    )


def average(fine: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return pixels from their subpixels."""
    height, width = fine.shape[:2]
    size = (width // SUPERSAMPLING, height // SUPERSAMPLING)
    return cv2.resize(fine, size, interpolation=cv2.INTER_AREA)


def paper_points(view: View, part: tuple[slice, slice]) -> FloatArray:
    """Return (rows, columns, 2): the point of the paper that each subpixel sees.

    In widths of the print from its centre, along the paper; far outside where none is.
    """
    camera = view.camera
    rows, columns = (subpixels(span) for span in part)
    pixels = np.stack(np.meshgrid(columns, rows), -1)
    if camera.is_distorted:
        flat = undistort(pixels.reshape(-1, 2), camera)
        pixels = flat.reshape(pixels.shape)
    ray = np.concatenate(
        [
            (pixels - camera.centre_px) / camera.focal_px,
            np.ones((*pixels.shape[:2], 1)),
        ],
        -1,
    )
    # From camera to print: the turn of each row undone, then the pose.
    back = view.pose.rotation.T @ row_turns(view, rows).transpose(0, 2, 1)
    direction = np.einsum("rij,rcj->rci", back, ray)
    origin = -view.pose.rotation.T @ view.pose.translation
    if view.bend_deg:
        return on_cylinder(origin, direction, 1 / np.radians(view.bend_deg))
    with np.errstate(divide="ignore", invalid="ignore"):
        way = -origin[2] / direction[..., 2]
        points = origin[:2] + way[..., None] * direction[..., :2]
    return np.nan_to_num(points, nan=1e3, posinf=1e3, neginf=-1e3)


def subpixels(span: slice) -> FloatArray:
    """Return the centres of the subpixels of some rows or columns."""
    count = (span.stop - span.start) * SUPERSAMPLING
    return span.start - 0.5 + (np.arange(count) + 0.5) / SUPERSAMPLING


def on_cylinder(origin: FloatArray, direction: FloatArray, radius: float) -> FloatArray:
    """Return where rays meet a cylinder that touches z = 0 along y, unrolled.

    Its axis is x = 0, z = `radius`: (x, z - radius) lies on the circle, a quadratic in the
    way along the ray. Of its two roots the sheet holds the one nearer to z = 0.
    """
    x, z = direction[..., 0], direction[..., 2]
    start_x, start_z = origin[0], origin[2] - radius
    a = x**2 + z**2
    b = x * start_x + z * start_z
    c = start_x**2 + start_z**2 - radius**2
    root = np.sqrt(np.maximum(b**2 - a * c, 0))
    is_missed = b**2 < a * c
    ways = np.stack([(-b - root) / a, (-b + root) / a])
    depth = np.abs(origin[2] + ways * z)
    way = np.where(depth[0] <= depth[1], ways[0], ways[1])
    across = radius * np.arctan2(start_x + way * x, -(start_z + way * z))
    along = origin[1] + way * direction[..., 1]
    across[is_missed | (way <= 0)] = 1e3
    return np.stack([across, along], -1)
