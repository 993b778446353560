"""Make porto-ieri.jpg and porto-oggi.jpg, one harbour at two times, both invented.

    python make_porto.py [FOLDER]

Needs numpy and Pillow.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1000)
HORIZON = 560
THEN = {"sky": ((214, 190, 150), (240, 222, 186)), "sea": ((150, 138, 112), (112, 100, 82)), "hill": (128, 112, 84),
        "far": (172, 154, 122), "rock": (92, 78, 60), "white": (236, 222, 194), "red": (140, 96, 72)}  # fmt: skip
NOW = {"sky": ((112, 168, 212), (226, 236, 238)), "sea": ((54, 128, 160), (22, 82, 118)), "hill": (116, 138, 84),
       "far": (142, 166, 176), "rock": (120, 104, 88), "white": (248, 246, 238), "red": (188, 54, 42)}  # fmt: skip


class View:
    """One picture, drawn twice as large as it is kept."""

    def __init__(self, colors: dict, seed: int) -> None:
        self.colors = colors
        self.rng = np.random.default_rng(seed)
        rows = np.concatenate(
            [self._fade("sky", HORIZON), self._fade("sea", SIZE[1] - HORIZON)]
        )
        self.image = Image.fromarray(np.repeat(rows[:, None], SIZE[0], axis=1)).resize(
            (SIZE[0] * 2, SIZE[1] * 2)
        )
        self.pen = ImageDraw.Draw(self.image)

    def _fade(self, name: str, height: int) -> np.ndarray:
        top, bottom = (np.array(color) for color in self.colors[name])
        return (top + (bottom - top) * np.linspace(0, 1, height)[:, None]).astype(
            np.uint8
        )

    def shape(
        self, points: list[tuple[float, float]], color: str | tuple[int, int, int]
    ) -> None:
        """Fill a polygon."""
        fill = self.colors[color] if isinstance(color, str) else color
        self.pen.polygon([(2 * x, 2 * y) for x, y in points], fill=fill)

    def line(
        self,
        points: list[tuple[float, float]],
        color: tuple[int, int, int],
        width: float,
    ) -> None:
        """Draw a line."""
        self.pen.line(
            [(2 * x, 2 * y) for x, y in points], fill=color, width=round(2 * width)
        )

    def mixed(
        self, color: str, other: tuple[int, int, int], part: float
    ) -> tuple[int, int, int]:
        """Return a colour with a part of another."""
        a, b = np.array(self.colors[color]), np.array(other)
        return tuple(int(v) for v in a + (b - a) * part)


def coast(view: View) -> None:
    """Draw far hills, the cape, its rock and the lighthouse on it."""
    x = np.linspace(0, SIZE[0], 60)
    far = HORIZON - 60 - 40 * np.sin(x / 190) - 18 * np.sin(x / 61 + 1)
    view.shape([(0, HORIZON), *zip(x, far, strict=True), (SIZE[0], HORIZON)], "far")
    hill = [
        (690, HORIZON + 8),
        (780, 520),
        (900, 450),
        (1080, 380),
        (1270, 340),
        (1450, 300),
        (1600, 290),
        (1600, HORIZON + 90),
        (1180, HORIZON + 50),
    ]
    view.shape(hill, "hill")
    for _ in range(170):
        u = view.rng.uniform(900, 1600)
        v = view.rng.uniform(330 + (1600 - u) * 0.2, HORIZON + 20)
        r = view.rng.uniform(4, 15)
        view.shape(
            [(u - r, v), (u - r * 0.4, v - r), (u + r * 0.5, v - r * 0.9), (u + r, v)],
            view.mixed("hill", (60, 72, 44), view.rng.uniform(0.2, 0.6)),
        )
    rock = [
        (560, 590),
        (600, 548),
        (640, 530),
        (690, 506),
        (760, 500),
        (820, 516),
        (880, 548),
        (960, 590),
        (900, 606),
        (640, 606),
    ]
    view.shape(rock, "rock")
    for _ in range(46):
        u, v = view.rng.uniform(590, 920), view.rng.uniform(520, 600)
        view.line(
            [(u, v), (u + view.rng.uniform(8, 30), v + view.rng.uniform(-14, 4))],
            view.mixed("rock", (30, 24, 20), 0.45),
            1.5,
        )


def tower(view: View) -> None:
    """Draw the lighthouse."""
    bottom, top, half = 504, 258, (26, 16)
    for k in range(5):
        low, high = (
            bottom + (top - bottom) * k / 5,
            bottom + (top - bottom) * (k + 1) / 5,
        )
        a, b = (
            half[0] + (half[1] - half[0]) * k / 5,
            half[0] + (half[1] - half[0]) * (k + 1) / 5,
        )
        color = "red" if k % 2 else "white"
        view.shape(
            [(726 - a, low), (726 - b, high), (726 + b, high), (726 + a, low)], color
        )
        view.shape(
            [
                (726 + a * 0.35, low),
                (726 + b * 0.35, high),
                (726 + b, high),
                (726 + a, low),
            ],
            view.mixed(color, (60, 50, 50), 0.28),
        )
    view.shape(
        [(700, 258), (752, 258), (748, 248), (704, 248)],
        view.mixed("rock", (20, 20, 24), 0.6),
    )
    view.shape([(713, 248), (739, 248), (739, 216), (713, 216)], (250, 222, 140))
    for u in (713, 722, 731, 739):
        view.line([(u, 248), (u, 216)], (50, 46, 44), 1.5)
    view.shape([(706, 216), (746, 216), (738, 202), (726, 194), (714, 202)], "red")
    view.line([(726, 194), (726, 178)], (50, 46, 44), 2)


def waves(view: View) -> None:
    """Draw the sea's glints, wider as they come near."""
    for _ in range(560):
        v = HORIZON + 46 + view.rng.beta(1.1, 1.4) * (SIZE[1] - HORIZON - 46)
        u, near = view.rng.uniform(0, SIZE[0]), (v - HORIZON) / 440
        reach = 6 + 70 * near * view.rng.uniform(0.4, 1)
        row = np.array(view.image.getpixel((10, int(2 * v) - 1)))
        shade = row + (34 if view.rng.random() < 0.55 else -22)
        view.line(
            [(u, v), (u + reach / 2, v - 3 * near), (u + reach, v)],
            tuple(int(c) for c in np.clip(shade, 0, 255)),
            1 + 2.4 * near,
        )


