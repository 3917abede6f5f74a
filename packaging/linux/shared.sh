# What install.sh and uninstall.sh both do: speak, and let the desktop know. Both read this file.

# Say something to whoever watches: in the terminal, and on the screen where the file manager started this.
say() {
    printf 'viewfinder: %s\n' "$1" >&2
}

# The path $1 as it can be typed in a terminal.
typed() {
    case $1 in
        *[!A-Za-z0-9_./-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
        *) printf '%s' "$1" ;;
    esac
}

announce() {
    say "$1"
    if ! [ -t 1 ] && ! [ -t 2 ] && command -v notify-send > /dev/null; then
        notify-send --icon=viewfinder Viewfinder "$1" 2> /dev/null || true
    fi
}

fail() {
    announce "$1"
    exit 1
}

# By bytes, in any language.
sorted() {
    LC_ALL=C sort "$@"
}

# Whether something is at $1 that is not the link of an installation to its program.
is_another() {
    [ -e "$1" ] || [ -L "$1" ] || return 1
    case $(readlink "$1") in */opt/viewfinder/current/viewfinder) return 1 ;; esac
}

# Tell the desktop that menu entries or icons below the folder $1 have changed.
refresh() {
    if [ -d "$1/applications" ] && command -v update-desktop-database > /dev/null; then
        update-desktop-database -q "$1/applications" 2> /dev/null || true
    fi
    if [ -d "$1/icons/hicolor" ]; then
        touch "$1/icons/hicolor" 2> /dev/null || true
    fi
    # a cache hides icons that it does not know: where there is none, none is made
    if [ -f "$1/icons/hicolor/icon-theme.cache" ] && command -v gtk-update-icon-cache > /dev/null; then
        gtk-update-icon-cache -q -f -t "$1/icons/hicolor" 2> /dev/null || true
    fi
}

# Remove a cache of menu entries that has nothing left to say.
drop_empty_cache() {
    if [ -f "$1/applications/mimeinfo.cache" ] && ! grep -q = "$1/applications/mimeinfo.cache"; then
        rm -f "$1/applications/mimeinfo.cache"
    fi
}

# Remove the folders that the file $1 lists, the inner ones first, as far as they are empty.
remove_folders() {
    sorted -r "$1" | while IFS= read -r folder; do
        rmdir "$folder" 2> /dev/null || true
    done
}
