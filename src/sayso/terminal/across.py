"""What a terminal shows of what was found across documents: claims, one claim with its tree, and reuse."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from sayso.errors import UsageError
from sayso.records import ClaimCluster, ReuseLink
from sayso.store import CaseFile
from sayso.terminal import choose, clean
from sayso.views.claims import ClaimPage, ClaimRow, Node, Only, OriginRow, claim_page, claims
from sayso.views.dates import day
from sayso.views.reuse import Aligned, Side, aligned, reuse_rows

NONE = "The case holds no such claims. `sayso trace` finds them when it has read several texts."
CURIOUS = 60  # characters of a text's own words kept either side of a shared run


def show_claims(case: CaseFile, only: str | None, console: Console) -> None:
    """Print the list of claims, or of those of one sort, most told first."""
    rows = claims(case, Only(only) if only else None)
    for row in rows:
        console.print(_listed(row))
    console.print(f"\nTo see one: sayso claim CASE {rows[0].id[:14]}" if rows else NONE)


def show_claim(case: CaseFile, id: str, console: Console) -> None:
    """Print one claim by its id, the beginning of it, or a statement's. Raises UsageError where there is none."""
    page = claim_page(case, _claim(case, id))
    console.print(Text(f"“{clean(page.row.words)}”", "bold"))
    console.print(Text(f"{page.row.label} ({page.row.origins}); {page.reason}", "dim"))
    console.print()
    for one in page.wordings:
        console.print(Text(f"{_day(one.published):<18} {clean(one.chain)}", "dim"))
        console.print(Text(f"    “{clean(one.words)}”"))
    for origin in page.origins:
        console.print()
        console.print(_tree(origin))
    _rest(page, console)


def show_reuse(case: CaseFile, docs: tuple[str | None, str | None], console: Console) -> None:
    """Print all reuse, that around one document, or two texts aligned. Raises UsageError where two share nothing."""
    left, right = (choose(case, doc).id if doc else None for doc in docs)
    if left and right:
        _aligned(aligned(case, _between(case, left, right)), console)
        return
    rows = reuse_rows(case, left)
    for row in rows:
        way = "has from" if row.directed else "shares with"
        how = ("credited" if row.credited else "not credited") if row.directed else "direction unknown"
        text = Text()
        text.append(clean(f"{row.left[2]}: {row.left[1]}"), "bold")
        text.append(f"\n    {way} {clean(f'{row.right[2]}: {row.right[1]}')}")
        runs = f"{row.passages} run" + "s" * (row.passages != 1)
        text.append(f"  {row.characters} characters in {runs}, {row.kind}, {how}", "dim")
        text.append(f"\n    {clean(row.reason)}", "dim")
        text.append(f"\n    sayso reuse CASE {row.left[0][4:12]} {row.right[0][4:12]}", "dim")
        console.print(text)
    if not rows:
        console.print("No text holds words of another.")


def _claim(case: CaseFile, id: str) -> ClaimCluster:
    whole = id if "-" in id else f"claim-{id}"
    found = case.find(case.whole_id(whole))
    if isinstance(found, ClaimCluster):
        return found
    holding = list(case.about(ClaimCluster, case.whole_id(id)))
    if not holding:
        raise UsageError(f"{case.name} holds no claim {id!r}. `sayso claims CASE` lists them with their ids.")
    return holding[0]


def _between(case: CaseFile, left: str, right: str) -> ReuseLink:
    for link in case.of(ReuseLink, left):
        if {link.left, link.right} == {left, right}:
            return link
    raise UsageError("These two texts share no words beyond phrases. `sayso reuse CASE` lists those that do.")


def _listed(row: ClaimRow) -> Text:
    text = Text()
    text.append(f"“{clean(row.words)}”", "bold")
    told = f"{row.statements} statements in {row.documents} texts of {row.publishers} publishers"
    text.append(f"\n    {told}: {row.label}" + (f" ({row.origins})" if row.origins > 1 else ""))
    notes = [f"contradicted {'once' if row.contested == 1 else f'{row.contested} times'}"] * bool(row.contested)
    notes += ["an origin that is not named"] * bool(row.unnamed) + ["an interested origin"] * bool(row.interested)
    text.append("".join(f", {note}" for note in (*notes, *row.patterns)), "dark_orange3")
    days = dict.fromkeys(_day(value) for value in (row.first, row.last))
    text.append(f"\n    {' to '.join(days)}  {row.id[:14]}", "dim")
    return text


def _tree(origin: OriginRow) -> Tree:
    label = Text()
    label.append(clean(origin.name) or "nobody named", "bold")
    label.append(f" ({origin.kind}{'' if origin.named else ', not named'})")
    for interest in origin.interests:
        label.append(f"\ninterested: {clean(interest)}", "dark_orange3")
    label.append(f"\n{clean(origin.reason)}" if origin.reason else "", "dim")
    tree = Tree(label)
    for node in origin.tree:
        _hang(tree, node)
    return tree


def _hang(tree: Tree, node: Node) -> None:
    text = Text()
    text.append(f"{node.edge}: ", "dim")
    text.append(clean(f"{node.publisher or 'publisher unknown'}: {node.title}"))
    text.append(f"  {_day(node.published)}", "dim")
    text.append(f"\n“{clean(node.evidence)}”" if node.evidence else "", "dim")
    branch = tree.add(text)
    for below in node.below:
        _hang(branch, below)


def _rest(page: ClaimPage, console: Console) -> None:
    for pattern in page.patterns:
        console.print(Text(f"\n{pattern.kind}", "bold dark_orange3"))
        console.print(Text(clean(pattern.reason), "dim"))
        for name, words, note in pattern.steps:
            console.print(Text(f"    {clean(name)}: {clean(note)}" + (f" “{clean(words)}”" if words else "")))
    for one in page.against:
        console.print(Text(f"\n{one.kind} by {clean(one.other.chain)}", "bold"))
        console.print(Text(f"    “{clean(one.ours)}” against “{clean(one.theirs)}”"))
        console.print(Text(f"    “{clean(one.other.words)}”", "dim"))


def _aligned(pair: Aligned, console: Console) -> None:
    way = f"has {pair.shared} characters from" if pair.directed else f"shares {pair.shared} characters with"
    credit = "credited" if pair.credited else "not credited"
    left, right = (f"{one.publisher}, “{one.title}”" for one in (pair.left, pair.right))
    console.print(Text(f"{clean(left)} {way} {clean(right)}", "bold"))
    console.print(Text(f"{pair.kind}, {credit if pair.directed else 'direction unknown'}; {clean(pair.reason)}", "dim"))
    for side in (pair.left, pair.right):
        console.print()
        console.print(Text(clean(f"{side.publisher}: {side.title}  {_day(side.published)}"), "bold"))
        console.print(_runs(side))


def _runs(side: Side) -> Text:
    text = Text()
    for run in side.runs:
        if run.passage is None:
            words = run.text
            if len(words) > 2 * CURIOUS:
                words = f"{words[:CURIOUS]} [...] {words[-CURIOUS:]}"
            text.append(clean(words), "dim")
        else:
            text.append(f"[{run.passage}: ", "bold")
            text.append(clean(run.text), "chartreuse4" if run.credited else "dark_orange3")
            text.append("]", "bold")
    return text


def _day(value: str) -> str:
    return day(value[:10]) if value else "date unknown"