def sail(view: View, x: float, y: float, size: float) -> None:
    """Draw a boat with a lateen sail."""
    hull = [
        (x - size * 0.62, y - size * 0.1),
        (x + size * 0.66, y - size * 0.14),
        (x + size * 0.48, y + size * 0.1),
        (x - size * 0.44, y + size * 0.1),
    ]
    view.line([(x, y), (x + size * 0.05, y - size * 0.95)], (60, 48, 36), size * 0.03)
    view.shape(
        [
            (x - size * 0.6, y - size * 0.2),
            (x + size * 0.42, y - size * 1.25),
            (x + size * 0.5, y - size * 0.22),
        ],
        view.mixed("white", (150, 110, 70), 0.25),
    )
    view.line(
        [(x - size * 0.62, y - size * 0.18), (x + size * 0.44, y - size * 1.28)],
        (60, 48, 36),
        size * 0.035,
    )
    view.shape(hull, (74, 56, 42))
    view.shape(
        [
            (x - size * 0.5, y + size * 0.13),
            (x + size * 0.5, y + size * 0.13),
            (x + size * 0.1, y + size * 0.34),
        ],
        view.mixed("rock", (90, 84, 70), 0.5),
    )


def motorboat(view: View, x: float, y: float, size: float) -> None:
    """Draw a white motorboat and its wake."""
    view.shape(
        [
            (x - size, y - size * 0.2),
            (x + size, y - size * 0.34),
            (x + size * 0.7, y + size * 0.12),
            (x - size * 0.9, y + size * 0.12),
        ],
        "white",
    )
    view.shape(
        [
            (x - size * 0.4, y - size * 0.26),
            (x - size * 0.28, y - size * 0.6),
            (x + size * 0.2, y - size * 0.6),
            (x + size * 0.42, y - size * 0.3),
        ],
        (70, 98, 122),
    )
    view.line(
        [(x - size * 0.95, y), (x + size * 0.8, y - size * 0.05)],
        view.colors["red"],
        size * 0.07,
    )
    for k in range(5):
        view.line(
            [
                (x - size * (1.1 + 0.5 * k), y + 2 * k),
                (x - size * (1.4 + 0.5 * k), y + 3 * k),
            ],
            (236, 244, 246),
            2.4,
        )


