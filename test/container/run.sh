#!/bin/sh
# Run the container's pytest in the base image, which has PyTorch where the machine may have none.
#
#   test/container/run.sh [pytest arguments]
#
# BYOC_BASE_IMAGE names another base. The tree is mounted read-only, so nothing is left in it; pytest is taken from the image
# or, where the image has none, fetched once into .cache/.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
image=${BYOC_BASE_IMAGE:-sagemaker-byoc-base:cpu}
packages=$root/.cache/pytest

if docker run --rm --network none --entrypoint python3 "$image" -c 'import pytest' 2>/dev/null; then
  packages=
elif [ ! -d "$packages/pytest" ]; then
  echo "fetching pytest into .cache/pytest" >&2
  rm -rf "$packages.tmp"
  python3 -m pip install --quiet --only-binary=:all: --python-version 3.12 --target "$packages.tmp" 'pytest>=8,<10'
  rm -rf "$packages" && mv "$packages.tmp" "$packages"
fi

# /small: a disk that is soon full. Tests write to /tmp of the container alone.
exec docker run --rm --network none --label byoc.test=container \
  --volume "$root:/repo:ro" ${packages:+--volume "$packages:/pytest:ro" --env PYTHONPATH=/pytest} \
  --tmpfs /small:size=64k --env PYTHONDONTWRITEBYTECODE=1 --env PYTHONUNBUFFERED=1 --env OMP_WAIT_POLICY=PASSIVE \
  --workdir /repo \
  --entrypoint python3 "$image" -m pytest -p no:cacheprovider -q test/container "$@"
