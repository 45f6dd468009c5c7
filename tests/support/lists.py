"""Lists of invented names in nine languages and in every encoding that such lists come in."""

import unicodedata

from reviewer.domain.records.text_encodings import CODECS

HEADS = {
    "ar": "الرقم,الاسم,الجنس,الفرع,التاريخ",
    "fa": "شماره,نام,جنس,بند,تاریخ",
    "tr": "Numara,Adı,Cinsiyet,Şube,Tarih",
    "ru": "Номер,Имя,Пол,Отделение,Дата",
    "uk": "Номер,Ім'я,Стать,Відділення,Дата",
    "pl": "Numer,Nazwisko,Płeć,Oddział,Data",
    "cs": "Číslo,Jméno,Pohlaví,Oddělení,Datum",
    "fr": "Numéro,Prénom,Sexe,Branche,Décès",
    "de": "Nummer,Name,Geschlecht,Größe,Datum",
}
ENGLISH = "No,Name,Sex,Branch,Date"
WORDS = {
    "ar": """محمد أحمد علي حسن حسين خالد يوسف إبراهيم عبدالله عبدالرحمن مهند سلمى فاطمة عائشة زينب مريم ليلى
        نور هدى رنا سمير كريم ياسر عمر طارق زياد باسل أنس بلال جمال فؤاد رائد وائل غسان نضال مصطفى عيسى
        موسى يحيى سعيد سليمان هيثم شادي قصي لؤي ضياء الحلبي الشامي الخطيب النجار الحداد المصري ذكر أنثى
        ملاحظة الفرع""",
    "fa": """محمد علي حسين رضا پرویز چنگیز ژاله گلناز منوچهر فرهاد بیژن گودرز پروین شیرین بهرام کامران داریوش
        کوروش آرش مریم زهرا نرگس پژمان گیتی هوشنگ تهران اصفهان شیراز تبریز مشهد کرمان یزد مرد زن احمدی
        کریمی پورمحمد""",
    "tr": """Ahmet Mehmet Ayşe Fatma Şükrü İbrahim Gülşen Çiğdem Işıl Ömer Özgür Tuğba Hüseyin Süleyman
        Yıldız Yılmaz Öztürk Şahin Çelik Aydın Doğan Kılıç Çetin Koç Özdemir Şimşek Erdoğan Güneş Kadın
        Erkek Muş Ağrı Kütahya koğuş""",
    "ru": """Александр Сергей Владимир Дмитрий Андрей Алексей Николай Иван Ольга Наталья Елена Татьяна Мария
        Анна Юлия Иванов Петров Смирнов Кузнецов Попов Соколов Новиков Морозов мужчина женщина камера
        Москва Щукин Объедков Чернышёв""",
    "uk": """Олександр Сергій Володимир Дмитро Андрій Олексій Микола Іван Наталія Олена Тетяна Марія Ганна
        Юлія Ірина Шевченко Бондаренко Ткаченко Кравченко Олійник Київ Львів Харків чоловік жінка
        Їжакевич Євген""",
    "pl": """Łukasz Paweł Michał Małgorzata Grażyna Wiesław Zdzisław Jędrzej Stanisław Bożena Żaneta Kowalski
        Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Jabłoński mężczyzna kobieta
        Łódź Poznań Gdańsk""",
    "cs": """Jiří Tomáš Lukáš Ondřej Štěpán Zdeněk Věra Božena Růžena Lenka Novák Svoboda Novotný Dvořák
        Černý Procházka Kučera Veselý Horák Němec muž žena Plzeň Děčín Třebíč Žďár""",
    "fr": """François René Zoé Hélène Éric Stéphane Noël Gaël Jérôme Cédric Benoît Chloé Agnès Thérèse
        Lefèvre Béranger Dupré Durand Martin Bernard homme femme décédé août février Besançon Orléans
        Nîmes""",
    "de": """Jürgen Jörg Günther Björn Käthe Bärbel Müller Schröder Köhler König Krüger Groß Weiß Bäcker Hans
        Anna Peter männlich weiblich Straße München Köln Düsseldorf Zürich""",
}
COME_IN = {
    "ar": (
        "windows-1256",
        "iso-8859-6",
        "dos-720",
        "dos-864",
        "mac-arabic",
        "utf-8",
        "utf-16-le",
        "utf-16-be",
    ),
    "fa": ("windows-1256", "mac-farsi", "utf-8", "utf-16-le"),
    "tr": ("windows-1254", "iso-8859-9", "dos-857", "mac-turkish", "utf-8", "utf-16-be"),
    "ru": ("windows-1251", "koi8-r", "dos-866", "iso-8859-5", "mac-cyrillic", "utf-8", "utf-16-le"),
    "uk": ("windows-1251", "koi8-u", "mac-cyrillic"),
    "pl": ("windows-1250", "iso-8859-2", "dos-852"),
    "cs": ("windows-1250", "iso-8859-2", "dos-852"),
    "fr": ("windows-1252", "iso-8859-1", "iso-8859-15", "dos-850", "dos-437", "mac-roman", "utf-16-le"),
    "de": ("windows-1252", "iso-8859-1", "dos-850", "dos-437", "mac-roman"),
}
_PERSIAN_AS_ARABIC = str.maketrans("یک", "يك")
_ONE_SHAPE = frozenset("ءآأؤإاةدذرزوى")


def drawn(language, rows, rng):
    """A list as text: numbers, names, a letter, a number, a date; its head in the language or in English."""
    words = WORDS[language].split()
    lines = [rng.choice((HEADS[language], ENGLISH))]
    for _row in range(rows):
        name = f"{rng.choice(words)} {rng.choice(words)}"
        day = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2012"
        lines.append(f"{rng.randint(3000, 3999)},{name},{rng.choice('mf')},{rng.choice((215, 227))},{day}")
    return "\n".join(lines) + "\n"


def encoded(text, name):
    """The bytes as a program of that time would have written them."""
    if name.startswith("utf"):
        return text.encode(CODECS[name])
    if name in {"windows-1256", "mac-farsi"}:
        text = text.translate(_PERSIAN_AS_ARABIC)
    if name == "dos-864":
        text = _shaped(text.replace("إ", "ا"))
    # codecs of the Macintosh write plain signs in their right-to-left form, as no list has them
    return b"".join(each.encode("ascii" if each.isascii() else CODECS[name]) for each in text)


def _shaped(text):
    """Arabic letters in the shapes that DOS 864 has instead of letters."""
    shapes = {}
    for byte in range(128, 256):
        sign = bytes([byte]).decode("cp864", "ignore")
        shape, _space, letters = unicodedata.decomposition(sign).partition(" ") if sign else ("", "", "")
        if shape in {"<isolated>", "<final>", "<initial>", "<medial>"}:
            of = "".join(chr(int(each, 16)) for each in letters.split())
            shapes.setdefault(of, {})[shape] = sign
    found, place = "", 0
    while place < len(text):
        letter = text[place : place + 2] if text[place : place + 2] in shapes else text[place]
        place += len(letter)
        joins = place < len(text) and text[place].isalpha() and letter[-1] not in _ONE_SHAPE
        first = ("<initial>", "<medial>") if joins else ("<isolated>", "<final>")
        there = shapes.get(letter, {})
        found += next((there[shape] for shape in (*first, *there) if shape in there), letter)
    return found
