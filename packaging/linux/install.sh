#!/bin/sh
# Installs Viewfinder for one user. The .run unpacks it beside shared.sh, uninstall.sh, release.sh and the
# payload, and starts it there.
#
# The program lies in PREFIX/opt/viewfinder, in a folder of its own for each installation; the link `current`
# leads to one of them. So an upgrade is one rename, and a program that runs keeps its files.
set -eu
umask 022
unset CDPATH # by it, `cd` would go elsewhere, and say so

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/linux/shared.sh
. "$here/shared.sh"
# What the build writes down: the program's version, the C library that it needs, the room that it takes.
version='' glibc='' kib=''
# shellcheck source=/dev/null
. "$here/release.sh"

prefix=
wants_uninstall=
is_alone=
work=
made=
older_runs=

usage() {
    cat << 'EOF'
Installs Viewfinder for one user, without rights: into ~/.local.

  --prefix DIR   into DIR instead: DIR/bin, DIR/opt, DIR/share
  --uninstall    take it away again; settings and conversations stay
EOF
}

read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --uninstall) wants_uninstall=yes ;;
            --prefix=*) prefix=${1#--prefix=} ;;
            --prefix)
                [ $# -gt 1 ] || fail "--prefix needs a folder."
                prefix=$2
                shift
                ;;
            *)
                usage >&2
                exit 2
                ;;
        esac
        shift
    done
}

# ── where ──

choose_places() {
    if [ -z "$prefix" ]; then
        [ "$(id -u)" -ne 0 ] ||
            fail "This installs for one user: start it as yourself, not as root. For all users there are the .deb and the .rpm."
        choose_own_places
    else
        case $prefix in /*) ;; *) prefix=${USER_PWD:-$PWD}/$prefix ;; esac
        while [ "${prefix%/}" != "$prefix" ]; do
            prefix=${prefix%/}
        done
        data=$prefix/share
    fi
    case $prefix$data in *'
'*) fail "A folder whose name has more than one line cannot be used." ;; esac
    home=$prefix/opt/viewfinder
    program=$prefix/bin/viewfinder
}

choose_own_places() {
    case ${HOME:-} in /*) ;; *) fail "HOME is not set: there is no folder to install into." ;; esac
    prefix=$HOME/.local
    # what is relative is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
    case ${XDG_DATA_HOME:-} in
        /*) data=$XDG_DATA_HOME ;;
        *) data=$HOME/.local/share ;;
    esac
}

# ── whether ──

require_machine() {
    [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
        fail "Viewfinder runs on 64-bit Linux (x86_64); this is $(uname -s) on $(uname -m)."
    has=$(getconf GNU_LIBC_VERSION 2> /dev/null | sed 's/^glibc //') || has=
    [ -n "$has" ] || fail "Viewfinder needs the GNU C library $glibc or newer; this system has another one."
    is_at_least "$has" "$glibc" ||
        fail "Viewfinder needs the GNU C library $glibc or newer; this system has $has, and is too old for it."
}

# Whether the version $1 is $2 or newer.
is_at_least() {
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t . -k 1,1n -k 2,2n | head -n 1)" = "$2" ]
}

require_room() {
    free=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
    case $free in '' | *[!0-9]*) return ;; esac # some file systems do not tell
    [ "$free" -ge "$kib" ] ||
        fail "There is too little room in $home: $((kib / 1024 + 1)) MB are needed, $((free / 1024)) MB are free."
}

require_own_program() {
    if is_another "$program"; then
        fail "$program is another program: remove it first, or install elsewhere with --prefix."
    fi
}

# ── what ──

# Make the folder $1 and what it lies in; write down which were not there.
make_folder() {
    if ! [ -d "$1" ]; then
        make_folder "$(dirname "$1")"
        mkdir "$1" || fail "$1 cannot be made."
        printf '%s\n' "$1" >> "$made"
    fi
}

begin() {
    made=$(mktemp)
    trap give_up EXIT
    trap 'exit 1' HUP INT TERM
    make_folder "$home"
    exec 9> "$home/lock"
    if command -v flock > /dev/null; then
        flock -n 9 || fail "Viewfinder is being installed already."
    fi
    is_alone=yes
    require_own_program
    for cut_off in "$home"/new.*; do
        drop_staged "$cut_off"
    done
    require_room
    work=$(mktemp -d "$home/new.XXXXXX")
}

# Leave what was there before, or nothing.
give_up() {
    say "Nothing was installed."
    if [ -n "$work" ]; then
        drop_staged "$work"
    fi
    if [ -n "$is_alone" ] && ! [ -L "$home/current" ]; then
        rm -rf "$home"
    fi
    remove_folders "$made"
    rm -f "$made"
}

# Remove what an installation that was not finished has written: in its folder $1, and beside the places.
drop_staged() {
    if [ -f "$1/files" ]; then
        while IFS= read -r file; do
            rm -f "$file.viewfinder-new"
        done < "$1/files"
    fi
    rm -rf "$1"
}

unpack() {
    say "Unpacking Viewfinder $version to $home"
    # GNU tar would read a colon in a path as a host, and a backslash after -C as an escape
    (cd "$work" && tar -xz --no-same-owner -f -) < "$here/payload.tar.gz" ||
        fail "Viewfinder could not be unpacked to $home."
    tree=$work/usr/lib/viewfinder
    complaint=$("$tree/viewfinder" --version 2>&1) ||
        fail "Viewfinder does not start on this system: $(printf '%s' "$complaint" | tail -n 1)"
}

# Have the menu start the program at its place: the entry on stdin names it without one.
# https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
placed() {
    program=$program awk '
        BEGIN {
            plain = quoted = ENVIRON["program"]
            gsub(/\\/, "&&", plain)
            gsub(/["`$\\]/, "\\\\&", quoted)
            gsub(/\\/, "&&", quoted)
            # GLib looks for the first word before it reads %% as %
            starter = gsub(/%/, "%%", quoted) ? "env " : ""
        }
        /^TryExec=/ { print "TryExec=" plain; next }
        /^Exec=viewfinder/ { print "Exec=" starter "\"" quoted "\"" substr($0, length("Exec=viewfinder") + 1); next }
        { print }
    '
}

# Write, beside their places, the files that lie outside the folder of the program.
stage() {
    entry=$work/usr/share/applications/viewfinder.desktop
    placed < "$entry" > "$work/entry"
    mv "$work/entry" "$entry"
    (cd "$work/usr/share" && find . -type f | sed 's|^\./||') > "$work/shared"
    make_folder "$prefix/bin"
    printf '%s\n' "$program" > "$work/files"
    # absolute: `bin` may be a link to elsewhere
    ln -sfn "$home/current/viewfinder" "$program.viewfinder-new"
    while IFS= read -r file; do
        printf '%s\n' "$data/$file" >> "$work/files"
        make_folder "$(dirname "$data/$file")"
        cp "$work/usr/share/$file" "$data/$file.viewfinder-new"
    done < "$work/shared"
}

# Let the new program be the one that starts; from there on nothing is undone.
put_in_place() {
    keep_lists
    tree=$home/app.${work##*.}
    mv "$work/usr/lib/viewfinder" "$tree"
    ln -sn "${tree##*/}" "$work/current"
    mv -fT "$work/current" "$home/current"
    trap - EXIT HUP INT TERM
    while IFS= read -r file; do
        mv -fT "$file.viewfinder-new" "$file"
    done < "$work/files"
}

