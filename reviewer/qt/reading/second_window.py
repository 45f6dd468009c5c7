"""The photograph alone in a window of its own, for a second screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.qt.canvas.overlays import write_middle
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.widgets.layouts import make_column

_SIZE = QSize(800, 600)
_ELSEWHERE = "The photograph is shown here while the reading screen is on."


class SecondPhotoView(PictureView):
    """Paints what another view holds, with zoom and place of its own, and nothing that view hides.

    What is seen here is not counted as seen: only the view it follows judges that.
    """

    def __init__(self, followed: PictureView) -> None:
        super().__init__(followed.ground, followed.text)
        self._followed = followed
        self.layers = followed.layers  # the same pictures: none is decoded or held twice
        self.map_shown = False
        self._follow()
        followed.painted.connect(self._on_painted)
        self.needs_full.connect(followed.needs_full)

    def _on_painted(self) -> None:
        if self.isVisible():
            self._follow()
            self.update()

    def _follow(self) -> None:
        other = self._followed
        if self.photo != other.photo:
            self.photo = other.photo
            self.fit(0.0)
        self.masked, self.message, self.banner = other.masked, other.message, other.banner
        self.ground, self.text = other.ground, other.text

    @property
    def covered(self) -> bool:
        return self._followed.covered

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._followed.isVisible():
            self._follow()
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.ground)
        write_middle(painter, QRectF(self.rect()), _ELSEWHERE, self.text)
        painter.end()


class SecondWindow(QWidget):
    """Never has the keyboard, so that keys go on as before. It goes with the screen it belongs to."""

    def __init__(self, followed: PictureView, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._owner = owner
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Photograph")
        self.view = SecondPhotoView(followed)
        make_column(self, spacing=0).addWidget(self.view)
        self.resize(_SIZE)

    def toggle(self) -> None:
        """Show it, on another screen than the main window if there is one; or hide it."""
        if self.isVisible():
            self.hide()
            return
        mine = self._owner.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not mine]
        if others:
            self.setGeometry(others[0].availableGeometry())
        self.show()
        self._owner.window().activateWindow()  # not every system leaves the keyboard where it was

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by its frame it is hidden, and can be shown again."""
        event.ignore()
        self.hide()
