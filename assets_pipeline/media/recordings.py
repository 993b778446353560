"""Curators' sounds to what every phone plays: AAC in MP4, all equally loud.

One file a sound: AAC plays everywhere, and at 64 kb/s a minute of speech weighs 0.5 MB.
Opus would halve that, for the phones that play it, at the price of keeping each sound
twice and of offline visits not knowing which to keep.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assets_pipeline.building.made import Made, Note
from assets_pipeline.errors import DamagedFileError
from assets_pipeline.findings import media_catalogue
from assets_pipeline.media import causes, loudness
from assets_pipeline.media.probing import placed, probed
from tours.bundle import Recording

if TYPE_CHECKING:
    from assets_pipeline.building.store import Store
    from assets_pipeline.building.tasks import Task
    from assets_pipeline.media.loudness import Levelled
    from assets_pipeline.media.probing import Source
    from assets_pipeline.resolver import Resolver

LONGEST_S: Final = 3600.0
QUIET_LUFS: Final = -40.0


def make_recording(task: Task, resolver: Resolver, store: Store) -> Made:
    """Return a sound that every phone plays, kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    with TemporaryDirectory(prefix="ecomusee-") as folder:
        source = placed(content, Path(folder), task.path)
        recording, levelled = kept(source, store)
    return Made(recording, tuple(notes(task.path, levelled)))


def kept(source: Source, store: Store) -> tuple[Recording, Levelled]:
    """Return a source's sound, levelled and kept, and how loud it was found.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    found = probed(source, most_s=LONGEST_S)
    if not found.channels:
        raise DamagedFileError.because(causes.NO_SOUND, source.name)
    levelled = loudness.levelled(source, found.channels)
    duration_s = probed(levelled.source, most_s=2 * LONGEST_S).duration_s
    content = (levelled.source.folder / levelled.source.name).read_bytes()
    file = store.put(content, ".m4a", "audio/mp4")
    return Recording(file, round(duration_s, 3)), levelled


def notes(path: str, levelled: Levelled) -> list[Note]:
    """Return what a curator should know about how a sound was recorded."""
    before, after = levelled.before, levelled.after
    if not before.is_audible:
        return [Note(media_catalogue.RECORDING_SILENT.code, {"file": path})]
    found = []
    if before.is_clipped:
        found.append(Note(media_catalogue.RECORDING_CLIPPED.code, {"file": path}))
    if before.integrated_lufs < QUIET_LUFS:
        levels = {
            "level": f"{before.integrated_lufs:.0f}",
            "gain": f"{levelled.gain_db:.0f}",
        }
        code = media_catalogue.RECORDING_QUIET.code
        found.append(Note(code, {"file": path, **levels}))
    missed_lu = abs(after.integrated_lufs - loudness.WANTED_LUFS)
    if missed_lu > loudness.TOLERANCE_LU or after.peak_dbtp > loudness.MOST_PEAK_DBTP:
        levels = {
            "level": f"{after.integrated_lufs:.1f}",
            "wanted": f"{loudness.WANTED_LUFS:.0f}",
        }
        code = media_catalogue.RECORDING_UNEVEN.code
        found.append(Note(code, {"file": path, **levels}))
    return found
