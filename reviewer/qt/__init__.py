"""The window face."""

from reviewer.qt.unread_sources import leave_sources_unread
from reviewer.system.allocator import give_back_large_blocks

give_back_large_blocks()
leave_sources_unread()
