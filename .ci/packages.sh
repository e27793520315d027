# What ./quickstart and ./test share; bash reads it.

say() { printf '== %s\n' "$*"; }
is_root() { [ "$(id -u)" = 0 ]; }

jdk_is_there() {
    local version
    version=$(javac -version 2>/dev/null) || return 1
    version=${version#javac } && version=${version%%.*}
    [ "${version%%[!0-9]*}" -ge 17 ]
}

# Installs a JDK, Maven and the packages that are named, those of them that are missing.
install_packages() {
    local wanted=("$@") missing=() package
    jdk_is_there || wanted+=(default-jdk-headless)
    command -v mvn >/dev/null || wanted+=(maven)
    command -v dpkg-query >/dev/null || return 0
    for package in "${wanted[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! is_root; then
        say "missing packages, which root can install: ${missing[*]}"
        return 0
    fi
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q -y update
    apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
        install --no-install-recommends "${missing[@]}"
}
