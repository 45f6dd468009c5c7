"""The line below the photograph says the date as it was recorded, and when it is in doubt."""

from reviewer.domain.photos.capture_dates import UsualDates
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.qt.reading.info_line import InfoLine
from reviewer.services.reading.pages import PageNavigator


def shown(line, capture, span=None):
    photo = Photo("a" * 64, 9, "JPEG", 64, 48, 1, capture, "0" * 16)
    pages = PageNavigator()
    pages.begin(photo)
    line.show_photo(photo, "a.jpg", pages, span or UsualDates(2012, "2014-01-01"), "")
    return line.facts.text(), line.date.text()


def test_a_date_in_doubt_is_said_in_words(qtbot):
    line = InfoLine()
    qtbot.addWidget(line)
    offset = Capture(
        "2012-08-14 10:22:05", tags={"OffsetTimeOriginal": "+03:00"}, taken_from="DateTimeOriginal"
    )
    facts, doubt = shown(line, offset)
    assert "2012-08-14 10:22 as recorded, +03:00" in facts and doubt == ""
    facts, doubt = shown(line, Capture(taken_doubt="Recorded as 2012:13:45, not a date."))
    assert "no date recorded · Recorded as 2012:13:45, not a date." in facts and doubt == "Date in doubt"
    facts, doubt = shown(line, Capture("2001-08-14 10:22:05"))
    assert "11 years before 2012" in facts and doubt == "Date in doubt"
    assert shown(line, Capture("2012-08-14 10:22:05"))[1] == ""
