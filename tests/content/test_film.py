"""The demonstration's film of a blow, its captions, and its two pictures."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

_CUE = re.compile(r"(\d+):(\d+\.\d+) --> (\d+):(\d+\.\d+)")


@pytest.fixture
def motion(drawing_path: None) -> ModuleType:
    del drawing_path
    return importlib.import_module("frappe.motion")


def test_it_rises_by_its_published_stroke(motion: ModuleType) -> None:
    """le-creusot.fr/le-marteau-pilon: course 5 m."""
    heights = [motion.height(k / 100) for k in range(1001)]

    assert max(heights) == pytest.approx(5.0)
    assert min(heights) == 0


def test_it_falls_as_things_fall(motion: ModuleType) -> None:
    """Five metres take a second and a hundredth under gravity alone."""
    assert pytest.approx(1.0096, abs=1e-3) == motion.IMPACT_S - motion.DROP_S
    half_way = motion.DROP_S + (motion.IMPACT_S - motion.DROP_S) / 2
    assert motion.height(half_way) == pytest.approx(5 - 5 / 4)


def test_it_never_jumps_but_for_the_blow(motion: ModuleType) -> None:
    """Ten metres a second is the fall's end; a frame lasts 40 ms."""
    steps = [
        abs(motion.height((k + 1) / 25) - motion.height(k / 25)) for k in range(249)
    ]

    assert max(steps) < 10 / 25 + 0.01


def test_the_blow_is_the_loudest_moment(drawing_path: None, motion: ModuleType) -> None:
    del drawing_path
    sound = importlib.import_module("frappe.sound")

    blow = sound.blow()

    assert len(blow) == round(motion.DURATION_S * sound.RATE_HZ)
    loudest = np.abs(blow).argmax() / sound.RATE_HZ
    assert motion.IMPACT_S < loudest < motion.IMPACT_S + 0.2
    assert np.abs(blow).max() <= 0.9


def test_sparks_start_with_the_blow_and_die(
    drawing_path: None, motion: ModuleType
) -> None:
    del drawing_path
    sparks = importlib.import_module("frappe.sparks")
    view = sparks.View(np.array([0.0, 2, 10]), np.array([0.0, 2, 0]), 200.0, (160, 90))

    seen = []
    for t in (motion.IMPACT_S - 0.1, motion.IMPACT_S + 0.1, motion.IMPACT_S + 2):
        light = np.zeros((90, 160, 3), np.float32)
        sparks.drawn(light, view, np.array([0.0, 2, 0]), t)
        seen.append(float(light.sum()))

    assert seen[0] == seen[2] == 0
    assert seen[1] > 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_captions_stay_within_the_film(
    language: str, content: Path, motion: ModuleType
) -> None:
    text = (content / f"video/frappe.{language}.vtt").read_text(encoding="utf-8")

    cues = [
        (int(a) * 60 + float(b), int(c) * 60 + float(d))
        for a, b, c, d in _CUE.findall(text)
    ]

    assert text.startswith("WEBVTT\n")
    assert len(cues) == 4
    assert all(start < end <= motion.DURATION_S for start, end in cues)
    assert any(start <= motion.IMPACT_S + 0.1 <= end for start, end in cues)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="needs ffmpeg's ffprobe")
def test_film_plays_everywhere_and_is_light(content: Path) -> None:
    """H.264 in 4:2:0 and AAC: what every phone's browser decodes."""
    path = content / "video/frappe.mp4"
    asked = ["-of", "json", "-show_streams", "-show_format"]

    said = subprocess.run(
        ["ffprobe", "-v", "error", *asked, str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    report = json.loads(said)
    video, audio = report["streams"]
    assert (video["codec_name"], video["pix_fmt"]) == ("h264", "yuv420p")
    assert video["width"] * 9 == video["height"] * 16
    assert video["width"] >= 640
    assert audio["codec_name"] == "aac"
    assert 8 <= float(report["format"]["duration"]) <= 12
    assert path.stat().st_size <= 3_000_000


@pytest.mark.parametrize("name", ["marteau-1877", "marteau-aujourdhui"])
def test_then_and_now_have_one_size(name: str, content: Path) -> None:
    path = content / f"images/{name}.jpg"

    with Image.open(path) as picture:
        assert picture.size == (1600, 1200)
    assert path.stat().st_size <= 500_000
