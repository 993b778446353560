# Shared by the scripts beside it; sourced, never run. POSIX sh.

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 3
}

# Set PYTHON to an interpreter that the program supports.
fitting_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            PYTHON=$candidate
            return
        fi
    done
    fail "No Python 3.11, 3.12 or 3.13 on PATH. Install one, or name it: PYTHON=/path/to/python3.12 $0"
}

# Put Node 20 or newer first on PATH: the machine's own, or PyPI's build in .venv.
fitting_node() {
    if has_node; then
        return
    fi
    PATH=$PWD/.venv/bin:$PATH
    export PATH
    if has_node; then
        return
    fi
    say "Installing Node into .venv"
    pip_install --requirement requirements/node.txt
    has_node || fail "Node 20 or newer is missing. Install it, then start again."
}

has_node() {
    npm --version >/dev/null 2>&1 &&
        [ "$(node --print 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ]
}

# Install what the client, and the tracker within it, are built with; nothing where it stands.
client_packages() {
    fitting_node
    if ! cmp -s client/package-lock.json client/node_modules/package-lock.json; then
        say "Installing the client's packages"
        (cd client && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error) >&2
        cp client/package-lock.json client/node_modules/package-lock.json
    fi
}

# Install pinned packages into .venv: known hashes only, and wheels, which run no code
# meanwhile; forbiddenfruit, for the tests, exists as source alone.
pip_install() { # pip_install --requirement FILE...
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: --no-binary forbiddenfruit --no-build-isolation --use-pep517 "$@"
}

# Install Debian packages where that is allowed without asking; false where they stay missing.
install_debian() { # install_debian PACKAGE...
    command -v apt-get >/dev/null 2>&1 || return 1
    missing=
    for package in "$@"; do
        dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    say "Installing Debian packages:$missing"
    # shellcheck disable=SC2086  # words on purpose: a list of packages, a command
    {
        $as_root apt-get update --quiet --quiet &&
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install --yes --quiet --quiet --no-install-recommends $missing
    } >&2
}

# Debian's names of what no Python package brings: for posters, for sounds, films, voices and
# photographs of iPhones, and for the tests.
DEBIAN_RENDERING="libgl1 libegl1 libegl-mesa0 libgl1-mesa-dri libx11-6"
DEBIAN_MEDIA="ffmpeg espeak-ng libheif-examples"
DEBIAN_TESTS="chromium debootstrap dnsmasq-base iproute2 libheif-plugin-x265 libwebkit2gtk-4.1-0 poppler-utils strace udhcpc webkit2gtk-driver xvfb"
