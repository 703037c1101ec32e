#!/bin/sh
# For any CI that runs a script on Debian with hansa-sdk installed.
set -eu
cd "$(dirname "$0")"
make check
