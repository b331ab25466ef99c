# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# smoke: replay first, then some seconds a target on both engines at once, then the summary.
# check: the same for the gate, where a result must not depend on chance: a fixed number of executions from a fixed seed, libFuzzer only.

smoke_passed=0
smoke_failed=0

smoke_result() { # status what
    if [ "$1" = 0 ]; then
        smoke_passed=$((smoke_passed + 1))
    else
        smoke_failed=$((smoke_failed + 1))
        printf 'FAILED: %s\n' "$2"
    fi
}

# All inputs there are: the seeds, and what campaigns and findings left.
inputs_of() { # target
    seeds_of "$1"
    local folder
    for folder in "$work/corpus/$1" "$here/findings/$1"; do
        [ ! -d "$folder" ] || printf '\n%s' "$folder"
    done
}

smoke_replay() { # compiler
    local target log status start=$SECONDS
    for target in $(chosen_targets); do
        log=$build/smoke/replay-$1-$target.log status=0
        mapfile -t inputs < <(inputs_of "$target")
        "$(replay_folder "$1")/fuzz/atwire-replay-$target" "${inputs[@]}" >"$log" 2>&1 || status=$?
        [ "$status" = 0 ] || tail -n 30 "$log"
        smoke_result "$status" "replay, $1, $target"
    done
    printf 'replay with %s, ASan and UBSan: %s inputs a target (%d s)\n' "$1" \
        "$(sed -nE 's/^([0-9]+) inputs.*/\1/p' "$build/smoke/replay-$1-stream.log" 2>/dev/null || echo some)" $((SECONDS - start))
}

smoke_libfuzzer() { # target
    local folder=$build/smoke/$1
    rm -rf "$folder/libfuzzer"
    mkdir -p "$folder/libfuzzer"
    "$(libfuzzer_program "$1")" -max_total_time="$seconds" -max_len="$input_max" -len_control=0 -dict="$build/dictionary" \
        -artifact_prefix="$folder/finding-" -print_final_stats=1 "$folder/libfuzzer" "$build/seeds-min/$1" \
        >"$folder/libfuzzer.log" 2>&1
}

smoke_afl() { # target
    local folder=$build/smoke/$1
    rm -rf "$folder/afl"
    (afl_settings "$1"
        afl-fuzz -V "$seconds" -i "$build/seeds-min/$1" -o "$folder/afl" -x "$build/dictionary" -m none -t 2000+ \
            -- "$build/afl-asan/fuzz/atwire-fuzz-$1") >"$folder/afl.log" 2>&1 || return
    [ -z "$(find "$folder/afl/default/crashes" -name 'id:*' -print -quit 2>/dev/null)" ]
}

smoke_line() { # target
    local folder=$build/smoke/$1 executions speed edges rest
    read -r executions speed edges rest < <(libfuzzer_numbers "$folder/libfuzzer.log")
    printf '%-11s libFuzzer %9s executions %7s/s %5s edges   AFL++ %9s executions %7s/s %5s edges, stability %s %%\n' \
        "$1" "$executions" "$speed" "$edges" "$(afl_value "$folder/afl/default" execs_done)" \
        "$(afl_value "$folder/afl/default" execs_per_sec)" "$(afl_value "$folder/afl/default" edges_found)" \
        "$(afl_value "$folder/afl/default" stability)"
}

smoke_finding() { # target
    local input
    printf -- '--- %s found something\n' "$1"
    grep -hE -A3 '^finding:|ERROR: AddressSanitizer|runtime error:' "$build/smoke/$1"/*.log | head -n 20 || true
    for input in "$build/smoke/$1"/finding-* "$build/smoke/$1"/afl/default/crashes/id:*; do
        [ ! -e "$input" ] || printf 'reproduce: fuzz/run replay %s %q\n' "$1" "$input"
    done
}

smoke_target() { # target
    local status=0 afl_status=0 afl
    mkdir -p "$build/smoke/$1"
    rm -f "$build/smoke/$1"/finding-*
    minimise_seeds "$1"
    smoke_afl "$1" &
    afl=$!
    smoke_libfuzzer "$1" || status=$?
    wait "$afl" || afl_status=$?
    smoke_line "$1"
    smoke_result "$status" "libFuzzer, $1"
    smoke_result "$afl_status" "AFL++, $1"
    if [ "$status" != 0 ] || [ "$afl_status" != 0 ]; then
        smoke_finding "$1"
    fi
}

# The same executions each time: seeds in one order, one seed for the engine, and none of the addresses it compares in what it tries.
check_target() { # target
    local log=$build/smoke/check-$1.log status=0 executions speed edges rest
    find "$(seeds_of "$1")" -name '*.at' | LC_ALL=C sort | paste -s -d, >"$build/smoke/seeds-$1"
    rm -f "$build/smoke/check-$1-"*
    "$build/libfuzzer/fuzz/atwire-fuzz-$1" -seed=1 -runs="$runs" -use_cmp=0 -max_len="$input_max" -len_control=0 \
        -dict="$build/dictionary" -seed_inputs="@$build/smoke/seeds-$1" -artifact_prefix="$build/smoke/check-$1-" \
        >"$log" 2>&1 || status=$?
    read -r executions speed edges rest < <(libfuzzer_numbers "$log")
    printf '%-11s %8s executions from seed 1, %5s edges, %5s features\n' "$1" "$executions" "$edges" "${rest%% *}"
    smoke_result "$status" "libFuzzer, $1"
    [ "$status" = 0 ] || {
        grep -hE -A3 '^finding:|ERROR: |runtime error:' "$log" | head -n 20 || true
        printf 'reproduce: fuzz/run replay %s %q\n' "$1" "$build/smoke/check-$1-"*
    }
}

# The replay by both compilers' builds, and then each target in a way of the caller's.
test_targets() { # command
    local target compiler
    build_tools
    write_seeds
    write_dictionary
    for compiler in gcc clang; do
        build_replay "$compiler"
    done
    build_libfuzzer
    mkdir -p "$build/smoke" "$build/planted"
    printf 'built (%d s)\n' "$SECONDS"
    apply_patches
    for compiler in gcc clang; do
        smoke_replay "$compiler"
    done
    for target in $(chosen_targets); do
        "$1" "$target"
    done
    printf '%d s\n%d passed, %d failed\n' "$SECONDS" "$smoke_passed" "$smoke_failed"
    [ "$smoke_failed" = 0 ]
}

run_smoke() {
    seconds=${seconds:-60}
    need_afl
    build_afl asan
    test_targets smoke_target
}

run_check() {
    need_clang
    test_targets check_target
}

run_replay() { # target file…
    local target=${1:-}
    [ $# -ge 2 ] || fail_usage "expected a target and files after replay"
    only_target=$target
    chosen_targets >/dev/null
    shift
    need_build
    build_replay gcc
    "$(replay_folder gcc)/fuzz/atwire-replay-$target" "$@"
}
