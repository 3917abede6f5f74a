#!/bin/sh
# Takes away what install.sh laid down for one user, and nothing else. It lies in the folder that it removes.
set -eu
unset CDPATH # by it, `cd` would go elsewhere, and say so
: "${HOME:=~}"

home=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source=packaging/linux/shared.sh
. "$home/shared.sh"

# Remove the file $1, unless the user has put another program there; and what came of a cut-off installation.
remove_own() {
    case $1 in */bin/viewfinder) ! is_another "$1" || return 0 ;; esac
    rm -f "$1" "$1.viewfinder-new" || say "$1 could not be removed."
}

remove() {
    while IFS= read -r file; do
        remove_own "$file"
    done < "$home/files"
    data=$(readlink "$home/data")
    refresh "$data"
    drop_empty_cache "$data"
    folders=$(mktemp)
    cp "$home/folders" "$folders"
    rm -rf "$home"
    remove_folders "$folders"
    rm -f "$folders"
}

# In one piece, since a shell reads a script as it goes, and this one goes away.
main() {
    remove
    announce "Viewfinder is uninstalled."
    say "What is yours stays: settings, conversations and logs in ${XDG_CONFIG_HOME:-$HOME/.config}/viewfinder, \
${XDG_DATA_HOME:-$HOME/.local/share}/viewfinder and ${XDG_STATE_HOME:-$HOME/.local/state}/viewfinder, \
API keys in the system's keyring."
    exit 0
}

main
