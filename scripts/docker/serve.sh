#!/bin/sh
# The wheel and what serving needs, in /opt/ecomusee. Run in the folder that holds dist/.
set -eu
python3 -m venv /opt/ecomusee
/opt/ecomusee/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
    --requirement requirements/run.txt
/opt/ecomusee/bin/pip install --no-cache-dir --no-index --no-deps dist/*.whl
