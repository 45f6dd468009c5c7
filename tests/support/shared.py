"""Bodies of acts on what is shared."""

CARD = {
    "pass": "second",
    "detainee": "12?",
    "branch": "215",
    "examination": "",
    "date": "",
    "legible": "in part",
    "note": "",
    "box": [1, 2, 3, 4],
}


def statement(id_):
    return {
        "id": id_,
        "fact": "sex",
        "value": "male",
        "certainty": "probable",
        "kind": "examiner",
        "source": "",
        "detail": "",
    }


def made_individual(id_="one", photos=(), reason="same folder"):
    return {"id": id_, "photos": list(photos), "reason": reason, "statements": [statement(f"{id_}-sex")]}


DECISION = {"term": "neck.ligature_mark", "result": "present", "why": "seen again", "photos": ["a" * 64]}


EVALUATION = {"degree": "consistent", "alleged_by": "witness", "text": "Bruises of both arms."}


REDACTION = {"id": "r1", "shape": "polygon", "points": [[1, 2], [30, 2], [3, 40]], "purpose": "face"}


def saved_list(photos=()):
    return {"name": "n", "query": "q", "sorting": "", "details": "", "photos": list(photos)}
