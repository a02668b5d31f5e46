#!/usr/bin/env bash
# From comments to labels and back, on a real Label Studio that is started for it and stopped after it; then a release,
# one more round of labels, and the next release. A second demo goes on where the first one ended.
set -euo pipefail

# Each command is told as a person would type it, then called.
step() {
  local word said=
  for word; do
    case $word in *[!A-Za-z0-9_.,/=-]* | '') said+=" '${word//\'/\'\\\'\'}'" ;; *) said+=" $word" ;; esac
  done
  printf '\n\033[1m$%s\033[0m\n' "$said"
  "$@"
}

trap 'step builder studio down' EXIT
step builder studio up
step builder push --config comment_hostility --round demo --sample 24 --seed 7 --stratify source,lang \
  --annotators ana,bo,chi --overlap 2 --gold 2 --repeat 2
printf '\nNobody labels here: ana, bo, chi and lea are simulated. Their answers are in demo/answers.json.\n'
step python -m demo.simulate label
step builder pull
step python -m demo.simulate edit
step builder pull
step builder merge
step builder agreement
step builder aggregate --label-set demo
step builder adjudicate push --round demo --annotators lea
step python -m demo.simulate settle
step builder adjudicate pull
step builder aggregate --label-set demo-settled --adjudicated
printf '\nTies in flag stay: only questions that must be answered are settled, unless others are named.\n'

last() { python -c 'import json; print(json.load(open("releases/releases.json"))["releases"][-1]["version"])'; }
builder key show > /dev/null 2>&1 || step builder key new
step builder release
first=$(last)
step builder verify "$first"
printf '\nOne more round: each comment goes to the one of the three who has not had it.\n'
step builder push --config comment_hostility --round more --sample 24 --seed 7 --stratify source,lang \
  --annotators ana,bo,chi --gold 2
step python -m demo.simulate label more
step builder pull
step builder merge
step builder aggregate --label-set more
step builder release --reason "Each comment went to the third annotator too"
step builder verify "$(last)"
step builder diff "$first" "$(last)"
step builder report
step builder status
