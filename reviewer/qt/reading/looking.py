"""Through what the photograph is seen: the chain of steps, what the reader is spared, the held original."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.domain.reading.view_settings import COMFORTS_CHANGING_PIXELS
from reviewer.qt.actions.worn_keys import add_key, name_key
from reviewer.qt.canvas.overlays import format_banner
from reviewer.services.account.viewing_comfort import ViewingComfort

_NONE = EnhancementChain()


class ViewState(QObject):
    """How the photograph is viewed; `changed` after any change."""

    changed = Signal()

    def __init__(self, care: ViewingComfort) -> None:
        super().__init__()
        self.chain = _NONE
        self.keeps = False
        """Whether the steps stay for the next photograph."""
        self.damage = ""
        """What the decoder complained of; "" for a photograph that came out whole."""
        self.shown_as = ""
        """What stands for the content of the file, "" for the picture itself."""
        self._care = care
        self._cleared = self._held = self._off = False

    @property
    def treatment(self) -> tuple[EnhancementChain, str]:
        """What to do to the pixels: the steps that are on, and "grey", "blur" or ""."""
        chain = _NONE if self._held or self._off else EnhancementChain(self.chain.active)
        return chain, self.softening

    @property
    def softening(self) -> str:
        """What changes the colours because the reader wished so."""
        start = "" if self._cleared else self._care.start
        return start if start in COMFORTS_CHANGING_PIXELS else ""

    @property
    def starts_covered(self) -> bool:
        return self._care.start == "covered"

    def get_small_look(self) -> tuple[bool, str]:
        """Whether small pictures are covered, and whether grey or blurred."""
        return self.starts_covered, self.softening

    @property
    def is_small(self) -> bool:
        return self._care.start == "small" and not self._cleared

    def new_picture(self, damage: str, shown_as: str) -> None:
        """Another picture of the same file: through the same steps."""
        self.damage, self.shown_as = damage, shown_as
        self._held = False

    def new_photo(self, damage: str = "", shown_as: str = "") -> None:
        """Another photograph: it is shown as it is, unless the steps are kept on purpose."""
        self.damage, self.shown_as = damage, shown_as
        self._cleared = self._held = False
        if not self.keeps:
            self.chain, self._off = _NONE, False

    def set_chain(self, chain: EnhancementChain) -> None:
        self.chain, self._off = chain, False
        self.changed.emit()

    def toggle_off(self) -> None:
        """All steps off, or on again; the chain itself stays."""
        self._off = not self._off
        self.changed.emit()

    @property
    def is_held(self) -> bool:
        """Whether the photograph is shown as it is for as long as a key is held or until chosen again."""
        return self._held

    def hold(self, held: bool) -> None:
        if held != self._held:
            self._held = held
            self.changed.emit()

    def set_care(self, care: ViewingComfort) -> None:
        self._care, self._cleared = care, False
        self.changed.emit()

    def clear(self) -> bool:
        """Nothing softened for this photograph; False if nothing was."""
        if self._cleared or not (self.softening or self.is_small):
            return False
        self._cleared = True
        self.changed.emit()
        return True

    def restore(self, chain: EnhancementChain, softening: str) -> None:
        """As it was when something was found."""
        self._cleared = softening != self._care.start
        self.set_chain(chain)

    def banner(self) -> str:
        """What is said as long as what is shown is not the photograph as it is."""
        chain, softening = self.treatment
        told = format_banner(self.damage, self.shown_as)
        said = [told] if told else []
        if chain.active:
            kind = f"EXPLORATION ONLY, {', '.join(chain.warnings)}" if chain.warnings else "NOT THE ORIGINAL"
            said.append(f"{kind}: {chain.in_words()}.")
        elif self._held and self.chain.active:
            said.append("ORIGINAL: the steps are held off.")
        if softening:
            said.append(add_key(f"{softening.capitalize()} view, which can be cleared", "care.clear") + ".")
        return "  ".join(said) + (
            f"\toriginal: hold {name_key('enhance.original') or 'A'}" if chain.active else ""
        )
