"""Convert sounds to AAC in MP4, normalized to equal loudness.

One file a sound: AAC plays everywhere, and at 64 kb/s a minute of speech weighs 0.5 MB.
Opus would halve that, for the phones that play it, at the price of keeping each sound
twice and of offline visits not knowing which to keep.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import programs
from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import DamagedFileError
from assets_pipeline.findings import media
from assets_pipeline.media.ffprobe import Source, probe, write_source
from assets_pipeline.tasks.result import Note, TaskResult
from tours.bundle import Recording

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

LONGEST_S: Final = 3600.0
QUIET_LUFS: Final = -40.0
WANTED_LUFS: Final = -16.0
TOLERANCE_LU: Final = 0.5
MOST_PEAK_DBTP: Final = -1.5
SILENT_LUFS: Final = -60.0
"""Fainter than this nothing is heard, and only noise would be raised."""
RATE_HZ: Final = 48_000
_AIM_LU: Final = 0.3
_FIRST_CEILING_DB: Final = -3.0
"""An encoder adds up to 1.5 dB to the peaks of a voice."""
_MOST_TRIES: Final = 8
_STEEPEST: Final = 5.0
_MOST_GAIN_DB: Final = 60.0
_OVERSAMPLED_HZ: Final = 4 * RATE_HZ
_CLIPPED_PEAK_DB: Final = -1.0
_CLIPPED_FLATNESS_DB: Final = 6.0
"""ffmpeg's flat factor: 6 dB where peaks last two samples and more, on average."""
_BIT_RATES: Final = {1: "64k", 2: "96k"}
_LIMITS: Final = programs.RunLimits(timeout_s=900.0, memory_bytes=2 << 30)
BARE: Final = (
    *("-map_metadata", "-1", "-map_chapters", "-1"),
    *("-fflags", "+bitexact", "-flags:a", "+bitexact", "-flags:v", "+bitexact"),
)
"""ffmpeg's options for a file without notes, the same at every run."""


