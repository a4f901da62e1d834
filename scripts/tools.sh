# Finds and installs what emat runs on; read by ./emat and by the scripts beside it, not run by itself.
# shellcheck shell=bash

say() {
    printf 'emat: %s\n' "$*" >&2
}

# read_jdk FOLDER: sets jdk_version and jdk_major from its release file; fails where it is no JDK of 17 or newer.
read_jdk() {
    local line
    jdk_version='' jdk_major=0
    [[ -x $1/bin/javac && -r $1/release ]] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*) line=${line#*=} jdk_version=${line//\"/} ;;
        esac
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    [[ -n $jdk_major && $jdk_major -ge 17 ]]
}

# version_key 17.0.15: a text that sorts as the version does.
version_key() {
    local a b c
    IFS=.+-_ read -r a b c _ <<<"$1"
    printf -v key '%05d%05d%05d' "$((10#${a//[!0-9]/}0 / 10))" "$((10#${b//[!0-9]/}0 / 10))" \
        "$((10#${c//[!0-9]/}0 / 10))"
}

# find_jdk newest|default: sets jdk, jdk_version and jdk_major. JAVA_HOME wins where it is new enough; "default"
# then asks the PATH before it looks for the newest.
find_jdk() {
    local folder key best=''
    jdk=''
    if [[ -n ${JAVA_HOME:-} ]] && read_jdk "$JAVA_HOME"; then
        jdk=$JAVA_HOME
        return
    fi
    if [[ $1 == default ]] && folder=$(command -v javac); then
        folder=$(readlink -f "$folder")
        folder=${folder%/bin/javac}
        if read_jdk "$folder"; then
            jdk=$folder
            return
        fi
    fi
    for folder in /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/*; do
        read_jdk "$folder" || continue
        version_key "$jdk_version"
        if [[ $key > $best ]]; then
            best=$key jdk=$folder
        fi
    done
    [[ -n $jdk ]] && read_jdk "$jdk"
}

# install PACKAGE...: through apt-get where that is allowed and possible; else prints the command and exits with 2.
install() {
    local as_root=() package log
    if [[ $(id -u) -ne 0 ]]; then
        as_root=(sudo)
    fi
    local command="${as_root[*]:+${as_root[*]} }apt-get install -y --no-install-recommends $*"
    if [[ ${EMAT_NO_INSTALL:-} == 1 ]] || ! command -v apt-get >/dev/null \
        || { [[ ${#as_root[@]} -gt 0 ]] && ! sudo -n true 2>/dev/null; }; then
        say "missing: $*. Install with: $command"
        exit 2
    fi
    for package in "$@"; do
        say "installing $package with apt-get"
    done
    log=$(mktemp)
    # Old package lists name files that the mirror no longer has. Lists that cannot be fetched may still do.
    { ${as_root[@]+"${as_root[@]}"} apt-get update -qq || true; } </dev/null >"$log" 2>&1
    apt_install "$@" >>"$log" 2>&1 \
        || {
            tail -n 15 "$log" >&2
            rm -f "$log"
            say "could not install $*. By hand: $command"
            exit 2
        }
    rm -f "$log"
    hash -r
}

apt_install() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# need COMMAND=PACKAGE...: installs the packages whose commands are missing.
need() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    [[ ${#missing[@]} -eq 0 ]] || install "${missing[@]}"
}

# need_java newest|default: a JDK.
need_java() {
    find_jdk "$1" && return
    install openjdk-17-jdk-headless
    find_jdk "$1" || {
        say "found no JDK of 17 or newer; set JAVA_HOME to one"
        exit 2
    }
}

# need_maven: Maven, told to use the JDK that was found.
need_maven() {
    need mvn=maven
    export JAVA_HOME=$jdk
    # Maven's own libraries make a newer JDK warn.
    if [[ $jdk_major -ge 23 ]]; then
        export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
    fi
}

# need_simulator: Verilator and the C++ tools it drives; ccache only makes it faster, so it may be missing.
need_simulator() {
    local version
    need verilator=verilator g++=g++ make=make
    [[ ${EMAT_NO_INSTALL:-} == 1 ]] || need ccache=ccache
    # Waves in FST form are written through zlib, whose header comes with no package above.
    if command -v dpkg >/dev/null && [[ ! -e /usr/include/zlib.h ]]; then
        install zlib1g-dev
    fi
    read -r _ version _ < <(verilator --version) || true
    if [[ ! ${version:-} =~ ^([0-9]+)\.([0-9]+) ]] \
        || ((BASH_REMATCH[1] * 1000 + 10#${BASH_REMATCH[2]} < 5006)); then
        say "Verilator 5.006 or newer is needed, and this one is ${version:-unknown};" \
            "see https://verilator.org/guide/latest/install.html"
        exit 2
    fi
}
