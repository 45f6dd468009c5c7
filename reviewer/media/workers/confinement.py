"""What a decoding process gives up before it sees the first byte of evidence.

Three layers, each as far as the system has it: limits on memory, files and dumps; on Linux no file system, no
TCP and no signals to others (landlock(7)), and a short list of system calls, all others refused (seccomp(2)).
Everything that decoders load late has to be loaded before: `warm_up`.
"""

from __future__ import annotations

import ctypes
import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from PIL import Image

MOST_MEMORY = 4 << 30
_DUMPABLE, _NO_NEW_PRIVILEGES = 4, 38
_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same numbers on every architecture
_ASK_VERSION = 1
_FILES_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_FILES = (1 << 16) - 1
_ALL_NETWORK, _ALL_SCOPES = 0b11, 0b11
_THREAD = 0x00010000  # CLONE_THREAD
_END_WITH_PARENT, _SET_FILTER = 1, 1  # PR_SET_PDEATHSIG, SECCOMP_SET_MODE_FILTER
_EMPTY_PATH = 0x1000  # AT_EMPTY_PATH: about a descriptor, not about a name
_ALLOWED_SYSTEM_CALLS = """
    read write readv writev pread64 close fstat lseek mmap mprotect munmap mremap madvise brk membarrier
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack futex sched_yield sched_getaffinity getpid gettid
    getuid geteuid getgid getegid clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time
    getrandom exit exit_group recvmsg poll ppoll select pselect6 restart_syscall set_robust_list rseq
    getrusage sysinfo uname fcntl
"""


def confine(filtered: bool = True, *, divides: bool = False) -> list[str]:
    """Give up everything that decoding does not need; the layers that are active, in words.

    A process that `divides` keeps the right to make copies of itself and to wait for them; each gives it up.
    """
    layers = _limit_resources()
    if sys.platform == "linux":
        filters = _load_seccomp() if filtered else None  # loading the library needs files
        version = _restrict_with_landlock()
        if version:
            layers.append(f"no files and no network (landlock {version})")
        if filters is not None:
            _filter_system_calls(filters, divides)
            layers.append("few system calls (seccomp)")
    return layers


def warm_up() -> None:
    """Decode one small picture of each kind: decoders, codecs and tables load what they load late."""
    from reviewer.media.decoding import examine, render
    from reviewer.media.telling.content import identify_content

    for content in (b"\xde\xad\0\0", b"\xff\xfea\0", b"\xfe\xff\0a"):  # what nobody knows is asked of all
        identify_content(memoryview(content))
    for content in _make_samples():
        examine.examine(memoryview(content))
        render.render(memoryview(content), (8, 8))
        render.render(memoryview(content), None)


def _make_samples() -> list[bytes]:
    from PIL import Image, ImageCms

    from reviewer.media.decoding import sample_raw

    picture = Image.linear_gradient("L").resize((32, 24)).convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = [_encode(picture, name) for name in ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")]
    made += [_encode(picture.convert(mode), "JPEG") for mode in ("L", "CMYK")]
    made.append(_encode(picture, "JPEG", progressive=True, icc_profile=profile))
    made += _make_samples_of_optional_formats(picture)
    made += [_encode(picture, "TIFF", compression="tiff_lzw"), _encode(picture.convert("P"), "PNG")]
    deep = Image.linear_gradient("L").resize((32, 24)).convert("I;16")
    made += [_encode(deep, name) for name in ("PNG", "TIFF")]
    return [*made, sample_raw.make_dng(32, 24)]


def _make_samples_of_optional_formats(picture: Image.Image) -> list[bytes]:
    """Of formats that Pillow can be built without."""
    from PIL import Image

    options = {"AVIF": {"speed": 10, "max_threads": 1}, "JPEG2000": {}}
    return [_encode(picture, name, **options[name]) for name in options if name in Image.SAVE]


def _encode(picture: object, name: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, name, **options)  # type: ignore[attr-defined]
    return written.getvalue()


def _limit_resources() -> list[str]:
    if sys.platform == "win32":
        return []  # the job object that the parent puts this process into has them
    else:
        _control_process(_DUMPABLE, 0)  # where dumps are handed to a program the limit is not asked
        limits = {
            f"at most {MOST_MEMORY >> 30} GB of memory": (resource.RLIMIT_AS, MOST_MEMORY),
            "no files written": (resource.RLIMIT_FSIZE, 0),
            "no dumps": (resource.RLIMIT_CORE, 0),
        }
        active = [words for words, (limit, most) in limits.items() if _lower_limit(limit, most)]
        return [", ".join(active)] if active else []


def _lower_limit(limit: int, most: int) -> bool:
    """Lower a limit of this process for good; whether it is that low now.

    macOS refuses a limit of memory below what the libraries of the system have mapped, which is more than any
    useful limit. One that is lower already stays.
    """
    if sys.platform == "win32":
        return False
    else:
        _soft, hard = resource.getrlimit(limit)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (lowest, lowest))
        except (OSError, ValueError):
            return False
        return True


