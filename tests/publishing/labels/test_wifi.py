"""The label of a Wi-Fi without internet: two QR codes that phones read."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest

from publishing.errors import LabelError
from publishing.labels.wifi import (
    HEIGHT,
    WIDTH,
    WifiLabel,
    draw_wifi_label,
    wifi_payload,
)

LABEL = WifiLabel(
    "Musée de la mine",
    "lampe-de-mineur",
    "Musée de la mine",
    "https://visite.musee.example",
    "#225588",
    ("fr", "en", "it"),
)


@pytest.mark.parametrize(
    ("ssid", "passphrase", "payload"),
    [
        ("Mine", "lampe-de-mineur", "WIFI:T:WPA;S:Mine;P:lampe-de-mineur;;"),
        ("Mine", "", "WIFI:T:nopass;S:Mine;;"),
        ('a;b,c:d"e\\f', "12;45:78", 'WIFI:T:WPA;S:a\\;b\\,c\\:d\\"e\\\\f;P:12\\;45\\:78;;'),
    ],
)  # fmt: skip
def test_signs_of_the_scheme_are_escaped(
    ssid: str, passphrase: str, payload: str
) -> None:
    assert wifi_payload(ssid, passphrase) == payload


def test_another_reader_reads_both_codes_at_real_size() -> None:
    """OpenCV's reader, which shares nothing with the one that draws or verifies."""
    page = pypdfium2.PdfDocument(draw_wifi_label(LABEL))[0]
    pixels = np.asarray(page.render(scale=150 / 72).to_pil().convert("L"))
    found, texts, corners, _ = cv2.QRCodeDetector().detectAndDecodeMulti(pixels)

    wifi = wifi_payload(LABEL.ssid, LABEL.passphrase)
    assert page.get_size() == pytest.approx((WIDTH / 25.4 * 72, 2 * HEIGHT / 25.4 * 72))
    assert found
    assert sorted(texts) == sorted([wifi, "HTTPS://VISITE.MUSEE.EXAMPLE/"] * 2)
    modules_mm = np.ptp(corners[:, :, 0], axis=1) / 150 * 25.4 / 40
    assert modules_mm.min() > 1.0, "read from a third of a metre and more"


def test_nothing_overlaps_with_the_longest_names() -> None:
    """What is typed stands between its code and the foot of the label."""
    longest = WifiLabel(
        "M" * 32, "w" * 63, "Musée " * 12, LABEL.address, "#ffffff", ("fr", "en", "de")
    )
    text = pypdfium2.PdfDocument(draw_wifi_label(longest))[0].get_textpage()

    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    for place, (left, bottom, right, top) in enumerate(boxes):
        for other_left, other_bottom, other_right, other_top in boxes[place + 1 :]:
            across = min(right, other_right) - max(left, other_left)
            along = min(top, other_top) - max(bottom, other_bottom)
            assert across <= 0 or along <= 0.5


def test_an_open_network_shows_no_passphrase() -> None:
    label = WifiLabel("Mine", "", "Mine", LABEL.address, "#225588", ("en",))
    said = pypdfium2.PdfDocument(draw_wifi_label(label))[0].get_textpage()

    assert "password" not in said.get_text_bounded()


def test_a_name_that_the_fonts_lack_is_told() -> None:
    label = WifiLabel("鉱山", "", "Mine", LABEL.address, "#225588", ("en",))

    with pytest.raises(LabelError, match="lack"):
        draw_wifi_label(label)
