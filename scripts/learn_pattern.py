#!/usr/bin/env python3
"""Learn which sites descriptors compare, and write client/tracker/features/sampling_pattern.h.

    .venv/bin/python scripts/learn_pattern.py

Pictures are drawn here: dead leaves (Lee, Mumford & Huang, "Occlusion models for natural
images", IJCV 2001), whose statistics are those of photographs, and lines of text. Each is
seen twice, by two seeded cameras; the tracker itself finds features in both; those
that lie on the same point are pairs of friends, others are strangers. Bits are then chosen
one by one by boosting (as Suarez et al., "BEBLID", Pattern Recognition Letters 2020): each
is the one that best tells friends from strangers where those before it err. So the
first 64 alone tell most strangers, which matching makes use of.

Takes a minute. Run again, it writes the same file.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from assets_pipeline.image_targets.tracker import Tracker

WIDTH_PX, HEIGHT_PX = 640, 480
RINGS = ((0, 1), (2.8, 6), (5.6, 9), (8.6, 13), (11.6, 16), (14.3, 19))
"""Radius in px, and sites on it: denser outward, as their blur allows."""
FINE_SITES = 16
BITS, PICTURES, LEVEL = 256, 60, 2
SAME_PX, APART_PX = 1.5, 2.0
"""How near friends' places are, and how far apart two sites worth comparing."""
FRIENDS, LEARNING_RATE = 9000, 0.1
MOST_ALIKE = 0.55
"""Correlation of two bits above which the second is left out."""
FEATURE = np.dtype(
    [
        ("x", "<f4"),
        ("y", "<f4"),
        ("scale", "<f4"),
        ("angle", "u1"),
        ("level", "u1"),
        ("score", "<u2"),
    ]
)


def sites() -> np.ndarray:
    """Return where sites lie from the patch's centre: (64, 2) px."""
    places = []
    for ring, (radius, count) in enumerate(RINGS):
        turns = 2 * np.pi * (np.arange(count) / count + ring * 0.11)
        places += [np.stack([np.cos(turns), np.sin(turns)], 1) * radius]
    return (np.concatenate(places) * 8).round() / 8


def drawn(random: np.random.Generator) -> Image.Image:
    """Return a picture of leaves, the nearer over the farther; every third has text."""
    picture = Image.new("L", (2 * WIDTH_PX, 2 * HEIGHT_PX), 128)
    draw = ImageDraw.Draw(picture)
    for _ in range(1500):
        radius = min(8 * (1 - random.uniform()) ** (-1 / 1.8), 300)
        x, y = random.uniform(0, picture.width), random.uniform(0, picture.height)
        turns = random.uniform(0, 2 * np.pi) + np.sort(random.uniform(0, 2 * np.pi, 4))
        shape = [(x + radius * np.cos(t), y + radius * np.sin(t)) for t in turns]
        grey = int(random.integers(0, 256))
        if random.integers(2):
            draw.polygon(shape, grey)
        else:
            flat = radius * random.uniform(0.3, 1)
            draw.ellipse((x - radius, y - flat, x + radius, y + flat), grey)
    if not random.integers(3):
        font = ImageFont.load_default(float(random.integers(24, 60)))
        for line in range(0, picture.height, 70):
            letters = "".join(chr(c) for c in random.integers(65, 123, 40))
            draw.text((0, line), letters, int(random.integers(0, 256)), font)
    return picture


