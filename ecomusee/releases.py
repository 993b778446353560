"""Where a museum's releases are, and what may go wrong with them, said kindly."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ecomusee.errors import MissingError, UsageError
from ecomusee.museums import museum_folder
from ecomusee.phrases import Phrase

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

_UNKNOWN_MUSEUM = Phrase(
    fr="museum.yaml ne se lit pas, et {folder} ne contient pas un musée, un seul. "
    "« ecomusee validate » dit ce qui est à corriger",
    en="museum.yaml can't be read, and {folder} does not hold one museum, and only one. "
    "`ecomusee validate` tells what to mend",
)
_BUSY = Phrase(
    fr="une autre commande écrit déjà dans {folder}. Attendez qu’elle finisse, puis recommencez",
    en="another command is writing into {folder}. Wait until it ends, then try again",
)
_DAMAGED = Phrase(
    fr="la publication n’est pas entière, et celle d’avant reste servie ({detail}). "
    "Le disque est-il plein ou abîmé ? Recommencez",
    en="the release is not whole, and the one before is still served ({detail}). "
    "Is the disk full or damaged? Try again",
)
_FOREIGN = Phrase(
    fr="{folder} contient les publications d’un autre musée. Choisissez un autre dossier : --build-dir",
    en="{folder} holds another museum's releases. Choose another folder: --build-dir",
)
_NO_EARLIER = Phrase(
    fr="pas de publication de ce nom, ou pas de plus ancienne. « ecomusee releases » les montre",
    en="there is no release of that name, or no earlier one. `ecomusee releases` shows them",
)


def releases_folder(options: argparse.Namespace) -> Path:
    """Return the folder of a museum's releases, ``build/<museum>``.

    It is found even when the museum's texts are being mended, if it is the only one: what
    has been published must stay within reach.

    Raises
    ------
    UsageError
        If the museum can't be told.
    """
    from tours.checks import read_museum

    build_dir: Path = options.build_dir
    museum = read_museum(museum_folder(options.content)).museum
    if museum is not None:
        return build_dir / museum.id
    published = [path.parent for path in build_dir.glob("*/current")]
    if len(published) != 1:
        raise UsageError(_UNKNOWN_MUSEUM, folder=build_dir)
    return published[0]


@contextmanager
def publishing_errors(folder: Path) -> Iterator[None]:
    """Turn what stops publishing into sentences with an exit code."""
    from publishing import errors

    try:
        yield
    except errors.BusyError as error:
        raise MissingError(_BUSY, folder=folder) from error
    except errors.ForeignReleasesError as error:
        raise UsageError(_FOREIGN, folder=folder) from error
    except errors.NoEarlierReleaseError as error:
        raise UsageError(_NO_EARLIER) from error
    except errors.DamagedReleaseError as error:
        raise MissingError(_DAMAGED, detail=error) from error
