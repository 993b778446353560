#!/bin/sh
# Python on a bare Debian, and a user without rights to run the program as.
set -eu
apt-get update
apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv
rm -rf /var/lib/apt/lists/*
useradd --create-home --uid 1000 ecomusee
