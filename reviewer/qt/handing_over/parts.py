"""What the dialogs of handing over need of the window and of the Case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Post


@dataclass(frozen=True)
class HandOverParts:
    """`name_output` begins the names of what is made; `find_shown_query` is the query whose result is shown,
    "" for none; `find_individual` the id of the accepted individual that is read, "" for none."""

    case: OpenCase
    examiner: Examiner
    post: Post
    name_output: Callable[[], str]
    find_shown_query: Callable[[], str]
    find_individual: Callable[[], str]

    @property
    def is_open_to_all(self) -> bool:
        """Whether the Case is not encrypted."""
        return not self.case.keys.encrypted
