"""What can be said of a photograph as a whole: its values, what they hide, and how keys set them."""

from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def described(key):
    found = VOCABULARY.description_question(key)
    assert found is not None
    return found


def test_the_stages_of_a_body_in_their_order():
    keys = [each.key for each in described("stage").choices]
    stages = ["fresh", "early", "advanced", "skeletal", "mummified", "adipocere", "charred", "parts"]
    assert keys == [*stages, "unknown"]


def test_a_stage_says_what_it_hides():
    everything = {"colour", "surface", "contour"}
    for hiding in ("advanced", "skeletal", "mummified", "adipocere", "charred", "parts"):
        assert VOCABULARY.hidden_by([("stage", (hiding,))]) == everything
    for showing in ("fresh", "early", "unknown"):
        assert not VOCABULARY.hidden_by([("stage", (showing,))])


def test_a_closed_bag_hides_the_body_and_an_open_one_does_not():
    assert VOCABULARY.hidden_by([("bagged", ("closed",)), ("dress", ("clothed",))]) >= {"surface"}
    assert not VOCABULARY.hidden_by([("bagged", ("yes",))])


def test_what_this_version_does_not_know_hides_nothing_and_is_its_own_name():
    assert not VOCABULARY.hidden_by([("aura", ("dim",)), ("stage", ("ancient",))])
    assert VOCABULARY.description_question("aura") is None
    assert described("stage").value_name("ancient") == "ancient"


def test_of_a_choice_one_value_stands_and_the_same_again_takes_it_away():
    stage = described("stage")
    assert stage.with_value(("fresh",), "early") == ("early",)
    assert stage.with_value(("early",), "early") == ()


def test_several_values_stand_in_the_order_of_the_list():
    insects = described("insects")
    assert insects.with_value(("larvae",), "eggs") == ("eggs", "larvae")
    assert insects.with_value(("eggs", "larvae"), "larvae") == ("eggs",)


def test_none_stands_beside_nothing():
    insects = described("insects")
    assert insects.with_value(("eggs", "larvae"), "none") == ("none",)
    assert insects.with_value(("none",), "eggs") == ("eggs",)


def test_no_question_offers_a_time_since_death():
    names = " ".join(f"{each.name} {choice.name}" for each in VOCABULARY.described for choice in each.choices)
    assert not {"hour", "hours", "day", "days", "week", "weeks"} & set(names.split())
