#!/bin/sh
# What making a museum's files needs, beside serve.sh.
set -eu
. scripts/lib.sh
apt-get update
# shellcheck disable=SC2086  # a list of packages
apt-get install --yes --no-install-recommends $DEBIAN_RENDERING $DEBIAN_MEDIA
rm -rf /var/lib/apt/lists/*
/opt/ecomusee/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
    --requirement requirements/assets.txt
