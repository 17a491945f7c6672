"""The dominoes as GraphML and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as xml

import networkx

from sayso.export import export_case
from sayso.store import CaseFile
from tests import factory as f


def case(text: str = "The raid led to a strike.") -> CaseFile:
    one = f.document(text, publisher="Talpress")
    said = f.statement(one, text)
    return f.filed((one, [said, f.causal_link(said, f.span(one, "The raid"), f.span(one, "a strike"))]))


def test_graph_programs_read_it(tmp_path: Path) -> None:
    export_case(case(), "graphml", tmp_path / "out.graphml")
    graph = networkx.read_graphml(tmp_path / "out.graphml")
    assert {values["label"] for _, values in graph.nodes(data=True)} == {"The raid", "a strike"}
    ((_, _, values),) = graph.edges(data=True)
    assert (values["kind"], values["who"], values["denied"]) == ("causes", "Talpress (own voice)", False)


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    export_case(case("The raid\x00 led to a strike \ud800 at sea."), "graphml", tmp_path / "out.graphml")
    assert xml.parse(tmp_path / "out.graphml").getroot() is not None


def test_json_holds_claims_with_their_words_unless_left_out(tmp_path: Path) -> None:
    for text in (True, False):
        export_case(case(), "dominoes", tmp_path / "out.json", text=text)
        made = json.loads((tmp_path / "out.json").read_text("utf-8"))
        assert len(made["nodes"]) == 2
        assert ("words" in made["edges"][0]["claims"][0]) is text
