"""The list of everything that is shipped, as CycloneDX 1.6 (ECMA-424): each part, its version, its files.

It is the same bytes for the same parts: its time is the build time that it is given, and its serial number is
made from what it lists.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from licences import ShippedPart
from license_expression import ExpressionError, get_spdx_licensing  # type: ignore[import-untyped]
from packageurl import PackageURL

_SERIALS = uuid.uuid5(uuid.NAMESPACE_DNS, "sbom.reviewer.invalid")


@dataclass(frozen=True)
class ShippedFile:
    """A file by its path below the folder that is listed, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True)
class ShippedRuntime:
    """A Python that is shipped: `purl` says where it is from, as package-url writes it."""

    name: str
    version: str
    licence: str
    purl: str
    sha256: str


def write_sbom(
    version: str,
    when: int,
    parts: Iterable[ShippedPart],
    files: Mapping[str, Sequence[ShippedFile]],
    runtimes: Iterable[ShippedRuntime],
    artefacts: Iterable[ShippedFile],
) -> str:
    """Write the list as JSON.

    `when` is seconds since 1970. `files`: distribution and version, as "numpy 2.5.5" -> the wheels it is
    shipped as. `artefacts`: what was made of them. Raises ValueError where the result does not follow the
    standard.
    """
    parts = list(parts)
    check_licences({part.licence for part in parts})
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(when, UTC)
    bom.metadata.component = Component(
        name="reviewer", version=version, type=ComponentType.APPLICATION, bom_ref="reviewer"
    )
    for part in parts:
        if not part.inside:
            component = _make_component(part, files.get(f"{part.name} {part.version}", ()))
            for packed in parts:
                if packed.inside == part.name:
                    component.components.add(_make_packed(packed, component))
            bom.components.add(component)
    for runtime in runtimes:
        bom.components.add(_make_runtime(runtime))
    for artefact in artefacts:
        bom.components.add(_make_file(artefact))
    bom.register_dependency(bom.metadata.component, [part for part in bom.components])
    named = sorted(str(component.bom_ref) + str(_list_hashes(component)) for component in bom.components)
    bom.serial_number = uuid.uuid5(_SERIALS, hashlib.sha256("\n".join(named).encode()).hexdigest())
    text: str = JsonV1Dot6(bom).output_as_string(indent=1)
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if trouble is not None:
        raise ValueError(f"The list of parts does not follow CycloneDX 1.6: {trouble}")
    return text + "\n"


def check_licences(expressions: Iterable[str]) -> None:
    """Refuse, with a ValueError, what is no expression of SPDX; `LicenseRef-` may name other licences."""
    known = get_spdx_licensing()
    for expression in sorted(expressions):
        try:
            known.parse(re.sub(r"LicenseRef-[A-Za-z0-9.-]+", "MIT", expression), validate=True, strict=True)
        except ExpressionError as error:
            raise ValueError(f"“{expression}” is no licence expression: {error}") from None


def _make_component(part: ShippedPart, wheels: Sequence[ShippedFile]) -> Component:
    purl = PackageURL("pypi", None, part.name, part.version)
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseExpression(part.licence)],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(wheel.path),
                hashes=[_make_hash(wheel.sha256)],
            )
            for wheel in wheels
        ],
    )


def _make_packed(part: ShippedPart, around: Component) -> Component:
    sources = [ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(part.source))]
    is_qt = part.inside in ("pyside6-essentials", "shiboken6") and part.licence.endswith("-only")
    return Component(
        name=part.name,
        version=around.version if is_qt else None,
        type=ComponentType.LIBRARY,
        bom_ref=f"{around.bom_ref}#{part.name}",
        licenses=[LicenseExpression(part.licence)],
        external_references=sources if part.source else [],
    )


def _make_runtime(runtime: ShippedRuntime) -> Component:
    return Component(
        name=runtime.name,
        version=runtime.version,
        type=ComponentType.PLATFORM,
        bom_ref=runtime.purl,
        purl=PackageURL.from_string(runtime.purl),
        licenses=[LicenseExpression(runtime.licence)],
        hashes=[_make_hash(runtime.sha256)],
    )


def _make_file(artefact: ShippedFile) -> Component:
    return Component(
        name=artefact.path,
        type=ComponentType.FILE,
        bom_ref=f"file:{artefact.path}",
        hashes=[_make_hash(artefact.sha256)],
    )


def _make_hash(sha256: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=sha256)


def _list_hashes(component: Component) -> list[str]:
    """Every hash that stands at a component, its wheels' too."""
    referred = [found.content for reference in component.external_references for found in reference.hashes]
    return sorted([*(found.content for found in component.hashes), *referred])
