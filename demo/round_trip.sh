#!/usr/bin/env bash
# From comments to labels and back, on a real Label Studio that is started for it and stopped after it.
set -euo pipefail

step() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }

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
step builder report
step builder status
