"""XMP export: a sidecar for each place of each photograph, for digiKam and what else reads keywords and
regions.

XMP is ISO 16684-1. Keywords are `dc:subject`, their hierarchy is in `lr:hierarchicalSubject` (Lightroom) and
`digiKam:TagsList`. Marks are regions of the Metadata Working Group ("Guidelines for Handling Image Metadata",
version 2.0, section 5.9: "Region metadata is applied to the stored image"), so they lie on the pixels before
EXIF orientation. What becomes a keyword, and what does not: docs/decisions/0044.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any

from reviewer import __version__
from reviewer.domain.geometry.mark import Mark
from reviewer.domain.geometry.outline import compute_bounding_box
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat, Standard
from reviewer.services.export.json_stream import JsonListWriter
from reviewer.services.export.marked_images import list_examiners, list_labels, separate_folders
from reviewer.services.export.source_locations import SourcePathAllocator
from reviewer.services.export.xml_text import show_in_xml, show_lines_in_xml
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

_NAMESPACES = {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:digiKam": "http://www.digikam.org/ns/1.0/",
    "xmlns:lr": "http://ns.adobe.com/lightroom/1.0/",
    "xmlns:mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "xmlns:photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmlns:stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "xmlns:stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
}
_PARSE_AS_RESOURCE = {"rdf:parseType": "Resource"}
KeywordPath = tuple[str, ...]
"""From the root of the tree of keywords down to the keyword itself."""


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    examiners = list_examiners(found)
    places = separate_folders(examiners)
    with ExitStack() as files:
        sets = [_SidecarWriter(found, folder, examiner, place, files) for examiner, place in places.items()]
        for whole in found.photos(control):
            for sidecars in sets:
                sidecars.add(whole)
        for sidecars in sets:
            sidecars.list.end()


class _SidecarWriter:
    """The sidecars of one Examiner below `place`, and `sidecars.json` of them."""

    def __init__(
        self, found: Contents, folder: ExportFolder, examiner: str, place: str, files: ExitStack
    ) -> None:
        self._found, self._folder, self._examiner, self._place = found, folder, examiner, place
        self._places = SourcePathAllocator(found)
        self._groups = dict(list_labels(found))
        info = {"examiner": found.examiner_name(examiner), "examiner_id": examiner, **found.about_facts()}
        listed = files.enter_context(folder.file(f"{place}sidecars.json"))
        self.list = JsonListWriter(listed, {"info": info}, "sidecars")

    def add(self, whole: ExportedPhoto) -> None:
        """Write a sidecar for each place of the photograph, if anything was recorded of it."""
        own = [reading for reading in whole.readings if reading.examiner == self._examiner]
        reading = next((reading for reading in own if not reading.carried_from), None)
        content = self._make_sidecar(whole, reading)
        if content is None:
            return
        for file in whole.files:
            if file.stands:
                folders, name = self._places.split(file)
                place = self._places.take(folders, (name,), whole.photo.sha256, ".xmp")
                self._folder.put(f"{self._place}{place.path}", content)
                source, path = self._found.source_and_path(file)
                told = {"file": place.path, "source": source, "path": path, "sha256": whole.photo.sha256}
                renamed = {"renamed": True} if place.is_renamed else {}
                self.list.add({**told, "reading_state": str(reading.state) if reading else "", **renamed})
                self._folder.renamed += place.is_renamed

    def _make_sidecar(self, whole: ExportedPhoto, reading: Reading | None) -> bytes | None:
        keywords = self._make_keywords(whole, reading)
        present = reading.present if reading else ()
        marked = [(finding, mark) for finding in present for mark in finding.marks if mark.page == 1]
        note = reading.note if reading else ""
        if not (keywords or marked or note):
            return None
        root, about = _begin_packet(whole.photo.sha256)
        if note:
            told = ET.SubElement(ET.SubElement(about, "dc:description"), "rdf:Alt")
            ET.SubElement(told, "rdf:li", {"xml:lang": "x-default"}).text = show_lines_in_xml(note)
            writer = self._found.examiner_name(self._examiner)
            ET.SubElement(about, "photoshop:CaptionWriter").text = show_in_xml(writer)
        if keywords:
            _add_keywords(about, keywords)
        if marked:
            regions = _begin_regions(about, whole)
            for finding, mark in marked:
                self._add_region(regions, whole, finding, mark)
        ET.indent(root, " ")
        written = ET.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()

    def _make_keywords(self, whole: ExportedPhoto, reading: Reading | None) -> list[KeywordPath]:
        """Make the keywords of the photograph; the last part of each is clear without those above it."""
        said: list[KeywordPath] = []
        for finding in reading.present if reading else ():
            if finding.answer is FindingAnswer.PRESENT and finding.certainty_stated:
                term = self._found.vocabulary.term_name(finding.term)
                group = self._groups.get(finding.term, "")
                said.append(("Findings", *filter(None, [group]), term, f"{term}: {finding.certainty_told}"))
        if whole.category:
            said.append(("Category", f"category: {CATEGORY_NAMES[Category(whole.category)]}"))
        return list(dict.fromkeys(said))

    def _add_region(self, regions: ET.Element, whole: ExportedPhoto, finding: Finding, mark: Mark) -> None:
        """Add the box of a Mark. Some programs show the name only, so it says the certainty too."""
        vocabulary = self._found.vocabulary
        answer = "" if finding.answer is FindingAnswer.PRESENT else str(finding.answer)
        sure = ", ".join(filter(None, [answer, finding.certainty_in_words]))
        examiner = self._found.examiner_name(self._examiner)
        more = [
            str(finding.answer),
            finding.certainty_in_words,
            regions_in_words(vocabulary, finding.regions),
            examiner,
        ]
        region = ET.SubElement(regions, "rdf:li", _PARSE_AS_RESOURCE)
        name = f"{vocabulary.term_name(finding.term)}: {sure}"
        ET.SubElement(region, "mwg-rs:Name").text = show_in_xml(name)
        ET.SubElement(region, "mwg-rs:Description").text = show_in_xml("; ".join(filter(None, more)))
        left, top, width, height = compute_bounding_box(mark.points)
        across, down = whole.photo.width, whole.photo.height
        shares = {
            "x": (left + width / 2) / across,
            "y": (top + height / 2) / down,
            "w": width / across,
            "h": height / down,
        }
        area = ET.SubElement(region, "mwg-rs:Area", _PARSE_AS_RESOURCE)
        for key, share in shares.items():
            ET.SubElement(area, f"stArea:{key}").text = f"{share:.6f}"
        ET.SubElement(area, "stArea:unit").text = "normalized"


def _begin_packet(sha256: str) -> tuple[ET.Element, ET.Element]:
    """Begin a packet; return it and the element about the photograph."""
    root = ET.Element("x:xmpmeta", {"xmlns:x": "adobe:ns:meta/", "x:xmptk": f"reviewer {__version__}"})
    graph = ET.SubElement(root, "rdf:RDF", {"xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"})
    about = ET.SubElement(graph, "rdf:Description", {"rdf:about": "", **_NAMESPACES})
    ET.SubElement(about, "dc:identifier").text = f"urn:sha256:{sha256}"
    return root, about


def _add_keywords(about: ET.Element, keywords: Sequence[KeywordPath]) -> None:
    _add_list(about, "dc:subject", "Bag", (keyword[-1] for keyword in keywords))
    _add_list(about, "lr:hierarchicalSubject", "Bag", (_join_keyword(keyword, "|") for keyword in keywords))
    _add_list(about, "digiKam:TagsList", "Seq", (_join_keyword(keyword, "/") for keyword in keywords))


def _add_list(about: ET.Element, name: str, kind: str, items: Iterable[str]) -> None:
    listed = ET.SubElement(ET.SubElement(about, name), f"rdf:{kind}")
    for item in items:
        ET.SubElement(listed, "rdf:li").text = show_in_xml(item)


def _join_keyword(keyword: KeywordPath, separator: str) -> str:
    return separator.join(part.replace(separator, "-") for part in keyword)


def _begin_regions(about: ET.Element, whole: ExportedPhoto) -> ET.Element:
    """Add the list of regions, with the size of the picture they belong to."""
    regions = ET.SubElement(about, "mwg-rs:Regions", _PARSE_AS_RESOURCE)
    applied = ET.SubElement(regions, "mwg-rs:AppliedToDimensions", _PARSE_AS_RESOURCE)
    told: dict[str, Any] = {"w": whole.photo.width, "h": whole.photo.height, "unit": "pixel"}
    for key, value in told.items():
        ET.SubElement(applied, f"stDim:{key}").text = str(value)
    return ET.SubElement(ET.SubElement(regions, "mwg-rs:RegionList"), "rdf:Bag")


FORMAT = ExportFormat(
    "xmp",
    "XMP sidecars",
    "NAME.EXT.xmp for each photograph of which something was said, in folders like those of the source, to "
    "be put beside copies of the photographs for digiKam and others: keywords for findings that are present "
    "with a stated certainty and for the category, marks as regions (MWG), the note as description; "
    "sidecars.json says which photograph each belongs to; where several examiners have readings, a folder "
    "of each",
    "absent, non-specific and not assessable answers and findings whose certainty nobody stated (no keyword "
    "says them), copied findings nobody confirmed, readings that were carried over, qualifiers, "
    "measurements, coverage, individuals; of marks all but the box around them, and those on further "
    "pictures of a file; files that were replaced after they were ingested; names that are no text, or have "
    "characters some system cannot keep, are written otherwise",
    make,
    standards=(Standard(".xmp", "https://www.iso.org/standard/75163.html", "XMP (ISO 16684-1:2019)"),),
)
