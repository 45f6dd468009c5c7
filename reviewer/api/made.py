"""From the objects of the program to what scripts get: the only place that knows both."""

from __future__ import annotations

from reviewer.api import plain
from reviewer.domain.figures.figures import Figure, FigureKind, Statistics, Table
from reviewer.domain.people.individual import Fact
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.whole_snapshot import AcceptedIndividual, LocatedPhoto


def to_photograph(placed: LocatedPhoto) -> plain.Photograph:
    whole, photo = placed.whole, placed.whole.photo
    return plain.Photograph(
        sha256=photo.sha256,
        source=placed.source,
        path=placed.path,
        format=photo.format,
        bytes=photo.size,
        width=photo.width,
        height=photo.height,
        orientation=photo.orientation,
        pictures=photo.picture_count,
        files=whole.files_there,
        taken_at=photo.capture.taken_at,
        taken_doubt=photo.capture.taken_doubt,
        category=whole.category,
        individual=placed.individual,
        near_duplicates=whole.alike,
        damage=photo.damage,
        shown_as=photo.shown_as,
        looks=sum(not reading.carried_from for reading in whole.readings),
    )


def to_individual(person: AcceptedIndividual) -> plain.Individual:
    said = person.individual.values
    return plain.Individual(
        id=person.id,
        label=person.label,
        branch_numbers=tuple(said(Fact.BRANCH_NUMBER)),
        detainee_numbers=tuple(said(Fact.DETAINEE_NUMBER)),
        examination_numbers=tuple(said(Fact.EXAMINATION_NUMBER)),
        sex=tuple(said(Fact.SEX)),
        age=tuple(said(Fact.AGE_BAND)),
        photographs=person.photos,
        photograph_count=len(person.photos),
    )


def to_reading(reading: Reading, examiner: str, vocabulary: Vocabulary) -> plain.Reading:
    findings = tuple(to_finding(reading, finding, examiner, vocabulary) for finding in reading.findings)
    return plain.Reading(
        photograph=reading.photo,
        examiner=examiner,
        examiner_id=reading.examiner,
        state=str(reading.state),
        conclusion=str(reading.conclusion),
        reason=reading.reason,
        note=reading.note,
        looked_for=tuple(f"{key} {version}" for key, version in reading.looked_for),
        coverage=tuple(f"{region}={level}" for region, level in reading.coverage),
        description=tuple(f"{key}={','.join(values)}" for key, values in reading.description),
        context_seen=reading.context_seen,
        carried_from=reading.carried_from,
        changed_at=reading.changed_at,
        findings=findings,
        finding_count=len(findings),
    )


def to_finding(reading: Reading, finding: Finding, examiner: str, vocabulary: Vocabulary) -> plain.Finding:
    return plain.Finding(
        id=finding.id,
        photograph=reading.photo,
        examiner=examiner,
        examiner_id=reading.examiner,
        reading_state=str(reading.state),
        carried_from=reading.carried_from,
        term=finding.term,
        term_name=vocabulary.term_name(finding.term),
        vocabulary=finding.vocabulary,
        answer=str(finding.answer),
        reason=finding.reason,
        certainty=finding.certainty_told,
        regions=finding.regions,
        qualifiers=tuple(f"{key}={','.join(values)}" for key, values in finding.qualifiers),
        degree=finding.degree,
        mechanism=finding.mechanism,
        alleged_by=finding.alleged_by,
        in_context=finding.in_context,
        only_enhanced=finding.is_only_enhanced,
        confirmed=finding.confirmed,
        copied_from=finding.copied_from,
        marks=tuple(plain.Mark(str(mark.shape), mark.points, mark.page) for mark in finding.marks),
        mark_count=len(finding.marks),
    )


def to_figures(counted: Statistics) -> plain.Figures:
    basis = counted.basis
    return plain.Figures(
        query=basis.query,
        examiners=basis.examiners,
        entries=basis.entries,
        head=basis.head,
        vocabulary=basis.vocabulary,
        photographs=counted.photos,
        individuals=counted.individuals,
        all_photographs=counted.all_photos,
        all_individuals=counted.all_individuals,
        unopened=counted.unopened.files,
        may_hold_photographs=counted.unopened.open,
        figures=tuple(_to_figure(table, figure) for table in counted.tables for figure in table.figures),
        left_out=tuple(
            plain.LeftOut(excluded.why, str(excluded.unit), len(excluded.ids), excluded.ids)
            for excluded in counted.excluded
        ),
    )


def _to_figure(table: Table, figure: Figure) -> plain.Figure:
    low, high = figure.of_all.interval or (None, None)
    is_sign = figure.kind is FigureKind.SIGN
    return plain.Figure(
        table=table.key,
        title=table.title,
        key=figure.key,
        label=figure.label,
        unit=str(table.unit),
        kind=str(figure.kind),
        present=len(figure.present),
        absent=len(figure.absent) if is_sign else None,
        in_another=None if is_sign else len(figure.absent),
        cannot_tell=len(figure.cannot_tell),
        contradictory=len(figure.conflict),
        after_death=len(figure.after_death),
        not_stated=len(figure.unstated),
        untold=figure.untold,
        percent_of_all=figure.of_all.percent if figure.is_share_meaningful else None,
        percent_of_assessable=figure.of_assessable.percent if figure.is_assessable_share_meaningful else None,
        low=low,
        high=high,
        present_ids=figure.present,
        absent_ids=figure.absent if is_sign else (),
        in_another_ids=() if is_sign else figure.absent,
        photographs=figure.behind,
    )
