"""The command line on a place, a target group or a pilot: the same cut as the reach page."""

from __future__ import annotations

import json

from tests.support.paths import EXAMPLE


def measured(run, *cut: str) -> dict:
    code, out, _ = run("measures", EXAMPLE, "--of", "network", "--json", *cut)
    assert code == 0
    return json.loads(out)


def test_a_place_a_group_and_a_pilot_name_the_same_partners(run) -> None:
    """Each place has one pilot in the example: by place, by its group and by its name come to the same figures."""
    place = measured(run, "--place", "Northcliff")
    assert place["partners"] < measured(run)["partners"]
    assert place == measured(run, "--target-group", "People living with long-term pain")
    assert place == measured(run, "--pilot", "Tidelines") == measured(run, "--pilot", "tidelines", "--place", "Northcliff")


def test_several_places_are_taken_together(run) -> None:
    """Two places have more partners than one."""
    both = measured(run, "--place", "Northcliff", "--place", "Saltmere")
    assert both["partners"] > measured(run, "--place", "Northcliff")["partners"]


def test_a_cut_that_is_not_there_or_empty_is_one_sentence(run) -> None:
    """An unknown place names those there are; a place and a group of another pilot match nothing."""
    code, _, error = run("measures", EXAMPLE, "--of", "network", "--place", "Atlantis")
    assert code == 2 and 'There is no pilot in the place "Atlantis"; choose among Northcliff; Saltmere' in error
    code, _, error = run("measures", EXAMPLE, "--of", "network", "--place", "Saltmere", "--pilot", "tidelines")
    assert code == 2 and error == "No pilot matches all of these: Saltmere, tidelines. Leave one of them out.\n"


def test_change_between_two_waves_can_be_asked_of_a_place(run) -> None:
    """Fewer pairs than in the whole programme, and every one among the partners of its pilot."""
    whole, cut = (
        json.loads(run("compare", EXAMPLE, "--from", "baseline", "--to", "end", "--json", *more)[1])
        for more in ((), ("--place", "Saltmere"))
    )
    assert 0 < len(cut["pairs"]) < len(whole["pairs"])
