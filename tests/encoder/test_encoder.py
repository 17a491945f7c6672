from pathlib import Path

import numpy as np
import pytest

from sayso.encoder.encoder import WIDTH, SentenceEncoder, load
from sayso.errors import ModelError


def test_wordings_of_one_thing_lie_closer_than_other_things() -> None:
    a, b, c = load().encode(
        [
            "Two crewmen of the barge died at Lunn.",
            "At Lunn the barge accident cost two sailors their lives.",
            "The opposition wants a poll before Easter.",
        ]
    )
    assert a @ b > 0.6 > 0.3 > a @ c


def test_vectors_have_length_one_and_do_not_hang_on_their_neighbours() -> None:
    texts = ["The gates opened.", "", "Nobody wound anything, the keeper insisted. " * 80, "\ud800 lone \U0001f600"]
    together = load().encode(texts)
    assert together.shape == (4, WIDTH)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(load().encode([text])[0], vector)


def test_no_texts_give_no_vectors() -> None:
    assert load().encode([]).shape == (0, WIDTH)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"encoder\.onnx.* missing.*Install"):
        SentenceEncoder.load(tmp_path)
