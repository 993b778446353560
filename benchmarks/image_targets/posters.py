"""Draw prints that are hard: repetitive, wordy, nearly empty, flat colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from benchmarks.image_targets.drawings import HEADING, PLAIN, WORDS, point, write_line
from benchmarks.image_targets.seeds import generator

if TYPE_CHECKING:
    from benchmarks.image_targets.rendering import Picture

Ink = tuple[int, int, int]
BLACK: Ink = (30, 30, 30)


def tiles() -> Picture:
    """Draw a glazed-tile floor: one motif 48 times, a few tiles chipped or turned."""
    random = generator("tiles")
    paper = np.full((960, 720, 3), (214, 222, 226), np.uint8)
    for row in range(8):
        for column in range(6):
            tile = paper[row * 120 : row * 120 + 120, column * 120 : column * 120 + 120]
            cv2.rectangle(tile, (2, 2), (117, 117), (150, 110, 60), 3)
            for radius, ink in ((52, (160, 90, 40)), (34, (60, 120, 190))):
                cv2.circle(tile, (60, 60), radius, ink, 6, cv2.LINE_AA)
            cv2.line(tile, (20, 60), (100, 60), (90, 60, 40), 5, cv2.LINE_AA)
            if random.random() < 0.2:
                tile[:] = np.rot90(tile).copy()
            if random.random() < 0.15:
                corner = random.integers(0, 80, 2)
                cv2.circle(tile, point(corner), 16, (235, 235, 235), -1, cv2.LINE_AA)
    return paper


def notice() -> Picture:
    """Draw a page of rules: nothing but lines of text."""
    random = generator("notice")
    paper = np.full((1000, 700, 3), (244, 246, 246), np.uint8)
    write_line(paper, "REGLEMENT", (150, 70), 2.0, BLACK, thick=4, font=HEADING)
    for row in range(34):
        left = 40 + (30 if row % 9 == 0 else 0)
        words = [WORDS[at] for at in random.integers(0, len(WORDS), 7)]
        end = int(random.integers(24, 44)) if row % 9 == 8 else 44
        write_line(
            paper, " ".join(words)[:end], (left, 125 + row * 25), 0.72, BLACK, thick=1
        )
    return paper


def horizon() -> Picture:
    """Draw a poster of little texture: a sky, hills, a chimney, a title."""
    height, width = 1000, 700
    light = np.linspace(0, 1, height)[:, None, None]
    sky, dusk = np.array([200, 160, 120]), np.array([120, 190, 240])
    paper = np.repeat(sky + (dusk - sky) * light, width, 1).astype(np.uint8)
    across = np.arange(width)
    for base, depth, ink in ((640, 60, (110, 120, 90)), (740, 90, (80, 90, 60))):
        top = base - depth * np.sin(across / 140 + base)
        ground = np.stack([across, top], 1).round().astype(np.int32)
        outline = np.concatenate([ground, [[width, height], [0, height]]])
        cv2.fillPoly(paper, [outline.astype(np.int32)], ink, cv2.LINE_AA)
    cv2.rectangle(paper, (480, 330), (520, 720), (50, 50, 80), -1)
    cv2.circle(paper, (180, 250), 70, (160, 220, 250), -1, cv2.LINE_AA)
    write_line(
        paper, "LE CREUSOT", (60, 910), 2.2, (240, 240, 240), thick=5, font=HEADING
    )
    write_line(paper, "1836 - 1949", (230, 965), 1.2, (230, 230, 230), thick=2)
    return paper


def logo() -> Picture:
    """Draw a museum's sign on white: a wheel, a beam, three letters."""
    paper = np.full((700, 700, 3), 255, np.uint8)
    cv2.circle(paper, (350, 290), 190, (120, 60, 20), 26, cv2.LINE_AA)
    for spoke in range(5):
        angle = spoke * 2 * np.pi / 5 + 0.3
        end = np.array([350 + 180 * np.cos(angle), 290 + 180 * np.sin(angle)])
        cv2.line(paper, (350, 290), point(end), (120, 60, 20), 16, cv2.LINE_AA)
    cv2.rectangle(paper, (90, 505), (610, 535), (40, 90, 200), -1)
    write_line(paper, "ECM", (190, 655), 4.0, BLACK, thick=12, font=HEADING)
    return paper


