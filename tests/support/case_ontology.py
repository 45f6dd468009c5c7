"""CASE 1.5.0 as case-utils brings it, loaded once, and its validator without the start of a process."""

import warnings
from contextlib import contextmanager
from functools import cache

import pyshacl
from case_utils.case_validate.validate_utils import (
    disable_tbox_review,
    get_invalid_cdo_concepts,
    get_ontology_graph,
)
from rdflib import Graph

VERSION = "case-1.5.0"


@cache
def ontology():
    """As `case_validate` takes it: the shapes that review ontologies themselves are off."""
    with _old_resources():
        graph = get_ontology_graph(VERSION)
    disable_tbox_review(graph)
    return graph


def graph_of(*files):
    """What these files say together; nothing is fetched, since their contexts stand in them."""
    whole = Graph()
    for path in files:
        whole.parse(path, format="json-ld")
    return whole


def complaints(data):
    """What `case_validate` says against a graph, warnings and advice as well; "" if it conforms."""
    with _old_resources():
        unknown = get_invalid_cdo_concepts(data, ontology())
    if unknown:
        return f"not in the ontology: {sorted(unknown)}"
    mixed = Graph()
    mixed += ontology()
    mixed += data
    conforms, _results, text = pyshacl.validate(mixed, shacl_graph=ontology(), inplace=True)
    return "" if conforms else text


@contextmanager
def _old_resources():
    """case-utils reads its files by functions of importlib that Python 3.11 and 3.12 call deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
