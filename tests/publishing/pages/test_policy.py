"""One policy, said twice: by the page and by the server."""

from publishing.pages.environment import META_POLICY
from server.headers import CONTENT_SECURITY_POLICY


def test_the_header_says_what_the_page_says() -> None:
    """They can't share a module: the server knows nothing of publishing."""
    assert f"{META_POLICY}; frame-ancestors 'none'" == CONTENT_SECURITY_POLICY