def seen(
    picture: Image.Image, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return a frame of the picture, (480, 640) uint8, and where its points land (3, 3)."""
    turn, size = random.uniform(0, 2 * np.pi), np.exp2(random.uniform(-0.2, 0.2))
    tilt, axis = np.radians(random.uniform(0, 35)), random.uniform(0, np.pi)
    squeeze = _turned(axis) @ np.diag([np.cos(tilt), 1]) @ _turned(-axis)
    middle = np.array([WIDTH_PX, HEIGHT_PX]) / 2
    placed = np.eye(3)
    placed[:2, :2] = size * _turned(turn) @ squeeze
    placed[:2, 2] = middle - placed[:2, :2] @ middle
    double = np.diag([2.0, 2.0, 1.0])
    back = double @ np.linalg.inv(placed) @ np.linalg.inv(double)
    large = picture.transform(
        picture.size,
        Image.Transform.AFFINE,
        tuple(back[:2].ravel()),
        Image.Resampling.BICUBIC,
    )
    frame = large.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BOX)
    frame = frame.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.6)))
    light = np.asarray(frame, float) / 255
    grey = 255 * random.uniform(0.4, 1) * light ** np.exp2(random.uniform(-0.8, 0.8))
    grey += random.normal(0, random.uniform(1, 14), grey.shape)
    return np.clip(grey, 0, 255).round().astype(np.uint8), placed


def _turned(angle: float) -> np.ndarray:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _blurred(image: np.ndarray, step: int) -> np.ndarray:
    """Return the binomial blur of imgproc.c, here in floats."""
    for axis in (0, 1):
        pads = [(2 * step, 2 * step) if i == axis else (0, 0) for i in range(2)]
        wide = np.moveaxis(np.pad(image, pads, "edge"), axis, 0)
        n = image.shape[axis]
        rows = [wide[k * step : k * step + n] for k in range(5)]
        image = np.moveaxis(
            np.tensordot([1, 4, 6, 4, 1], np.stack(rows), 1) / 16, 0, axis
        )
    return image


def greys_at_sites(
    tracker: Tracker, frame: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return features' places (n, 2) and what their sites show (n, 64)."""
    tracker.find(frame)
    content = tracker.features()
    features = np.frombuffer(content, FEATURE, len(content) // 48)
    features = features[features["level"] == LEVEL]
    angle = (features["angle"].astype(int) + 2) // 4 % 64 * (2 * np.pi / 64)
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    x, y = sites().T
    column = (
        np.floor(x * c - y * s + 0.5).astype(int)
        + np.round(features["x"]).astype(int)[:, None]
    )
    row = (
        np.floor(x * s + y * c + 0.5).astype(int)
        + np.round(features["y"]).astype(int)[:, None]
    )
    fine = _blurred(frame.astype(float), 1)
    coarse = _blurred(fine, 2)
    greys = np.concatenate(
        [
            fine[row[:, :FINE_SITES], column[:, :FINE_SITES]],
            coarse[row[:, FINE_SITES:], column[:, FINE_SITES:]],
        ],
        1,
    )
    return np.stack([features["x"], features["y"]], 1), greys.round().astype(np.uint8)


def friends() -> tuple[np.ndarray, np.ndarray]:
    """Return what the sites of the same points show to two cameras: 2 of (n, 64)."""
    tracker, random = Tracker(), np.random.default_rng(20)
    tracker.add_template(np.zeros((32, 32), np.uint8), 1)
    first, second = [], []
    for _ in range(PICTURES):
        picture = drawn(random)
        (frame, placed), (other, other_placed) = (
            seen(picture, random),
            seen(picture, random),
        )
        places, greys = greys_at_sites(tracker, frame)
        other_places, other_greys = greys_at_sites(tracker, other)
        there = other_placed @ np.linalg.inv(placed)
        moved = places @ there[:2, :2].T + there[:2, 2]
        away = np.linalg.norm(moved[:, None] - other_places[None], axis=2)
        nearest = away.argmin(1)
        same = away[np.arange(len(moved)), nearest] < SAME_PX
        first.append(greys[same])
        second.append(other_greys[nearest[same]])
    chosen = random.permutation(sum(map(len, first)))[:FRIENDS]
    return np.concatenate(first)[chosen], np.concatenate(second)[chosen]


def strangers(
    second: np.ndarray, bits: np.ndarray, other_bits: np.ndarray
) -> np.ndarray:
    """Return for each point another that looks rather like it: indices (n,)."""
    random = np.random.default_rng(21)
    n = len(second)
    offered = (np.arange(n)[:, None] + random.integers(1, n, (n, 12))) % n
    some = random.permutation(bits.shape[1])[:128]
    unlike = np.stack(
        [
            (bits[:, some] != other_bits[offered[:, k]][:, some]).sum(1)
            for k in range(12)
        ],
        1,
    )
    return offered[np.arange(n), unlike.argmin(1)]


def learned(first: np.ndarray, second: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return the 256 best pairs of sites, in the order in which they were chosen."""
    bits = first[:, pairs[:, 0]] < first[:, pairs[:, 1]]
    other_bits = second[:, pairs[:, 0]] < second[:, pairs[:, 1]]
    stranger = strangers(second, bits, other_bits)
    same_of_friends = (bits == other_bits).astype(np.float32)
    same_of_strangers = (bits == other_bits[stranger]).astype(np.float32)
    alike = np.abs(np.corrcoef(bits.astype(np.float32).T))
    weight = np.full(len(first), 0.5 / len(first), np.float32)
    other_weight = weight.copy()
    is_free, order = np.ones(len(pairs), bool), []
    for _ in range(BITS):
        error = (
            weight.sum() - weight @ same_of_friends + other_weight @ same_of_strangers
        )
        error[~is_free] = np.inf
        best = int(error.argmin())
        order.append(best)
        is_free &= alike[best] < MOST_ALIKE
        is_free[best] = False
        gain = 0.5 * np.log((1 - error[best]) / error[best]) * LEARNING_RATE
        weight *= np.exp(-gain * (2 * same_of_friends[:, best] - 1))
        other_weight *= np.exp(gain * (2 * same_of_strangers[:, best] - 1))
        total = weight.sum() + other_weight.sum()
        weight, other_weight = weight / total, other_weight / total
    return pairs[order]


def table(rows: np.ndarray, per_line: int) -> str:
    """Return a C initialiser of pairs of numbers."""
    items = [f"{{{a}, {b}}}" for a, b in rows]
    bounds = [*range(0, len(items), per_line), len(items)]
    return ",\n".join("    " + ", ".join(items[a:b]) for a, b in pairwise(bounds))


def main() -> None:
    """Write the header."""
    places = sites()
    candidates = np.array(
        [
            (a, b)
            for a in range(len(places))
            for b in range(a)
            if np.linalg.norm(places[a] - places[b]) > APART_PX
        ]
    )
    first, second = friends()
    chosen = learned(first, second, candidates)
    header = f"""/* Where descriptors look, and which two sites each bit compares. Written by
 * scripts/learn_pattern.py, which tells how. */
#ifndef SAMPLING_PATTERN_H
#define SAMPLING_PATTERN_H

#include <stdint.h>

enum {{ SITES = {len(places)}, FINE_SITES = {FINE_SITES} }};

/* From the patch's centre, 1/8 px. The first FINE_SITES are read from the finer blur. */
static const int8_t SITE_AT[SITES][2] = {{
{table((places * 8).astype(int), 8)}}};

/* The bit is 1 where the first site is the darker. The most telling bits come first. */
static const uint8_t PAIR[256][2] = {{
{table(chosen, 10)}}};

#endif
"""
    path = Path(__file__).parents[1] / "client/tracker/features/sampling_pattern.h"
    path.write_text(header)


if __name__ == "__main__":
    main()
