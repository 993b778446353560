"""Make campana.it.wav and campana.en.wav, three strokes of a bell and a last echo.

    python make_campana.py [FOLDER]

Needs numpy. Nobody speaks in it: both languages have the same sound, and each its own
transcript.
"""

import sys
import wave
from pathlib import Path

import numpy as np

RATE_HZ = 16_000
PARTIALS = (
    (0.5, 0.9, 3.2),
    (1.0, 1.0, 2.2),
    (1.19, 0.7, 1.6),
    (1.5, 0.35, 1.2),
    (2.0, 0.6, 0.9),
    (2.66, 0.25, 0.5),
)
"""Of a bell: its pitch over the stroke's, its strength, seconds that it rings."""


def bell() -> np.ndarray:
    """Return 5 seconds, from -1 to 1."""
    t = np.arange(5 * RATE_HZ) / RATE_HZ
    sound = np.zeros_like(t)
    for start in (0.2, 1.5, 2.8):
        since = np.clip(t - start, 0, None)
        for ratio, strength, decay_s in PARTIALS:
            tone = np.sin(2 * np.pi * 392 * ratio * since)
            sound += strength * tone * np.exp(-since / decay_s * 2.2) * (since > 0)
    sound *= np.clip((5 - t) / 0.6, 0, 1)
    return 0.7 * sound / np.abs(sound).max()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    samples = (bell() * 32767).astype("<i2").tobytes()
    for language in ("it", "en"):
        with wave.open(str(folder / f"campana.{language}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples)
