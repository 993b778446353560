"""Labels as targets: the code that is printed, and read back as no other."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.image_targets.simulated_views import (
    View,
    corners_of,
    homography_of,
    render_view,
)
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.tracker import Tracker
from publishing import qr

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_HOSTS = [
    "HTTPS://ECM.FR/",
    "HTTPS://VISITE.CREUSOT.EXAMPLE/",
    "HTTPS://ECOMUSEE-CREUSOT-MONTCEAU.EXAMPLE.ORG/",
    "HTTPS://VISITE.ECOMUSEE-CREUSOT-MONTCEAU-LES-MINES.EXAMPLE.ORG/",
]
"""Of versions 1 to 4."""
_MODULE_PX = 24
_READS_AS = 0.4


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    return Tracker()


def _print_of(text: str) -> Image.Image:
    """Return a code with its quiet zone, 24 px a module, as black as ink is."""
    modules = np.pad(np.array(qr.matrix(text)), qr.QUIET_ZONE_MODULES)
    squares = np.kron(np.where(modules, 15, 255), np.ones((_MODULE_PX, _MODULE_PX)))
    return Image.fromarray(squares.astype(np.uint8))


def _width_m(print_: Image.Image, code_m: float = 0.08) -> float:
    """Return the width of a print of which the code itself is so wide."""
    across = print_.width / _MODULE_PX
    return code_m * across / (across - 2 * qr.QUIET_ZONE_MODULES)


@pytest.mark.parametrize("host", _HOSTS)
def test_drawn_code_is_the_printed_one(tracker: Tracker, host: str) -> None:
    chosen = random.Random(1)  # noqa: S311 - the same codes every time
    versions = set()
    for _ in range(40):
        text = host + "".join(chosen.choices(_SIGNS[:36], k=4))

        assert tracker.label_modules(text) == qr.matrix(text)
        versions.add(qr.version(qr.matrix(text)))
    assert versions == {_HOSTS.index(host) + 1}


def test_every_length_is_drawn_as_printed(tracker: Tracker) -> None:
    """Odd and even, full to the last bit and padded."""
    chosen = random.Random(2)  # noqa: S311 - as above
    for length in range(1, qr.MAX_CHARACTERS + 1):
        text = "".join(chosen.choices(_SIGNS, k=length))

        assert tracker.label_modules(text) == qr.matrix(text)


def test_plain_build_draws_the_same() -> None:
    text = _HOSTS[1] + "K7QM"

    assert Tracker(is_plain=True).label_modules(text) == qr.matrix(text)


@pytest.mark.parametrize("text", ["", "https://ecm.fr/K7QM", "É", "A" * 91])
def test_text_that_no_label_holds_is_refused(tracker: Tracker, text: str) -> None:
    with pytest.raises(WrongShapeError):
        tracker.add_label(text, 0.08)


@pytest.mark.parametrize("host", _HOSTS)
def test_label_is_found_where_it_is(tracker: Tracker, host: str) -> None:
    """The width is that of the code alone; the target spans its quiet zone."""
    tracker.forget()
    print_ = _print_of(host + "K7QM")
    width_m = _width_m(print_)
    slot = tracker.add_label(host + "K7QM", 0.08)
    view = View(0.4, tilt_deg=35, side_deg=70, roll_deg=20, defocus_px=0.7, seed=3)

    seen = tracker.find(render_view(print_, view, width_m))

    truth = corners_of(homography_of(view, print_.size, width_m), print_.size)
    assert np.abs(seen[slot].corners - truth).max() < 1.5


@pytest.mark.parametrize("host", _HOSTS)
def test_other_label_of_the_series_is_not_taken_for_it(
    tracker: Tracker, host: str
) -> None:
    """The one sought is absent; the one in view differs by a sign, or by four."""
    tracker.forget()
    tracker.add_label(host + "K7QM", 0.08)
    for seed, code in enumerate(("K7QN", "K7RM", "23BC", "XWVT")):
        print_ = _print_of(host + code)
        view = View(0.5, tilt_deg=20, side_deg=80 * seed, defocus_px=0.7, seed=seed)

        seen = tracker.find(render_view(print_, view, _width_m(print_)))

        assert not seen


def _labelled(text: str, seed: int) -> Image.Image:
    """Return a whole label: its code, and a title of blocks below."""
    code = np.asarray(_print_of(text))
    height, width = code.shape
    title = np.random.default_rng(seed).integers(0, 2, (4, width // 14)) * 240
    label = np.full((height * 5 // 4, width), 255, np.uint8)
    label[:height] = code
    label[height : height + 56, : title.shape[1] * 14] = np.kron(
        title, np.ones((14, 14))
    )
    return Image.fromarray(label)


_TURNED = View(0.4, tilt_deg=10, side_deg=40, roll_deg=100, seed=2)


@pytest.mark.parametrize("code", ["K7QN", "K7QJ"])
def test_picture_of_another_label_is_not_taken_for_it_turned(
    tracker: Tracker, code: str
) -> None:
    """A quarter turned, three finder patterns still lie on one another."""
    tracker.forget()
    tracker.add_template(make_template(_labelled(_HOSTS[0] + "K7QH", 1)), 0.1)
    other = _labelled(_HOSTS[0] + code, 2)

    seen = tracker.find(render_view(other, _TURNED, 0.1))

    assert not seen


def test_picture_of_a_label_is_found(tracker: Tracker) -> None:
    tracker.forget()
    label = _labelled(_HOSTS[0] + "K7QH", 1)
    slot = tracker.add_template(make_template(label), 0.1)

    seen = tracker.find(render_view(label, _TURNED, 0.1))

    assert slot in seen


@pytest.mark.parametrize("host", _HOSTS)
@pytest.mark.parametrize("module_px", [2.0, 4.0])
def test_only_the_label_itself_reads_as_its_code(
    tracker: Tracker, host: str, module_px: float
) -> None:
    """Other labels differ by one sign or by all; corners a third of a pixel off."""
    tracker.forget()
    texts = [host + code for code in ("K7QM", "K7QN", "K7RM", "23BC", "XWVT")]
    slot = tracker.add_label(texts[0], 0.08)
    modules = len(qr.matrix(texts[0]))
    distance_m = 0.08 / modules * 532 / module_px  # 532 px: the focal length
    chosen = np.random.default_rng(4)
    for text in texts:
        print_ = _print_of(text)
        width_m = _width_m(print_)
        for seed in range(4):
            view = View(
                distance_m,
                tilt_deg=chosen.uniform(0, 40),
                side_deg=chosen.uniform(0, 360),
                roll_deg=chosen.uniform(-180, 180),
                defocus_px=0.8,
                light=0.7,
                noise=3,
                seed=seed,
            )
            homography = homography_of(view, print_.size, width_m)
            off = np.eye(3)
            off[:2, 2] = chosen.normal(0, 0.25, 2)
            scaled = np.array([[3, 0, 1], [0, 3, 1], [0, 0, 1]])  # 8 px a module to 24

            score = tracker.label_score(
                slot, render_view(print_, view, width_m), off @ homography @ scaled
            )

            assert (score > _READS_AS) == (text == texts[0]), (text, score)