def make_recording(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a sound as AAC, kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    with TemporaryDirectory(prefix="ecomusee-") as folder:
        source = write_source(content, Path(folder), task.path)
        recording, levelled = store_recording(source, store)
    return TaskResult(recording, tuple(loudness_notes(task.path, levelled)))


def store_recording(source: Source, store: Store) -> tuple[Recording, NormalizedAudio]:
    """Return a source's sound, normalized and kept in the store, and its loudness.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    found = probe(source, most_s=LONGEST_S)
    if not found.channels:
        raise DamagedFileError.from_cause(media_causes.NO_SOUND, source.name)
    levelled = normalize_loudness(source, found.channels)
    duration_s = probe(levelled.source, most_s=2 * LONGEST_S).duration_s
    content = (levelled.source.folder / levelled.source.name).read_bytes()
    file = store.put(content, ".m4a", "audio/mp4")
    return Recording(file, round(duration_s, 3)), levelled


def loudness_notes(path: str, levelled: NormalizedAudio) -> list[Note]:
    """Return notes on how a sound was recorded: silent, faint, clipped or uneven."""
    before, after = levelled.before, levelled.after
    if not before.is_audible:
        return [Note(media.RECORDING_SILENT.code, {"file": path})]
    found = []
    if before.is_clipped:
        found.append(Note(media.RECORDING_CLIPPED.code, {"file": path}))
    if before.integrated_lufs < QUIET_LUFS:
        levels = {
            "level": f"{before.integrated_lufs:.0f}",
            "gain": f"{levelled.gain_db:.0f}",
        }
        code = media.RECORDING_QUIET.code
        found.append(Note(code, {"file": path, **levels}))
    missed_lu = abs(after.integrated_lufs - WANTED_LUFS)
    if missed_lu > TOLERANCE_LU or after.peak_dbtp > MOST_PEAK_DBTP:
        levels = {
            "level": f"{after.integrated_lufs:.1f}",
            "wanted": f"{WANTED_LUFS:.0f}",
        }
        code = media.RECORDING_UNEVEN.code
        found.append(Note(code, {"file": path, **levels}))
    return found


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured loudness of a whole sound."""

    integrated_lufs: float
    """``-inf`` for silence."""
    peak_dbtp: float
    is_clipped: bool
    """Whether its peaks are cut flat."""

    @property
    def is_audible(self) -> bool:
        """Whether the sound is louder than silence."""
        return self.integrated_lufs > SILENT_LUFS


@dataclass(frozen=True, slots=True)
class NormalizedAudio:
    """A sound normalized to the wanted loudness as far as possible."""

    source: Source
    """AAC in MP4, in the folder of what it was made from."""
    before: Loudness
    after: Loudness
    gain_db: float


def measure_loudness(source: Source) -> Loudness:
    """Return the loudness of a source's first sound.

    Raises
    ------
    DamagedFileError
        If it can't be decoded, or lasts for no time at all.
    """
    filters = (
        "ebur128=peak=true:framelog=quiet,"
        "astats=measure_perchannel=none:measure_overall=Peak_level+Flat_factor"
    )
    arguments = [
        *("-hide_banner", "-nostdin", "-nostats", "-v", "info", "-xerror"),
        *source.options,
        *("-i", source.name, "-map", "0:a:0", "-af", filters, "-f", "null", "-"),
    ]
    said = programs.run("ffmpeg", arguments, source.folder, limits=_LIMITS).stderr
    integrated = _told(said, r"I:\s+(\S+) LUFS")
    peak = _told(said, r"True peak:\s+Peak:\s+(\S+) dBFS")
    sample_peak = _told(said, r"Peak level dB: (\S+)")
    flatness = _told(said, r"Flat factor: (\S+)")
    if integrated is None or peak is None or sample_peak is None or flatness is None:
        raise DamagedFileError.from_cause(media_causes.SILENT, source.name)
    is_clipped = sample_peak > _CLIPPED_PEAK_DB and flatness > _CLIPPED_FLATNESS_DB
    return Loudness(_heard(integrated), peak, is_clipped)


def normalize_loudness(source: Source, channels: int) -> NormalizedAudio:
    """Return a source's first sound in AAC, at -16 LUFS and no peak above -1.5 dBTP.

    Silence stays as it is.

    Parameters
    ----------
    source
        What to level.
    channels
        Of the source; more than two are mixed down to two.

    Raises
    ------
    DamagedFileError
        If it can't be decoded.
    """
    before = measure_loudness(source)
    if not before.is_audible:
        made = _encoded(source, channels, _Setting(0.0, _FIRST_CEILING_DB))
        return NormalizedAudio(made, before, before, 0.0)
    setting = _Setting(
        _bounded(WANTED_LUFS - before.integrated_lufs), _FIRST_CEILING_DB
    )
    tries: list[_Try] = []
    while len(tries) < _MOST_TRIES:
        after = measure_loudness(_encoded(source, channels, setting))
        tries.append(_Try(setting, after))
        if tries[-1].missed <= _AIM_LU:
            break
        setting = _corrected(tries)
    best = min(tries, key=lambda each: each.missed)
    made = Source(source.folder, "levelled", "mov")
    if best is not tries[-1]:
        made = _encoded(source, channels, best.setting)
    return NormalizedAudio(made, before, best.after, best.setting.gain_db)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How much to raise, and where the limiter stands."""

    gain_db: float
    ceiling_db: float


@dataclass(frozen=True, slots=True)
class _Try:
    """A setting, and what it gave."""

    setting: _Setting
    after: Loudness

    @property
    def over_db(self) -> float:
        """How far the highest peak is above what is allowed."""
        return max(0.0, self.after.peak_dbtp - MOST_PEAK_DBTP)

    @property
    def missed(self) -> float:
        """How far this is from what is wanted; a peak too high weighs most."""
        return abs(WANTED_LUFS - self.after.integrated_lufs) + 100 * self.over_db


def _corrected(tries: list[_Try]) -> _Setting:
    """Return what to try next.

    The limiter takes back a part of what is added: how much, the last two tries tell.
    """
    last = tries[-1]
    slope = 1.0
    if len(tries) > 1:
        added_db = last.setting.gain_db - tries[-2].setting.gain_db
        heard_lu = last.after.integrated_lufs - tries[-2].after.integrated_lufs
        is_telling = heard_lu * added_db > 0
        slope = added_db / heard_lu if is_telling else _STEEPEST
    away_lu = WANTED_LUFS - last.after.integrated_lufs
    return _Setting(
        _bounded(last.setting.gain_db + away_lu * min(max(slope, 1.0), _STEEPEST)),
        last.setting.ceiling_db - (last.over_db + 0.1 if last.over_db else 0.0),
    )


def _encoded(source: Source, channels: int, setting: _Setting) -> Source:
    """Return a sound raised, limited between its samples too, and encoded."""
    kept = min(max(channels, 1), 2)
    limit = 10 ** (setting.ceiling_db / 20)
    # In double precision from the start: a gain must not clip before the limiter.
    filters = (
        f"aformat=sample_fmts=dbl:channel_layouts={'mono' if kept == 1 else 'stereo'},"
        f"volume={setting.gain_db:.3f}dB:precision=double,aresample={_OVERSAMPLED_HZ},"
        f"alimiter=limit={limit:.6f}:attack=5:release=50:level=false:latency=true,"
        f"aresample={RATE_HZ}"
    )
    arguments = [
        *("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y"),
        *source.options,
        *("-i", source.name, "-map", "0:a:0", "-af", filters),
        *("-c:a", "aac", "-b:a", _BIT_RATES[kept], "-threads", "1"),
        *BARE,
        *("-movflags", "+faststart", "-f", "ipod", "levelled"),
    ]
    programs.run("ffmpeg", arguments, source.folder, limits=_LIMITS)
    return Source(source.folder, "levelled", "mov")


def _bounded(gain_db: float) -> float:
    return max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, gain_db))


def _heard(integrated_lufs: float) -> float:
    """Return the loudness; ffmpeg says -70 where R 128's gate lets nothing through."""
    return integrated_lufs if integrated_lufs > -70 else -math.inf  # noqa: PLR2004  # the gate


def _told(report: str, pattern: str) -> float | None:
    """Return the last number that a report gives for a pattern."""
    found = re.findall(pattern, report)
    try:
        return float(found[-1]) if found else None
    except ValueError:
        return None
