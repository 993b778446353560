"""Draw the bench's own prints: a museum's panel and a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import qrcode
import qrcode.constants

from benchmarks.image_targets.seeds import generator

if TYPE_CHECKING:
    from benchmarks.image_targets.rendering import Picture

PLAIN, HEADING = cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX

LABEL_PX = (640, 780)
CODE_FROM_PX = 20
CODE_EDGE_PX = 600
"""Of a label's code with its quiet zone, from the label's left and upper edges."""

WORDS = [
    "mine",
    "forge",
    "houille",
    "canal",
    "verre",
    "acier",
    "ouvrier",
    "pilon",
    "creusot",
    "montceau",
    "galerie",
    "puits",
    "four",
    "laminoir",
]


def panel(seed: str = "panel", heading: str = "LA PLAINE") -> Picture:
    """Draw a museum's panel: a heading, an engraving made of strokes, two columns of text.

    Two seeds make two panels of one series: the same layout, other words and strokes.
    """
    random = generator(seed)
    paper = np.full((1000, 720, 3), (226, 236, 240), np.uint8)
    paper[:130] = (60, 50, 120)
    write_line(paper, heading, (30, 92), 2.6, (240, 240, 240), thick=5, font=HEADING)
    for column in range(2):
        for row in range(19):
            picked = random.integers(0, len(WORDS), 4)
            line = " ".join(WORDS[at] for at in picked)[:24]
            place = (30 + column * 345, 560 + row * 23)
            write_line(paper, line, place, 0.62, (40, 40, 40))
    cv2.rectangle(paper, (30, 160), (690, 530), (180, 200, 205), -1)
    engrave(random, paper)
    return paper


def engrave(random: np.random.Generator, paper: Picture) -> None:
    """Draw what stands for a machine in the panel's window."""
    for _ in range(26):
        start = random.integers([40, 170], [680, 520])
        end = np.clip(start + random.integers(-120, 120, 2), [40, 170], [680, 520])
        ink = colour(random, 110)
        thick = int(random.integers(1, 5))
        cv2.line(paper, point(start), point(end), ink, thick, cv2.LINE_AA)
    for _ in range(12):
        centre = random.integers([80, 200], [640, 490])
        radius = int(random.integers(8, 60))
        ink = colour(random, 130)
        thick = int(random.integers(1, 4))
        cv2.circle(paper, point(centre), radius, ink, thick, cv2.LINE_AA)


def label(
    text: str = "https://visite.example/t/plaine-des-riaux/stop/07",
    title: str = "07 Marteau-pilon",
) -> Picture:
    """Draw a stop's label: its QR code, its number and title, a line of help."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=1
    )
    code.add_data(text)
    code.make(fit=True)
    modules = np.where(np.array(code.get_matrix(), bool), 0, 255).astype(np.uint8)
    edge, start = CODE_EDGE_PX, CODE_FROM_PX
    square = cv2.resize(modules, (edge, edge), interpolation=cv2.INTER_NEAREST)
    paper = np.full((*LABEL_PX[::-1], 3), 255, np.uint8)
    paper[start : start + edge, start : start + edge] = square[..., None]
    cv2.rectangle(paper, (6, 6), (633, 773), (90, 60, 20), 6)
    write_line(paper, title, (44, 680), 1.7, (90, 60, 20), thick=3, font=HEADING)
    write_line(paper, "Scannez pour voir en 3D", (44, 738), 1.25, (30, 30, 30), thick=2)
    return paper


def write_line(
    paper: Picture,
    text: str,
    place: tuple[int, int],
    size: float,
    ink: tuple[int, int, int],
    *,
    thick: int = 1,
    font: int = PLAIN,
) -> None:
    """Write a line; `place` is its left end on the baseline."""
    cv2.putText(paper, text, place, font, size, ink, thick, cv2.LINE_AA)


def colour(random: np.random.Generator, darkest_to: int) -> tuple[int, int, int]:
    """Draw an ink."""
    blue, green, red = (int(level) for level in random.integers(10, darkest_to, 3))
    return blue, green, red


def point(place: np.ndarray) -> tuple[int, int]:
    """Return a place as OpenCV wants it."""
    return int(place[0]), int(place[1])
