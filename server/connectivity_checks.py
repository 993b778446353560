"""What systems ask to learn whether a network leads to the internet, and the answers."""

from __future__ import annotations

from typing import Final

CHECKS: Final[dict[str, dict[str, tuple[int, str, bytes]]]] = {
    "captive.apple.com": {
        "*": (
            200,
            "text/html",
            b"<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>",
        )
    },
    "connectivitycheck.gstatic.com": {"/generate_204": (204, "", b"")},
    "connectivitycheck.android.com": {"/generate_204": (204, "", b"")},
    "www.msftconnecttest.com": {
        "/connecttest.txt": (200, "text/plain", b"Microsoft Connect Test")
    },
    "detectportal.firefox.com": {
        "/success.txt": (200, "text/plain", b"success\n"),
        "/canonical.html": (
            200,
            "text/html",
            b'<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
        ),
    },
    "nmcheck.gnome.org": {
        "/check_network_status.txt": (200, "text/plain", b"NetworkManager is online\n")
    },
}
"""What systems ask a host of their maker's over plain HTTP, and the answer that keeps them
on the network: by host, then by path."""
