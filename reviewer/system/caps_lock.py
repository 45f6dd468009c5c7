"""Whether Caps Lock is on, where the system tells: Linux by the lamp of a keyboard, Windows by its state."""

from __future__ import annotations

import sys
from pathlib import Path

_LAMPS = Path("/sys/class/leds")
_VK_CAPITAL = 0x14


def _is_any_lamp_on(lamps: Path) -> bool | None:
    """True if a lamp is lit; None if there is no lamp, as in a virtual machine."""
    try:
        lit = [
            lamp.read_text(encoding="ascii").strip() != "0" for lamp in lamps.glob("*::capslock/brightness")
        ]
    except (OSError, ValueError):
        return None
    return any(lit) if lit else None


if sys.platform == "win32":
    import ctypes

    def is_caps_lock_on() -> bool | None:
        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)

else:

    def is_caps_lock_on() -> bool | None:
        """None if the system does not say; then only the letters that are typed show it."""
        return _is_any_lamp_on(_LAMPS) if sys.platform.startswith("linux") else None
