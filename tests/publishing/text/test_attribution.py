"""Licences for people."""

import pytest

from publishing.text.attribution import named_license


@pytest.mark.parametrize(
    ("spdx", "name", "deed_url"),
    [
        (
            "CC-BY-SA-4.0",
            "CC BY-SA 4.0",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        (
            "CC-BY-NC-ND-3.0-IGO",
            "CC BY-NC-ND 3.0 IGO",
            "https://creativecommons.org/licenses/by-nc-nd/3.0/igo/",
        ),
        (
            "CC0-1.0",
            "CC0 1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        ("etalab-2.0", "etalab-2.0", "https://spdx.org/licenses/etalab-2.0.html"),
        ("LicenseRef-musee", "LicenseRef-musee", None),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0", None),
    ],
)
def test_a_licence_has_a_name_and_a_deed(
    spdx: str, name: str, deed_url: str | None
) -> None:
    found = named_license(spdx)

    assert (found.name, found.deed_url) == (name, deed_url)
