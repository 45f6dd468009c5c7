"""Scripts that read the table of individuals by signs and label it, for R, SPSS and Stata.

The table holds words. R makes factors of them; SPSS and Stata make a labelled number beside each column of
results, so that nothing of the table is lost. All ids are read as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.summary.summary import TermResult
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.sign_columns import SEXES, SignRow, list_result_columns

RESULT_VALUES = tuple(str(result) for result in TermResult)
"""In the order of their codes, from 1."""
YES_NO = ("yes", "no")
_LONGEST_STATA, _LONGEST_SPSS = 80, 250


@dataclass(frozen=True)
class LabelledVariable:
    """A column, and the most bytes of UTF-8 that a value of it takes in this export."""

    column: ExportColumn[SignRow]
    width: int

    @property
    def name(self) -> str:
        return self.column.name


def list_coded_columns(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Return the values of each column that has few."""
    return {"sex": SEXES, "all_read": YES_NO, **dict.fromkeys(list_result_columns(vocabulary), RESULT_VALUES)}


def make_r_script(file: str, variables: Sequence[LabelledVariable], vocabulary: Vocabulary) -> str:
    """Leaves the table as `signs`. Base R, no package."""
    numbers = [variable.name for variable in variables if variable.column.whole]
    lines = [
        "# Reads and labels the table of individuals by signs. Run it in the folder of the export:",
        '#   source("label.R", encoding = "UTF-8")',
        f"signs <- read.csv({_quote_r(file)}, colClasses = "
        '"character", encoding = "UTF-8", na.strings = NULL)',
        f"names(signs) <- c({_join_values(_quote_r(variable.name) for variable in variables)})",
        f"for (name in c({_join_values(map(_quote_r, numbers))})) signs[[name]] <- as.integer(signs[[name]])",
    ]
    for name, values in list_coded_columns(vocabulary).items():
        lines.append(
            f"signs[[{_quote_r(name)}]] <- factor(signs[[{_quote_r(name)}]], "
            f"levels = c({_join_values(map(_quote_r, values))}))"
        )
    for variable in variables:
        lines.append(
            f'attr(signs[[{_quote_r(variable.name)}]], "label") <- {_quote_r(variable.column.meaning)}'
        )
    terms = vocabulary.terms
    lines += [
        f"term_names <- c({_join_values(f'{_quote_r(term.key)} = {_quote_r(term.name)}' for term in terms)})",
        "# Figures count individuals whose photographs were all read:",
        'counted <- signs[signs$all_read == "yes", ]',
        "# table(counted$term_name, counted$result)",
    ]
    return "\n".join(lines) + "\n"


def _join_values(values: Iterable[str]) -> str:
    return ",\n  ".join(values)


def _quote_r(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def make_spss_script(file: str, variables: Sequence[LabelledVariable], vocabulary: Vocabulary) -> str:
    """Commands of SPSS Statistics, which GNU PSPP knows as well."""
    read = "\n".join(f"  {variable.name} {_spss_format(variable)}" for variable in variables)
    lines = [
        "* Encoding: UTF-8.",
        "* Reads and labels the table of individuals by signs. Run it in the folder of the export.",
        f"GET DATA /TYPE=TXT /FILE={_quote_spss(file)} "
        "/ENCODING='UTF8' /ARRANGEMENT=DELIMITED /DELIMITERS=','",
        "  /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES=",
        f"{read}.",
    ]
    for name, values in list_coded_columns(vocabulary).items():
        pairs = " ".join(f"({_quote_spss(value)}={code})" for code, value in enumerate(values, start=1))
        labels = " ".join(f"{code} {_quote_spss(value)}" for code, value in enumerate(values, start=1))
        lines += [
            f"RECODE {name} {pairs} INTO {name}_code.",
            f"FORMATS {name}_code (F2.0).",
            f"VALUE LABELS {name}_code {labels}.",
        ]
    for variable in variables:
        text = _quote_spss(_shorten(variable.column.meaning, _LONGEST_SPSS))
        lines.append(f"VARIABLE LABELS {variable.name} {text}.")
        if variable.name in list_coded_columns(vocabulary):
            lines.append(f"VARIABLE LABELS {variable.name}_code {text}.")
    lines += [
        "* Figures count individuals whose photographs were all read: SELECT IF (all_read_code = 1).",
        "EXECUTE.",
    ]
    return "\n".join(lines) + "\n"


def _spss_format(variable: LabelledVariable) -> str:
    return "F8.0" if variable.column.whole else f"A{min(variable.width + 1, 32_767)}"


def _quote_spss(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def make_stata_script(file: str, variables: Sequence[LabelledVariable], vocabulary: Vocabulary) -> str:
    """A do-file for Stata 14 or later (the first that knows UTF-8)."""
    numbers = " ".join(variable.name for variable in variables if variable.column.whole)
    lines = [
        "* Reads and labels the table of individuals by signs. Run it in the folder of the export.",
        "version 14",
        f"import delimited using {_quote_stata(file)}, clear varnames(1) case(preserve) ///",
        '    encoding("utf-8") delimiters(",") bindquotes(strict) stringcols(_all)',
        f"destring {numbers}, replace",
    ]
    labels = {RESULT_VALUES: "result_words", SEXES: "sex_words", YES_NO: "yes_no"}
    for values, label in labels.items():
        said = " ".join(f"{code} {_quote_stata(value)}" for code, value in enumerate(values, start=1))
        lines.append(f"label define {label} {said}, replace")
    for name, values in list_coded_columns(vocabulary).items():
        lines.append(f"encode {name}, generate({name}_code) label({labels[values]}) noextend")
    for variable in variables:
        text = _quote_stata(_shorten(variable.column.meaning, _LONGEST_STATA))
        lines.append(f"label variable {variable.name} {text}")
        if variable.name in list_coded_columns(vocabulary):
            lines.append(f"label variable {variable.name}_code {text}")
    lines.append("* Figures count individuals whose photographs were all read: keep if all_read_code == 1")
    return "\n".join(lines) + "\n"


def _quote_stata(text: str) -> str:
    """Quote in compound quotes, which may contain quotes, without $ and `, which Stata would expand."""
    plain = text.replace("`", "'").replace("$", "")
    return f'`"{plain}"\''


def _shorten(text: str, most: int) -> str:
    """Labels of these programs are short: dictionary.csv has all."""
    return text if len(text.encode()) <= most else f"{text.encode()[: most - 3].decode(errors='ignore')}..."
