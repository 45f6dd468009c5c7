"""What a sidecar says, as a reader of RDF that knows nothing of this program understands it."""

import xml.etree.ElementTree as ET

from rdflib import Graph, Namespace
from rdflib.container import Container

_DC = Namespace("http://purl.org/dc/elements/1.1/")
_LR = Namespace("http://ns.adobe.com/lightroom/1.0/")
_DIGIKAM = Namespace("http://www.digikam.org/ns/1.0/")
_PHOTOSHOP = Namespace("http://ns.adobe.com/photoshop/1.0/")
_MWG = Namespace("http://www.metadataworkinggroup.com/schemas/regions/")
_AREA = Namespace("http://ns.adobe.com/xmp/sType/Area#")
_DIM = Namespace("http://ns.adobe.com/xap/1.0/sType/Dimensions#")


def read_packet(content):
    """Keywords, hierarchies, description, regions (x, y, w, h as numbers) of the bytes of a sidecar."""
    root = ET.fromstring(content)  # noqa: S314 - our own file
    assert root.tag == "{adobe:ns:meta/}xmpmeta"
    (rdf,) = root
    graph = Graph().parse(data=ET.tostring(rdf, encoding="unicode"), format="xml", publicID="urn:photograph")
    (about,) = {subject for subject, _name, _value in graph.triples((None, _DC.identifier, None))}
    told = {
        "identifier": str(graph.value(about, _DC.identifier)),
        "subject": _items(graph, graph.value(about, _DC.subject)),
        "hierarchical": _items(graph, graph.value(about, _LR.hierarchicalSubject)),
        "tags": _items(graph, graph.value(about, _DIGIKAM.TagsList)),
        "writer": str(graph.value(about, _PHOTOSHOP.CaptionWriter) or ""),
        "description": "".join(_items(graph, graph.value(about, _DC.description))),
    }
    regions = graph.value(about, _MWG.Regions)
    if regions is None:
        return {**told, "size": None, "regions": []}
    size = graph.value(regions, _MWG.AppliedToDimensions)
    assert str(graph.value(size, _DIM.unit)) == "pixel"
    found = Container(graph, graph.value(regions, _MWG.RegionList)).items()
    return {
        **told,
        "size": tuple(int(graph.value(size, _DIM[key])) for key in "wh"),
        "regions": [_region(graph, each) for each in found],
    }


def _items(graph, listed):
    return [] if listed is None else [str(each) for each in Container(graph, listed).items()]


def _region(graph, region):
    area = graph.value(region, _MWG.Area)
    assert str(graph.value(area, _AREA.unit)) == "normalized"
    assert graph.value(region, _MWG.Type) is None, "it would be a face, a pet, a focus point or a bar code"
    return {
        "name": str(graph.value(region, _MWG.Name)),
        "description": str(graph.value(region, _MWG.Description)),
        **{key: float(graph.value(area, _AREA[key])) for key in "xywh"},
    }
