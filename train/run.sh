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

if [ "${1:-}" = --open ]; then
    "$BIN/python" -m train.open --data "$DATA/data" --out "$RUN/data"
    "$BIN/python" -m train.train --data "$RUN/data" --base "$BASE" --out "$RUN" --epochs 4 --open > "$RUN/log.txt"
else
    "$BIN/python" -m train.train --data "$ANNOTATED" --base "$BASE" --out "$RUN" --epochs 4 > "$RUN/log.txt"
fi
"$BIN/python" -m train.mean "$RUN/epoch3.pt" "$RUN/epoch4.pt" "$RUN/mean.pt"
"$BIN/python" -m train.export "$RUN/mean.pt" --base "$BASE" --out "$MODEL"

measure() { # file, guideline, further options of train.fit
    "$BIN/python" -m train.evaluate "$MODEL" --base "$BASE" --input "$ANNOTATED/$1.dev.jsonl" --rule "$2" --out "$RUN/$2.jsonl"
    "$BIN/python" -m train.fit "$ANNOTATED/$1.dev.jsonl" "$RUN/$2.jsonl" --base "$BASE" --scorer "$SCORER" $3 > "$RUN/$2.txt"
}
measure polnear outer --outermost
measure gum clausal ""
"$BIN/python" -m train.card "$MODEL" --data "$ANNOTATED" --base "$BASE" \
    --fit "outer=$RUN/outer.txt" "clausal=$RUN/clausal.txt" --log "$RUN/log.txt"
"$BIN/python" -m train.style --data "$ANNOTATED" --more "$ANNOTATED/riqua.train.jsonl=other" \
    "$DATA/data/crossdoc/wikinews_base.jsonl=news" "$DATA/data/places/geo_trnews.jsonl=news" \
    "$DATA/data/times/time_timebank.jsonl=news" > "$RUN/style.json"
"$BIN/python" -m train.weigh "$MODEL" --data "$ANNOTATED" --style "$RUN/style.json" --scorer "$SCORER"
