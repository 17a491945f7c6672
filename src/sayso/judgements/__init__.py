"""People's words on records: kept for good, found their place again after every new analysis, and obeyed by views."""

from sayso.judgements.anchors import Judged, anchor, place
from sayso.judgements.anchors import words_of as spans_of
from sayso.judgements.fields import FIELDS
from sayso.judgements.reviewed import Reviewed, Rulings
from sayso.judgements.standing import Ruling, standing
from sayso.judgements.words import Attached, judge, judged, judgement_id, latest, redo, undo

__all__ = [
    "FIELDS", "Attached", "Judged", "Reviewed", "Ruling", "Rulings", "anchor", "judge", "judged", "judgement_id",
    "latest", "place", "redo", "spans_of", "standing", "undo",
]  # fmt: skip
