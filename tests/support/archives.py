"""Archives of the tests, unpacked."""

import tarfile


def unpack(archive, folder):
    """Unpack an open tar archive into a folder, as data where this Python knows how: 3.11.4 and later, while
    Debian 12 has 3.11.2."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)  # noqa: S202 (archives of this tree alone)
