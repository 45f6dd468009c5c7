"""Which Fact a column holds, proposed from its name; a person sees the proposal before anything is kept.

Names in English, Arabic, French and German. A name that could mean two Facts is proposed as none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.domain.people.individual import Fact
from reviewer.domain.records.table import NAME_SEPARATOR
from reviewer.domain.text_folding import fold_text

_COLUMN_NAMES: dict[Fact, str] = {
    Fact.DETAINEE_NUMBER: """
        detainee number|detainee no|detainee|detainee id|prisoner number|prisoner no|prisoner id
        |number detainee
        |رقم المعتقل|رقم السجين|رقم الموقوف|المعتقل
        |numéro du détenu|numéro de détenu|n détenu|no détenu|num détenu|détenu|matricule
        |häftlingsnummer|gefangenennummer|häftling nr|häftlingsnr|nummer des häftlings""",
    Fact.BRANCH_NUMBER: """
        branch number|branch no|branch|branch id|security branch|number branch
        |رقم الفرع|الفرع|فرع
        |numéro de branche|numéro de la branche|branche|section|n branche|no branche
        |abteilungsnummer|abteilung|zweigstelle|nummer der abteilung|abteilung nr""",
    Fact.EXAMINATION_NUMBER: """
        examination number|examination no|examination|exam number|exam no|exam id|forensic number|forensic no
        |medical number|death number|number examination|corpse number|body number
        |رقم الفحص|رقم الطبابة|رقم الطب الشرعي|رقم الجثة|رقم الوفاة|رقم المعاينة
        |numéro d examen|numéro de l examen|n examen|no examen|numéro médico légal|numéro de corps
        |untersuchungsnummer|untersuchung nr|untersuchungsnr|leichennummer|obduktionsnummer""",
    Fact.NAME: """
        name|full name|fullname|name of the deceased|name arabic|name english|name in arabic|names
        |الاسم|اسم|الاسم الكامل|الاسم الثلاثي|اسم المتوفى|اسم الضحية
        |nom|nom complet|nom et prénom|noms|nom de famille|prénom
        |vollständiger name|nachname|vorname|familienname""",
    Fact.SEX: "sex|gender|الجنس|جنس|sexe|genre|geschlecht",
    Fact.AGE_BAND: """
        age|apparent age|age band|age group|age years|age at death|estimated age
        |العمر|السن|عمر|العمر التقديري|الفئة العمرية
        |âge|âge apparent|âge estimé|tranche d âge
        |alter|altersgruppe|geschätztes alter""",
    Fact.DIED_ON: """
        date of death|death date|died|died on|date died|day of death
        |تاريخ الوفاة|تاريخ الموت|تاريخ الاستشهاد|يوم الوفاة
        |date de décès|date du décès|date de la mort|décédé le|décès
        |todesdatum|sterbedatum|todestag|gestorben am|gestorben|datum des todes""",
    Fact.STATE: """
        state of the body|body state|condition of the body|decomposition|post mortem state
        |حالة الجثة|état du corps|décomposition|zustand der leiche|verwesung|leichenzustand""",
    Fact.RESTRAINTS: """
        restraints|restraint|bindings|ligatures|cuffs
        |قيود|القيود|التكبيل|entraves|liens|contention|fesseln|fesselung""",
    Fact.MEDICAL_TRACES: """
        medical traces|medical treatment|traces of treatment|medical care|medical items
        |آثار طبية|اثار علاج|العلاج|traces médicales|soins médicaux|traces de soins
        |medizinische spuren|behandlungsspuren""",
    Fact.OTHER: """
        note|notes|remark|remarks|comment|comments|other|observations
        |ملاحظات|ملاحظة|remarque|remarques|commentaire|bemerkung|bemerkungen|anmerkung|anmerkungen|notiz""",
}

FACTS_IN_SEVERAL_COLUMNS = frozenset(
    {Fact.OTHER, Fact.NAME, Fact.CLOTHING, Fact.JEWELLERY, Fact.DENTITION, Fact.MARK_AND_SIDE}
)
"""What several columns of a file may hold."""
_FACTS_IN_ONE_COLUMN = frozenset(Fact) - FACTS_IN_SEVERAL_COLUMNS
_GAPS = re.compile(r"[\W_]+")


def _make_column_key(name: str) -> str:
    return _GAPS.sub(" ", fold_text(name)).strip()


_FACT_OF_COLUMN_NAME = {
    _make_column_key(name): fact
    for fact, names in _COLUMN_NAMES.items()
    for name in names.replace("\n", " ").split("|")
}


def propose_facts(columns: Sequence[str]) -> tuple[tuple[str, Fact | None], ...]:
    """Each column with the Fact it is proposed to hold, or None: to be left out. Of a name over several rows
    the lowest counts.

    A number, a date and the like are proposed for one column only; a second one that claims it gets none.
    """
    taken: set[Fact] = set()
    proposed: list[tuple[str, Fact | None]] = []
    for column in columns:
        fact = _FACT_OF_COLUMN_NAME.get(_make_column_key(column)) or _FACT_OF_COLUMN_NAME.get(
            _make_column_key(column.rpartition(NAME_SEPARATOR)[2])
        )
        if fact in _FACTS_IN_ONE_COLUMN and fact in taken:
            fact = None
        if fact is not None:
            taken.add(fact)
        proposed.append((column, fact))
    return tuple(proposed)
