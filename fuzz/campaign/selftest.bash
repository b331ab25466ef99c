# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# selftest: planted bugs. Each is a patch to a copy of the parser; the suites and the fuzz targets have to find every one.

planted_names() {
    if [ -n "$only_patch" ]; then
        [ -f "$here/planted/$only_patch.patch" ] || fail_usage "expected a planted bug (fuzz/planted), not $only_patch"
        printf '%s\n' "$only_patch"
    else
        find "$here/planted" -name '*.patch' -printf '%f\n' | sed 's/[.]patch$//' | LC_ALL=C sort
    fi
}

planted_header() { # name key
    sed -nE "s/^$2: //p" "$here/planted/$1.patch" | head -n 1
}

# A copy of the parser with the bug in it: $build/planted/NAME.
plant() { # name
    local copy=$build/planted/$1
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -R "$top/parser/src" "$top/parser/grammar" "$top/parser/include" "$copy/"
    # Exactly where it says, and compiling there: elsewhere it would be another bug, or none.
    patch --batch --forward --fuzz=0 -d "$copy" -p1 <"$here/planted/$1.patch" >"$copy/patch.log" 2>&1 &&
        gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -I "$copy/include" "$copy"/src/*.c >>"$copy/patch.log" 2>&1
}

# Every patch still applies: part of the gate.
apply_patches() {
    local name
    for name in $(planted_names); do
        if plant "$name"; then
            smoke_passed=$((smoke_passed + 1))
        else
            cat "$build/planted/$name/patch.log"
            smoke_result 1 "fuzz/planted/$name.patch does not apply any more; to make it anew: fuzz/run replant $name"
        fi
    done
    printf 'planted bugs: %d patches applied to a copy of the parser\n' "$smoke_passed"
}

# The builds of a planted bug share their folders: only the parser is compiled anew.
select_planted() { # name
    mkdir -p "$build/planted/current"
    rm -rf "$build/planted/current/src" "$build/planted/current/grammar"
    cp -R "$build/planted/$1/src" "$build/planted/$1/grammar" "$build/planted/current/"
    touch "$build/planted/current/src"/*.c
}

now_ms() { date +%s%3N; }

# Whether a run of the corpus has findings: exit 1, or a sanitizer's end. Anything else is not what was asked for.
conform_fails() { # argument…
    local status=0
    timeout 900 "$build/suites-planted/atwire" conform "$@" >"$build/planted/conform.log" 2>&1 || status=$?
    case $status in
        0) return 1 ;;
        1 | 13[0-9]) grep -qE '^(fail|crash): |ERROR: AddressSanitizer|runtime error:' "$build/planted/conform.log" ;;
        *) tail -n 5 "$build/planted/conform.log" >&2; exit 2 ;;
    esac
}

# Milliseconds until the corpus fails, or nothing: each case once, then cut in every way.
suites_find() {
    local start
    make_build suites-planted atwire gcc "-O1 -g $sanitizers" -DATWIRE_FUZZ_ENGINE=none \
        -DATWIRE_FUZZ_PARSER="$build/planted/current/src"
    start=$(now_ms)
    if conform_fails --uncut || conform_fails; then
        printf '%s' $(($(now_ms) - start))
    fi
}

# Milliseconds until the target fails, from nothing but the dictionary and the mutator; or nothing. What it fails on has to be good on
# the parser without the bug.
target_finds() { # target
    local folder=$build/planted/found start found inputs
    rm -rf "$folder"
    mkdir -p "$folder/corpus"
    start=$(now_ms)
    if ! "$build/libfuzzer-planted/fuzz/atwire-fuzz-$1" -max_total_time="$seconds" -max_len="$input_max" -len_control=0 \
        -dict="$build/dictionary" -artifact_prefix="$folder/" -seed=1 "$folder/corpus" >"$folder/log" 2>&1; then
        found=$(($(now_ms) - start))
        mapfile -t inputs < <(find "$folder" -maxdepth 1 -name '*-[0-9a-f]*')
        if [ ${#inputs[@]} = 0 ]; then
            tail -n 3 "$folder/log" >&2
            exit 2
        elif "$build/libfuzzer/fuzz/atwire-fuzz-$1" "${inputs[@]}" >"$folder/without.log" 2>&1; then
            printf '%s' "$found"
        else
            printf '%s fails without a planted bug, too: %s\n' "$1" "$(grep -m1 -E '^finding|ERROR' "$folder/without.log")" >&2
        fi
    fi
}

# The target that the patch names first, then the others.
fuzzing_finds() { # name
    local first target found
    first=$(planted_header "$1" Target)
    for target in "$first" $(printf '%s\n' "${all_targets[@]}" | grep -vx "$first\|transcript"); do
        build_libfuzzer planted "atwire-fuzz-$target"
        found=$(target_finds "$target")
        if [ -n "$found" ]; then
            printf '%s %s' "$target" "$found"
            return
        fi
    done
}

seconds_of() { # milliseconds
    awk -v ms="$1" 'BEGIN { printf "%.2f s", ms / 1000 }'
}

selftest_one() { # name
    local suite found target time=
    if ! plant "$1"; then
        cat "$build/planted/$1/patch.log"
        printf '%-18s DOES NOT APPLY to parser/src any more; to make it anew: fuzz/run replant %s\n' "$1" "$1"
        return 1
    fi
    [ -z "$apply_only" ] || { printf '%-18s applies\n' "$1"; return 0; }
    select_planted "$1"
    # A patch that makes something else of the parser than its bug would look like one that nothing finds.
    if ! suite=$(suites_find) || ! found=$(fuzzing_finds "$1"); then
        printf '%-18s DOES NOT BUILD OR RUN, see above\n' "$1"
        return 1
    fi
    read -r target time <<<"$found" || true
    local by_suites='NOT FOUND' by_fuzzing='NOT FOUND'
    [ -z "$suite" ] || by_suites=$(seconds_of "$suite")
    [ -z "${time:-}" ] || by_fuzzing="$target, $(seconds_of "$time")"
    printf '%-18s suites: %-10s fuzzing: %-22s %s\n' "$1" "$by_suites" "$by_fuzzing" "$(planted_header "$1" Bug)"
    [ -n "$suite" ] && [ -n "${time:-}" ]
}

run_selftest() {
    local name good=0 bad=0 start=$SECONDS
    seconds=${seconds:-120}
    mkdir -p "$build/planted"
    if [ -z "$apply_only" ]; then
        need_clang
        build_tools
        write_dictionary
        build_libfuzzer
    fi
    for name in $(planted_names); do
        if selftest_one "$name"; then good=$((good + 1)); else bad=$((bad + 1)); fi
    done
    printf '%d s; planted bugs found by both: %d, not: %d\n%d passed, %d failed\n' $((SECONDS - start)) $good $bad $good $bad
    [ "$bad" = 0 ]
}

# replant: the patch anew, for a parser that has changed. First a copy to edit, with what still applies of the old patch; then the patch
# made of it.
run_replant() { # name
    local name=${1:-} patch=$here/planted/${1:-}.patch edit=$build/replant/${1:-}
    [ -n "$name" ] || fail_usage 'expected the name of a planted bug after replant'
    if [ ! -d "$edit" ]; then
        mkdir -p "$edit"
        cp -R "$top/parser/src" "$edit/a"
        cp -R "$top/parser/src" "$edit/b"
        if [ -f "$patch" ]; then
            patch --batch --forward --fuzz=3 --no-backup-if-mismatch --reject-file="$edit/rejected" -d "$edit/b" -p2 <"$patch" || true
        else
            printf 'Bug: \nTarget: \n\n' >"$patch"
        fi
        printf 'Bug: %s\nedit %s/b (what did not apply: %s/rejected), then: fuzz/run replant %s\n' \
            "$(planted_header "$name" Bug)" "$edit" "$edit" "$name"
        return
    fi
    {
        printf 'Bug: %s\nTarget: %s\n\n' "$(planted_header "$name" Bug)" "$(planted_header "$name" Target)"
        (cd "$edit" && { diff -r -U2 a b || true; }) | sed -E '/^(diff|Only in) /d; s#^(---|[+]{3}) ([ab])/([^\t]*).*#\1 \2/src/\3#'
    } >"$edit/patch"
    mv "$edit/patch" "$patch"
    rm -rf "$edit"
    cat "$patch"
    printf 'now: fuzz/run selftest --only %s\n' "$name"
}