# Write down what belongs to the installation, the older one's too: whatever happens now, all can be found.
keep_lists() {
    touch "$home/files" "$home/folders"
    cp "$home/files" "$work/older"
    sorted -u "$work/files" "$work/older" > "$work/all"
    sorted -u "$made" "$home/folders" > "$work/folders"
    ln -sn "$data" "$work/data"
    cp "$here/shared.sh" "$here/uninstall.sh" "$work"
    chmod 755 "$work/uninstall.sh"
    mv -fT "$work/all" "$home/files"
    for name in folders data shared.sh uninstall.sh; do
        mv -fT "$work/$name" "$home/$name"
    done
}

# Take away what only the older installation had, unless it runs.
tidy() {
    sorted "$work/files" > "$work/all"
    sorted "$work/older" | LC_ALL=C comm -13 "$work/all" - | while IFS= read -r file; do
        rm -f "$file"
    done
    mv -fT "$work/all" "$home/files"
    rm -rf "$work" "$made"
    for older in "$home"/app.*; do
        if [ "$older" = "$tree" ]; then
            continue
        elif runs "$older"; then
            older_runs=yes
        else
            rm -rf "$older"
        fi
    done
}

# Whether a program in the folder $1 runs.
runs() {
    readlink /proc/[0-9]*/exe 2> /dev/null | grep -qF "$(cd -P "$1" && pwd)/"
}

# ── said at the end ──

report() {
    announce "Viewfinder $version is installed. It is in the menu of applications."
    if [ -n "$older_runs" ]; then
        announce "Viewfinder is open: close it and start it again to have this one."
    fi
    case ":$PATH:" in
        *":$prefix/bin:"*) say "In a terminal: viewfinder" ;;
        *) say "In a terminal: $(typed "$program") ($prefix/bin is not in PATH)" ;;
    esac
    say "To uninstall it: $(typed "$home/uninstall.sh")"
    lacking=$(missing_libraries)
    if [ -n "$lacking" ]; then
        announce "Libraries are missing on this system; please install what holds $lacking."
    fi
}

# The libraries that the program takes from the system and that are not there, in one line.
missing_libraries() {
    find "$tree" -type f \( -name '*.so*' -o -name viewfinder \) -exec ldd {} + 2> /dev/null |
        sed -n 's/^[[:space:]]*\([^[:space:]]*\) => not found$/\1/p' | sort -u |
        while IFS= read -r name; do
            [ -n "$(find "$tree" -name "$name")" ] || printf '%s\n' "$name"
        done | paste -s -d ' ' -
}

uninstall() {
    [ -f "$home/uninstall.sh" ] || fail "Viewfinder is not installed in $prefix."
    exec sh "$home/uninstall.sh"
}

read_options "$@"
choose_places
if [ -n "$wants_uninstall" ]; then
    uninstall
fi
require_machine
begin
unpack
stage
put_in_place
tidy
refresh "$data"
report
