# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# minimise: of each corpus only what reaches something of its own, for both engines.

minimise_libfuzzer() { # target
    local folder=$work/corpus/$1 sources=()
    mapfile -t sources < <(printf '%s\n' "$folder" "$(seeds_of "$1")"; find "$work/afl/$1" -maxdepth 2 -name queue -type d 2>/dev/null)
    rm -rf "$folder.new"
    mkdir -p "$folder" "$folder.new"
    "$(libfuzzer_program "$1")" -merge=1 -max_len="$input_max" "$folder.new" "${sources[@]}" >"$work/logs/minimise-$1.log" 2>&1
    printf '%-11s %6d -> %d inputs\n' "$1" "$(find "$folder" -type f | wc -l)" "$(find "$folder.new" -type f | wc -l)"
    rm -rf "$folder"
    mv "$folder.new" "$folder"
}

# AFL++ goes on from the same inputs, minimised by its own notion of coverage.
minimise_afl() { # target
    local folder=$work/afl/$1
    [ -d "$folder" ] || return 0
    rm -rf "$folder.cmin"
    (export AFL_ALLOW_TMP=1 AFL_QUIET=1
        afl-cmin -m none -i "$work/corpus/$1" -o "$folder.cmin" -- "$(afl_program afl "$1")") >>"$work/logs/minimise-$1.log" 2>&1
    printf '%-11s AFL++: %d inputs\n' "$1" "$(find "$folder.cmin" -type f | wc -l)"
}

run_minimise() {
    local target
    need_afl
    build_tools
    write_seeds
    build_libfuzzer
    build_afl afl
    mkdir -p "$work/logs"
    for target in $(chosen_targets); do
        minimise_libfuzzer "$target"
        minimise_afl "$target"
    done
}
