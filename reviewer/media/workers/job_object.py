"""On Windows a decoding process lives in a job object: little memory, no children, no life after ours.

JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h. Written after its documentation and not run on Windows yet.
"""

from __future__ import annotations

import ctypes
import sys

MOST_MEMORY = 4 << 30
_EXTENDED_LIMITS = 9
_ACTIVE_PROCESS, _PROCESS_MEMORY, _KILL_ON_CLOSE, _DIE_ON_EXCEPTION = 0x8, 0x100, 0x2000, 0x400
_SET_QUOTA_AND_TERMINATE = 0x0101
_IS_WINDOWS: bool = sys.platform == "win32"


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


def assign_job_object(pid: int) -> object:
    """Put the process into a job object, to be kept as long as it is to live; None on other systems."""
    if not _IS_WINDOWS:
        return None
    kernel = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009
    for name in ("CreateJobObjectW", "OpenProcess"):
        getattr(kernel, name).restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    process = kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, pid)
    limits = _ExtendedLimits()
    limits.basic.flags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE | _DIE_ON_EXCEPTION
    limits.basic.active_processes = 1
    limits.process_memory = MOST_MEMORY
    handle = ctypes.c_void_p(job)
    size = ctypes.sizeof(limits)
    done = kernel.SetInformationJobObject(handle, _EXTENDED_LIMITS, ctypes.byref(limits), size)
    done = done and kernel.AssignProcessToJobObject(handle, ctypes.c_void_p(process))
    kernel.CloseHandle(ctypes.c_void_p(process))
    return handle if done else None