def houses(view: View) -> None:
    """Draw houses that have climbed the hill."""
    for u, v, w in (
        (1060, 470, 54),
        (1128, 440, 46),
        (1190, 482, 62),
        (1270, 424, 50),
        (1330, 470, 66),
        (1420, 400, 56),
        (1468, 462, 70),
        (1546, 420, 60),
        (1120, 520, 58),
        (1244, 540, 64),
        (1390, 536, 60),
        (1510, 532, 72),
    ):
        h = w * view.rng.uniform(0.6, 0.95)
        wall = ((244, 228, 200), (236, 200, 168), (250, 246, 236), (226, 170, 140))[
            int(view.rng.integers(4))
        ]
        view.shape([(u, v), (u, v - h), (u + w, v - h), (u + w, v)], wall)
        view.shape(
            [(u + w * 0.68, v), (u + w * 0.68, v - h), (u + w, v - h), (u + w, v)],
            tuple(int(c * 0.84) for c in wall),
        )
        view.shape(
            [(u - 4, v - h), (u + w * 0.5, v - h * 1.35), (u + w + 4, v - h)],
            (178, 92, 66),
        )
        for k in range(2):
            view.shape(
                [
                    (u + w * (0.14 + 0.3 * k), v - h * 0.35),
                    (u + w * (0.14 + 0.3 * k), v - h * 0.68),
                    (u + w * (0.26 + 0.3 * k), v - h * 0.68),
                    (u + w * (0.26 + 0.3 * k), v - h * 0.35),
                ],
                (70, 92, 104),
            )


def pier(view: View, *, stone: bool) -> None:
    """Draw the pier in front: timber then, stone now."""
    view.shape(
        [(1600, 760), (1080, 742), (1040, 764), (1600, 812)],
        (150, 138, 122) if stone else (104, 84, 60),
    )
    if stone:
        view.shape([(1040, 764), (1600, 812), (1600, 860), (1050, 796)], (112, 102, 92))
        return
    for k in range(10):
        u = 1052 + 58 * k
        view.line([(u, 764 + 5 * k), (u, 812 + 7 * k)], (66, 52, 38), 7)
    for k in range(40):
        view.line(
            [(1070 + 14 * k, 743 + 0.5 * k), (1046 + 14.4 * k, 764 + 1.2 * k)],
            (80, 64, 46),
            1.4,
        )


def main() -> None:
    """Draw both pictures and write them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, colors in (("ieri", THEN), ("oggi", NOW)):
        view = View(colors, 9)
        coast(view)
        if name == "oggi":
            houses(view)
        tower(view)
        waves(view)
        pier(view, stone=name == "oggi")
        if name == "ieri":
            for boat in (
                (330, 690, 120),
                (520, 640, 70),
                (900, 670, 84),
                (190, 840, 190),
                (760, 850, 160),
            ):
                sail(view, *boat)
        else:
            motorboat(view, 420, 760, 66)
            motorboat(view, 900, 690, 38)
            sail(view, 180, 660, 60)
        image = view.image.resize(SIZE, Image.Resampling.LANCZOS)
        if name == "ieri":
            grain = np.random.default_rng(1).normal(0, 5, (SIZE[1], SIZE[0], 1))
            aged = np.asarray(image.filter(ImageFilter.GaussianBlur(0.8))) + grain
            image = Image.fromarray(np.clip(aged, 0, 255).astype(np.uint8))
        image.save(folder / f"porto-{name}.jpg", quality=82, optimize=True)


if __name__ == "__main__":
    main()
