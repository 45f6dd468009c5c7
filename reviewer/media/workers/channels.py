"""Pairs of nameless sockets between this program and a process of its own, over which open files are handed.

The only sockets of the program; they lead nowhere else. Linux alone has what is needed for them.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence

Channel = socket.socket
"""One end of a pair."""


if sys.platform == "linux":

    def make_channel_pair() -> tuple[Channel, Channel]:
        """Our end and theirs."""
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def send(channel: Channel, said: bytes, descriptors: Sequence[int]) -> None:
        """Send one message with open files; OSError if the other end is closed."""
        socket.send_fds(channel, [said], list(descriptors))

    def receive(channel: Channel, longest: int, most: int) -> tuple[bytes, list[int]]:
        """The next message: at most `longest` bytes and `most` open files; nothing once nobody can send."""
        said, descriptors, _flags, _address = socket.recv_fds(channel, longest, most)
        return said, list(descriptors)


def open_inherited(descriptor: int) -> Channel:
    """The end that a process was started with."""
    return socket.socket(fileno=descriptor)