def _control_process(option: int, value: int) -> None:
    """prctl(2), where it is."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


if sys.platform == "linux":

    def _restrict_with_landlock() -> int:
        """Refuse every file, TCP port and signal to others; the version of landlock, 0 if there is none."""
        system = _load_syscall()
        version = int(system(_CREATE_RULESET, None, 0, _ASK_VERSION))
        if version < 1:
            return 0
        handled = (
            _FILES_BY_VERSION.get(version, _ALL_FILES),
            _ALL_NETWORK if version >= 4 else 0,
            _ALL_SCOPES if version >= 6 else 0,
        )
        size = 8 if version < 4 else 16 if version < 6 else 24
        attributes = (ctypes.c_uint64 * 3)(*handled)
        ruleset = int(system(_CREATE_RULESET, ctypes.byref(attributes), size, 0))
        if ruleset < 0:
            return 0
        try:
            _control_process(_NO_NEW_PRIVILEGES, 1)
            return 0 if system(_RESTRICT_SELF, ruleset, 0) else version
        finally:
            os.close(ruleset)

    def _load_syscall() -> Callable[..., int]:
        call = ctypes.CDLL(None, use_errno=True).syscall
        call.restype = ctypes.c_long
        return call


def _load_seccomp() -> Any:
    """The library that makes filters, None where it is not there."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError):
        return None
    return pyseccomp


def make_copy_filter() -> Any:
    """The filter by which a copy gives up what `divides` left; made before files are given up, None if there
    is nothing to make it with."""
    filters = _load_seccomp() if sys.platform == "linux" else None
    if filters is None:
        return None
    made = filters.SyscallFilter(filters.ALLOW)
    made.set_attr(filters.Attr.CTL_NNP, 0)  # said already, and to say it is refused by now
    refused = filters.ERRNO(errno.EPERM)
    made.add_rule(refused, "clone", filters.Arg(0, filters.MASKED_EQ, _THREAD, 0))
    for name in ("prctl", "seccomp", "pipe2", "wait4"):
        made.add_rule(refused, name)
    return made


def confine_copy(made: Any) -> None:
    """In a copy, before it sees evidence: end with the process it was made by, and make no other."""
    if sys.platform != "win32":
        _control_process(_END_WITH_PARENT, signal.SIGKILL)
    if made is not None:
        made.load()


def _filter_system_calls(filters: Any, divides: bool) -> None:
    """Allow the calls that decoding makes, and refuse all others."""
    made = filters.SyscallFilter(filters.ERRNO(errno.EPERM))
    for name in _ALLOWED_SYSTEM_CALLS.split():
        _allow(made, filters, name)
    # a new thread, but never a new process; and what glibc tries first is said not to exist
    _allow(made, filters, "clone", filters.Arg(0, filters.MASKED_EQ, _THREAD, _THREAD))
    made.add_rule(filters.ERRNO(errno.ENOSYS), "clone3")
    _allow(made, filters, "newfstatat", filters.Arg(3, filters.MASKED_EQ, _EMPTY_PATH, _EMPTY_PATH))
    _allow(made, filters, "tgkill", filters.Arg(0, filters.EQ, os.getpid()))
    if divides:
        _allow_copies(made, filters)
    made.load()


def _allow_copies(made: Any, filters: Any) -> None:
    """What it takes to make a copy, to hear from it, to wait for its end, and to leave it with less."""
    _allow(made, filters, "clone", filters.Arg(0, filters.MASKED_EQ, _THREAD, 0))
    _allow(made, filters, "pipe2")
    _allow(made, filters, "wait4")
    _allow(made, filters, "prctl", filters.Arg(0, filters.EQ, _END_WITH_PARENT))
    _allow(made, filters, "seccomp", filters.Arg(0, filters.EQ, _SET_FILTER))


def _allow(made: Any, filters: Any, name: str, *conditions: object) -> None:
    """A call that this architecture does not have needs no leave."""
    try:
        made.add_rule(filters.ALLOW, name, *conditions)
    except (ValueError, RuntimeError, OSError):
        return
