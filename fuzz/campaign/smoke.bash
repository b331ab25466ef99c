# smoke: replay first, then some seconds a target on both engines at once, then the summary.

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
        "$build/replay-$1/fuzz/atwire-replay-$target" "${inputs[@]}" >"$log" 2>&1 || status=$?
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
    "$(libfuzzer_program "$1")" -max_total_time="$seconds" -max_len=$input_max -len_control=0 -dict="$build/dictionary" \
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
    [ "$status" = 0 ] && [ "$afl_status" = 0 ] || smoke_finding "$1"
}

run_smoke() {
    local start=$SECONDS target compiler
    seconds=${seconds:-60}
    need_afl
    build_tools
    write_seeds
    write_dictionary
    for compiler in gcc clang; do
        build_replay "$compiler"
    done
    build_libfuzzer
    build_afl asan
    mkdir -p "$build/smoke"
    printf 'built (%d s)\n' $((SECONDS - start))
    apply_patches
    for compiler in gcc clang; do
        smoke_replay "$compiler"
    done
    for target in $(chosen_targets); do
        smoke_target "$target"
    done
    printf '%d s\n%d passed, %d failed\n' $((SECONDS - start)) "$smoke_passed" "$smoke_failed"
    [ "$smoke_failed" = 0 ]
}

run_replay() { # target file…
    local target=${1:-}
    [ $# -ge 2 ] || fail_usage "expected a target and files after replay"
    only_target=$target
    chosen_targets >/dev/null
    shift
    need_build
    build_replay gcc
    "$build/replay-gcc/fuzz/atwire-replay-$target" "$@"
}
