"""What a right click offers on the reading screen: on the photograph, a mark, a finding, a region."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF

from reviewer.domain.reading.finding_place import lacks_region
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.coverage import region_of_coverage_key
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.canvas.photo_canvas import DrawnKind, PhotoCanvas
from reviewer.qt.reading.filmstrip import Filmstrip
from reviewer.qt.reading.filmstrip_painter import POSITION
from reviewer.qt.reading.finding_list import FINDING, format_first_line
from reviewer.qt.reading.side_panel import SidePanel
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, MenuEntry, offer_context_menu
from reviewer.services.reading.reader import Reader

ChosenMenu = tuple[str, MenuEntries] | None
_RECTANGLE = MenuEntry("Draw a rectangle", "mark.rectangle")
_POLYGON = MenuEntry("Draw a polygon", "mark.polygon")
_LENGTH = MenuEntry("Measure a length", "measure.length")
_PHOTO: MenuEntries = (
    "finding.add",
    "reading.nothing-visible",
    "reading.not-assessable",
    "reading.set-aside",
    "reading.complete-and-next",
    None,
    _RECTANGLE,
    _POLYGON,
    _LENGTH,
    MenuEntry("Mark a scale", "measure.scale"),
    "coverage.mark",
    None,
    "view.fit",
    "view.full-size",
    None,
    "individual.card",
    "compare.open",
    "redact.rectangle",
    None,
    "view.cover",
)
_THUMBNAIL: MenuEntries = (
    "reading.complete-and-next",
    "reading.set-aside",
    "reading.not-assessable",
    None,
    "individual.card",
    "compare.individual",
    "individual.pick",
    None,
    "view.filmstrip",
)
_MEASURE: MenuEntries = ("measure.repeat", None, MenuEntry("Remove this measurement", "finding.remove"))
_REDACTION: MenuEntries = ("redact.next", None, MenuEntry("Remove this area to redact", "finding.remove"))


class ReadingRightClicks:
    """Selects what lies under the click as a left click does, and says what can be done with it."""

    def __init__(
        self,
        reader: Reader,
        canvas: PhotoCanvas,
        filmstrip: Filmstrip,
        side: SidePanel,
        catch: Callable[[Callable[..., object]], Callable[..., None]],
    ) -> None:
        self._reader, self._canvas, self._filmstrip = reader, canvas, filmstrip
        self._findings, self._body_map, self._catch = side.findings, side.body_map, catch

    def use_actions(self, find: FindAction) -> None:
        """Offer the window's actions from now on."""
        offer_context_menu(self._canvas, find, self._choose_on_photo)
        offer_context_menu(self._filmstrip, find, self._choose_thumbnail)
        offer_context_menu(self._findings, find, self._choose_finding)
        offer_context_menu(self._body_map, find, self._choose_region)

    def _choose_on_photo(self, place: QPoint) -> ChosenMenu:
        canvas = self._canvas
        if self._reader.position < 0 or canvas.is_drawing:
            return None
        kind = canvas.choose_at(QPointF(place))
        if kind is DrawnKind.MARK and (finding := self._reader.selected_finding) is not None:
            return self._name_finding(finding), self._list_for_finding(finding, "Remove this mark")
        if kind is DrawnKind.MEASURE:
            return "Measurement", _MEASURE
        if kind is DrawnKind.REDACTION:
            return "Area to redact", _REDACTION
        return self._reader.masking.name_at(self._reader.position), _PHOTO

    def _choose_thumbnail(self, place: QPoint) -> ChosenMenu:
        index = self._filmstrip.indexAt(place)
        if not index.isValid():
            return None
        position = index.data(POSITION)
        if position != self._reader.position:
            self._filmstrip.chosen.emit(position)
        return self._reader.masking.name_at(position), _THUMBNAIL

    def _choose_finding(self, place: QPoint) -> ChosenMenu:
        index = self._findings.indexAt(place)
        if not index.isValid():
            return None
        finding: Finding = index.data(FINDING)
        self._findings.chosen.emit(finding.id)
        return self._name_finding(finding), self._list_for_finding(finding, "Remove this finding")

    def _choose_region(self, place: QPoint) -> ChosenMenu:
        key = self._body_map.key_at(QPointF(place))
        if not key or self._reader.position < 0:
            return None
        region, finding = region_of_coverage_key(key), self._reader.selected_finding
        toggle = self._catch(lambda: self._reader.toggle_region(region))
        here = finding is not None and region in finding.regions
        why = self._reader.desk.case.read_only
        entries: MenuEntries = (
            MenuEntry("The selected finding is here", ticked=here, do=toggle, refusal=why),
            "finding.regions",
            None,
            "coverage.mark",
            "coverage.as-previous",
            None,
            "view.next-figures",
            "view.body-map",
        )
        return self._reader.vocabulary.region_name(region), entries

    def _name_finding(self, finding: Finding) -> str:
        """ "2  Tramline bruise, abdomen upper" """
        vocabulary, findings = self._reader.vocabulary, self._reader.reading.findings
        number = next((place for place, other in enumerate(findings, 1) if other.id == finding.id), 0)
        regions = [vocabulary.region_name(region) for region in finding.regions]
        return ", ".join((format_first_line(finding, number, vocabulary), *regions))

    def _list_for_finding(self, finding: Finding, remove: str) -> MenuEntries:
        """The region first where it is missing; the certainty that was stated is ticked."""
        stated = finding.certainty if finding.certainty_stated else None
        certainties = [
            MenuEntry(id=f"finding.{certainty}", ticked=stated is certainty) for certainty in Certainty
        ]
        lacks = lacks_region(finding, self._reader.vocabulary.term(finding.term))
        first = MenuEntry("Say the region…", "finding.regions") if lacks else "finding.regions"
        confirm: MenuEntries = () if finding.confirmed else ("finding.confirm",)
        return (
            *confirm,
            first,
            *certainties,
            None,
            "finding.answer",
            "finding.qualifiers",
            "finding.look-alikes",
            None,
            MenuEntry("Select and reshape", "mark.select"),
            _RECTANGLE,
            _POLYGON,
            _LENGTH,
            None,
            MenuEntry(remove, "finding.remove"),
        )
