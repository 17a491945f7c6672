"""The drawing of dominoes: from left to right, no two boxes on one another, no line through a box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.views.domino_drawing import ACROSS, DOWN, DRAWN, LETTERS, Drawing, draw, drawable, parts
from sayso.views.dominoes import Dominoes, Edge, Node
from sayso.views.paths import footing, forward

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda pair: pair[0] != pair[1]), max_size=30)


def graph(*pairs: str) -> Dominoes:
    """A graph in which each pair of letters is a link."""
    names = dict.fromkeys(name for pair in pairs for name in pair)
    nodes = tuple(Node(name, f"{name} " * 100, (name,), (), (), None, None, ("doc-1",), "") for name in names)
    edges = (Edge(f"{a}>{b}", a, b, "causes", (), False, False, ("x",), False, False, ()) for a, b in pairs)
    return Dominoes(nodes, tuple(edges), 0)


def drawn(whole: Dominoes) -> Drawing:
    return draw(whole, {edge.id: number for number, edge in enumerate(whole.edges, 1)})


def test_a_cause_stands_to_the_left_of_what_it_leads_to() -> None:
    at = {box.id: box.x // ACROSS for box in drawn(graph("ab", "bc", "ac")).boxes}
    assert at == {"a": 0, "b": 1, "c": 2}


def test_parts_that_nothing_joins_lie_below_one_another_the_largest_on_top() -> None:
    whole = graph("xy", "ab", "bc")
    assert [len(part.edges) for part in parts(whole)] == [2, 1]
    at = {box.id: (box.x, box.y) for box in drawn(whole).boxes}
    assert at["a"] == (0, 0) and at["x"] == (0, DOWN)


def test_a_line_that_passes_over_a_column_has_a_row_of_its_own_there() -> None:
    made = drawn(graph("ab", "bc", "ac"))
    long = next(line for line in made.lines if line.id == "a>c")
    middle = next(box for box in made.boxes if box.id == "b")
    level = int(long.path.split(" H")[0].rpartition(",")[2])
    assert not middle.y <= level <= middle.y + 62


def test_lines_into_one_box_end_apart_in_the_order_in_which_they_come() -> None:
    made = drawn(graph("ad", "bd", "cd"))
    ends = {line.id: line.y for line in made.lines}
    rows = {box.id: box.y for box in made.boxes}
    assert sorted(ends, key=ends.__getitem__) == sorted(ends, key=lambda id: rows[id[0]])
    assert len(set(ends.values())) == 3


def test_words_are_wrapped_at_their_borders_and_cut_openly() -> None:
    lines = drawn(graph("ab")).boxes[0].lines
    assert all(len(line) <= LETTERS for line in lines) and lines[-1].endswith("…")


@given(PAIRS)
def test_no_two_boxes_share_a_place_and_every_link_is_drawn_circles_too(pairs: list[tuple[int, int]]) -> None:
    whole = graph(*dict.fromkeys(chr(97 + a) + chr(97 + b) for a, b in pairs))
    made = drawn(whole)
    assert len({(box.x, box.y) for box in made.boxes}) == len(whole.nodes)
    assert {line.id for line in made.lines} == {edge.id for edge in whole.edges}
    assert all(box.x + 210 <= made.width and box.y + 62 <= made.height for box in made.boxes)


def test_of_a_very_large_graph_the_largest_parts_are_drawn() -> None:
    pairs = [("lone", "pair"), *((f"n{at}", f"n{at + 1}") for at in range(DRAWN))]
    made = drawable(graph(*pairs))  # type: ignore[arg-type]
    assert len(made.edges) == DRAWN and "lone" not in {node.id for node in made.nodes}


@given(PAIRS)
def test_what_falls_with_a_link_is_what_no_beginning_reaches_without_it(pairs: list[tuple[int, int]]) -> None:
    letters = [(chr(97 + a), chr(97 + b)) for a, b in dict.fromkeys(pairs)]
    whole = graph(*letters)  # type: ignore[arg-type]

    def reached(made: Dominoes, start: str) -> set[str]:
        return {start} | {edge.effect for edge in forward(made, start)}

    nodes = [node.id for node in whole.nodes]
    begins: list[str] = []  # one node of every circle or node that nothing else leads to: the one told first
    for node in nodes:
        over = [one for one in nodes if node in reached(whole, one)]
        if all(one in reached(whole, node) for one in over) and not any(node in reached(whole, b) for b in begins):
            begins.append(node)
    stands = footing(whole)
    for edge in whole.edges:
        less = Dominoes(whole.nodes, tuple(one for one in whole.edges if one is not edge), 0)
        held = set().union(*(reached(less, one) for one in begins))
        assert set(stands.falls(edge.id)) == set(nodes) - held