def comic() -> Picture:
    """Draw a page of a comic: six boxes of flat colours, thick outlines, speech."""
    random = generator("comic")
    paper = np.full((1000, 740, 3), 250, np.uint8)
    for box in range(6):
        left, top = 30 + (box % 2) * 350, 30 + (box // 2) * 320
        sky = random.integers(120, 250, 3).tolist()
        cv2.rectangle(paper, (left, top), (left + 330, top + 300), sky, -1)
        inside = paper[top : top + 300, left : left + 330]
        for _ in range(int(random.integers(3, 6))):
            figure(random, inside)
        speech = (int(random.integers(80, 230)), int(random.integers(40, 70)))
        cv2.ellipse(inside, speech, (76, 32), 0, 0, 360, (255, 255, 255), -1)
        cv2.ellipse(inside, speech, (76, 32), 0, 0, 360, BLACK, 3, cv2.LINE_AA)
        said = WORDS[int(random.integers(len(WORDS)))].upper()[:7]
        place = (speech[0] - 52, speech[1] + 8)
        write_line(inside, said, place, 0.75, BLACK, thick=2)
        cv2.rectangle(paper, (left, top), (left + 330, top + 300), BLACK, 5)
    return paper


def figure(random: np.random.Generator, box: Picture) -> None:
    """Draw one person or thing of a comic's box: a blob and its outline."""
    centre = random.integers([40, 130], [290, 280])
    size = int(random.integers(22, 62))
    turns = np.linspace(0, 2 * np.pi, int(random.integers(4, 9)), endpoint=False)
    reach = size * random.uniform(0.6, 1.3, len(turns))
    outline = np.stack([reach * np.cos(turns), reach * np.sin(turns)], 1) + centre
    shape = outline.round().astype(np.int32)
    cv2.fillPoly(box, [shape], random.integers(20, 240, 3).tolist(), cv2.LINE_AA)
    cv2.polylines(box, [shape], isClosed=True, color=BLACK, thickness=4)
    eyes = [*centre, size // 4, -size // 4]
    cv2.circle(box, point(eyes), max(3, size // 9), BLACK, -1, cv2.LINE_AA)


def plan() -> Picture:
    """Draw a walker's map: fields, streets, a canal, names."""
    random = generator("plan")
    paper = np.full((760, 1000, 3), (222, 236, 238), np.uint8)
    for _ in range(14):
        low = random.integers([0, 0], [900, 660])
        high = low + random.integers(60, 190, 2)
        field = [(196, 226, 200), (206, 220, 240), (190, 214, 226)][
            int(random.integers(3))
        ]
        cv2.rectangle(paper, point(low), point(high), field, -1)
    at = np.linspace(0, 1000, 60)
    bank = np.stack([at, 420 + 90 * np.sin(at / 150) + 30 * np.sin(at / 47)], 1)
    cv2.polylines(
        paper,
        [bank.astype(np.int32)],
        isClosed=False,
        color=(220, 180, 120),
        thickness=26,
    )
    for _ in range(22):
        start = random.integers([0, 0], [1000, 760])
        end = start + random.integers(-420, 420, 2)
        width = int(random.choice([4, 4, 7, 11]))
        cv2.line(
            paper, point(start), point(end), (150, 150, 150), width + 4, cv2.LINE_AA
        )
        cv2.line(paper, point(start), point(end), (250, 250, 250), width, cv2.LINE_AA)
    for _ in range(26):
        name = WORDS[int(random.integers(len(WORDS)))].capitalize()
        place = point(random.integers([10, 30], [900, 750]))
        cv2.putText(paper, name, place, PLAIN, 0.7, (80, 50, 30), 2, cv2.LINE_AA)
    for _ in range(9):
        pin = point(random.integers([40, 40], [960, 720]))
        cv2.circle(paper, pin, 13, (40, 40, 200), -1, cv2.LINE_AA)
        cv2.circle(paper, pin, 5, (255, 255, 255), -1, cv2.LINE_AA)
    return paper
