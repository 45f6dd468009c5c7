"""Whether facsimile data in a TIFF give every line of their picture, and end behind the last.

ITU-T T.4 and T.6; TIFF 6.0, 10 and 11. Decoders fill a line they cannot follow with something and go on, and
tell nobody that can be asked. So the runs are followed here once more: each line must have its width exactly,
and behind the last there may be the mark of the end, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.media.decoding.fax_codes import (
    HORIZONTAL,
    LONGEST_MODE_CODE,
    LONGEST_RUN_CODE,
    MODE_TABLE,
    PASS,
    RUN_TABLES,
)

HUFFMAN, GROUP_3, GROUP_4, HUFFMAN_OF_WORDS = 2, 3, 4, 32771
METHODS = frozenset({HUFFMAN, GROUP_3, GROUP_4, HUFFMAN_OF_WORDS})
"""Values of the tag Compression that are followed here."""
_EOL_ZEROS = 11
_FIRST_MAKE_UP_RUN = 64
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class _BrokenFaxData(Exception):
    """The data cannot be followed."""


@dataclass(frozen=True)
class FaxEncoding:
    """How a TIFF says that its facsimile data are stored."""

    method: int
    two_dimensions: bool = False
    """Of GROUP_3: whether lines may be described by those above."""
    reversed_bits: bool = False


def has_all_lines(content: memoryview, way: FaxEncoding, columns: int, lines: int) -> bool:
    """Whether a strip or tile gives so many lines of so many columns, and nothing more."""
    data = bytes(content).translate(_REVERSED) if way.reversed_bits else bytes(content)
    return _FaxReader(data, columns).has_all_lines(way, lines)


def count_lines(content: memoryview, way: FaxEncoding, columns: int, most: int) -> int:
    """How many lines can be followed from the beginning, at most `most`."""
    data = bytes(content).translate(_REVERSED) if way.reversed_bits else bytes(content)
    return _FaxReader(data, columns).lines(way, most)


class _FaxReader:
    """The bits, from the first to the last."""

    def __init__(self, data: bytes, columns: int) -> None:
        self._data = data + bytes(4)  # so that one can look a code ahead
        self._end = 8 * len(data)
        self._place = 0
        self._columns = columns

    def has_all_lines(self, way: FaxEncoding, lines: int) -> bool:
        above: list[int] = []
        try:
            for _line in range(lines):
                above = self._read_line(way, above)
            return self._place <= self._end and self._is_end_of_data(way)
        except _BrokenFaxData:
            return False

    def lines(self, way: FaxEncoding, most: int) -> int:
        above: list[int] = []
        for line in range(most):
            try:
                above = self._read_line(way, above)
            except _BrokenFaxData:
                return line
            if self._place > self._end:
                return line
        return most

    def _read_line(self, way: FaxEncoding, above: list[int]) -> list[int]:
        """Where the colour changes in the next line."""
        if way.method == GROUP_4:
            return self._read_two_dimensional_line(above)
        if way.method == GROUP_3:
            begins = self._skip_end_of_line()
            if way.two_dimensions:
                if not begins:
                    raise _BrokenFaxData
                return (
                    self._read_one_dimensional_line()
                    if self._read_bit()
                    else self._read_two_dimensional_line(above)
                )
            return self._read_one_dimensional_line()
        unit = 16 if way.method == HUFFMAN_OF_WORDS else 8
        self._place = -(-self._place // unit) * unit
        return self._read_one_dimensional_line()

    def _is_end_of_data(self, way: FaxEncoding) -> bool:
        """Behind the last line: marks of the end, and zeros up to the end of a byte or word."""
        while way.method in {GROUP_3, GROUP_4} and self._skip_end_of_line():
            if way.two_dimensions:
                self._read_bit()
        begin, used = divmod(self._place, 8)
        rest = self._data[begin:]
        return not rest[0] & (0xFF >> used) and not any(rest[1:])

    def _peek_bits(self, bits: int) -> int:
        """The next bits, without going on."""
        if self._place > self._end:
            raise _BrokenFaxData
        at, used = divmod(self._place, 8)
        data = self._data
        return ((data[at] << 16 | data[at + 1] << 8 | data[at + 2]) >> (24 - bits - used)) & ((1 << bits) - 1)

    def _read_bit(self) -> int:
        found = self._peek_bits(1)
        self._place += 1
        return found

    def _skip_end_of_line(self) -> bool:
        """Go behind a mark of the end of a line, with the zeros before it, if there is one."""
        if self._peek_bits(_EOL_ZEROS):
            return False
        place = self._place + _EOL_ZEROS
        while place < self._end:
            if self._data[place >> 3] & (0x80 >> (place & 7)):
                self._place = place + 1
                return True
            place += 1
        return False

    def _read_run(self, colour: int) -> int:
        total, codes = 0, RUN_TABLES[colour]
        while True:
            found = codes[self._peek_bits(LONGEST_RUN_CODE)]
            if found is None:
                raise _BrokenFaxData
            self._place += found[0]
            total += found[1]
            if found[1] < _FIRST_MAKE_UP_RUN:
                return total

    def _read_one_dimensional_line(self) -> list[int]:
        changes: list[int] = []
        place = colour = 0
        while place < self._columns:
            place += self._read_run(colour)
            changes.append(place)
            colour ^= 1
        if place > self._columns:
            raise _BrokenFaxData
        return changes

    def _read_two_dimensional_line(self, above: list[int]) -> list[int]:
        columns = self._columns
        known = [*above, columns, columns, columns]
        changes: list[int] = []
        place, colour, at = -1, 0, 0
        while place < columns:
            at = max(0, at - 1)
            at += (at ^ colour) & 1
            while known[at] <= place and known[at] < columns:
                at += 2
            found = MODE_TABLE[self._peek_bits(LONGEST_MODE_CODE)]
            if found is None:
                raise _BrokenFaxData
            self._place += found[0]
            if found[1] == PASS:
                place = known[at + 1]
            elif found[1] == HORIZONTAL:
                first = max(0, place) + self._read_run(colour)
                place = first + self._read_run(1 - colour)
                changes += first, place
            else:
                if known[at] + found[1] < max(0, place):
                    raise _BrokenFaxData
                place = known[at] + found[1]
                changes.append(place)
                colour ^= 1
        if place > columns:
            raise _BrokenFaxData
        return changes
