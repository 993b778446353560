"""Exceptions that stop publishing.

::

    PublishingError
    +-- BusyError              another program publishes into the same folder
    +-- DamagedReleaseError    what was written does not read back, or lacks a page
    +-- ForeignReleasesError   the folder holds the releases of another museum
    +-- NoEarlierReleaseError  there is nothing to roll back to
    +-- LabelError             a label can't be drawn, or does not read back
"""


class PublishingError(Exception):
    """Publishing stopped; what visitors are served has not changed."""


class BusyError(PublishingError):
    """Another program publishes into the same folder."""


class DamagedReleaseError(PublishingError):
    """A release file does not read back, or something that the release refers to is absent."""


class ForeignReleasesError(PublishingError):
    """The folder holds the releases of another museum."""


class NoEarlierReleaseError(PublishingError):
    """There is no release to roll back to, or none of that name."""


class LabelError(PublishingError):
    """A label can't be drawn as asked, or does not read back from its own print."""
