#!/bin/sh
# Fits the tagger: `make train`, or `make train-open` (--open). A stopped run goes on from its last checkpoint.
#   DATA  the folder with data/attribution, data/crossdoc and score/     BASE  model.safetensors and tokenizer.json
#   RUN   where checkpoints and the finished MODEL go                    BIN   the environment's bin
set -eu
ANNOTATED=$DATA/data/attribution SCORER=$DATA/score/score_attribution.py MODEL=$RUN/model
PYTHONPATH=src:. export PYTHONPATH
for file in "$BASE/model.safetensors" "$BASE/tokenizer.json" "$ANNOTATED/polnear.dev.jsonl" "$ANNOTATED/gum.dev.jsonl"; do
    [ -f "$file" ] || { echo "$file is not there; train/README.md says where to get it" >&2; exit 1; }
done
mkdir -p "$RUN" "$MODEL"

NEWS=$ANNOTATED/polnear.dev.jsonl CLAUSES=$ANNOTATED/gum.dev.jsonl TAUGHT=$ANNOTATED OPEN=
WIKINEWS=$DATA/data/crossdoc/wikinews_base.jsonl=news
if [ "${1:-}" = --open ]; then
    OPEN=--open TAUGHT=$RUN/data NEWS=$RUN/data/outer.fit.jsonl CLAUSES=$RUN/data/clausal.fit.jsonl
    "$BIN/python" -m train.open --data "$DATA/data" --out "$TAUGHT"
fi
"$BIN/python" -m train.train --data "$TAUGHT" --base "$BASE" --out "$RUN" --epochs 4 $OPEN > "$RUN/log.txt"
"$BIN/python" -m train.mean "$RUN/epoch3.pt" "$RUN/epoch4.pt" "$RUN/mean.pt"
"$BIN/python" -m train.export "$RUN/mean.pt" --base "$BASE" --out "$MODEL"

measure() { # file, guideline, further options of train.fit
    "$BIN/python" -m train.evaluate "$MODEL" --base "$BASE" --input "$1" --rule "$2" --out "$RUN/$2.jsonl"
    "$BIN/python" -m train.fit "$1" "$RUN/$2.jsonl" --base "$BASE" --scorer "$SCORER" $3 > "$RUN/$2.txt"
}
measure "$NEWS" outer --outermost
measure "$CLAUSES" clausal ""
"$BIN/python" -m train.card "$MODEL" --data "$TAUGHT" --base "$BASE" $OPEN \
    --fit "outer=$RUN/outer.txt" "clausal=$RUN/clausal.txt" --log "$RUN/log.txt"
if [ "$OPEN" ]; then
    "$BIN/python" -m train.style "$WIKINEWS" "$TAUGHT/clausal.jsonl=genre" > "$RUN/style.json"
else
    "$BIN/python" -m train.style --data "$ANNOTATED" "$ANNOTATED/riqua.train.jsonl=other" "$WIKINEWS" \
        "$DATA/data/places/geo_trnews.jsonl=news" "$DATA/data/times/time_timebank.jsonl=news" > "$RUN/style.json"
fi
"$BIN/python" -m train.weigh "$MODEL" "$NEWS" "$CLAUSES" --style "$RUN/style.json" --scorer "$SCORER"
