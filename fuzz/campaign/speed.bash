# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# speed: executions per second of every target with sanitizers: in libFuzzer, as a share of an empty target's in the same run, and alone,
# without the engine's own work.

# Executions per second of processor time: other programs on the machine do not count. The engine's start does not, either, nor writing
# what it finds.
measure_speed() { # target seeds
    local log=$build/speed/$1.log
    find "$2" -type f | LC_ALL=C sort | paste -s -d, >"$build/speed/seeds"
    processor_time "$log" "$build/libfuzzer/fuzz/atwire-fuzz-$1" -runs=1 -max_len="$input_max" -seed_inputs="@$build/speed/seeds"
    cp "$log.time" "$log.start"
    processor_time "$log" "$build/libfuzzer/fuzz/atwire-fuzz-$1" -max_total_time="$seconds" -max_len="$input_max" -len_control=0 \
        -print_funcs=0 -seed=1 -seed_inputs="@$build/speed/seeds"
    awk -v executions="$(libfuzzer_numbers "$log" | cut -d' ' -f1)" 'FNR == NR { start = $1 + $2; next }
        { spent = $1 + $2 - start; printf "%d\n", executions / (spent > 0 ? spent : 1) }' "$log.start" "$log.time"
}

processor_time() { # log command argument…
    local log=$1
    shift
    (TIMEFORMAT='%U %S'
        time "$@" >"$log" 2>&1) 2>"$log.time" || true
}

measure_alone() { # target seeds
    local inputs
    mapfile -t inputs < <(find "$2" -type f -size "-$((input_max + 1))c")
    "$build/libfuzzer/fuzz/atwire-fuzz-$1-alone" --seconds "$seconds" "${inputs[@]}" | sed -nE 's/^([0-9]+) executions.*/\1/p'
}

run_speed() {
    local target speed empty alone
    seconds=${seconds:-10}
    need_clang
    build_tools
    write_seeds
    build_libfuzzer
    mkdir -p "$build/speed"
    minimise_seeds stream
    empty=$(measure_speed empty "$build/seeds-min/stream")
    printf 'executions per second of one core, ASan and UBSan, inputs of up to %s octets\n' "$input_max"
    printf '%-11s libFuzzer %8d\n' empty "$empty"
    for target in $(chosen_targets); do
        minimise_seeds "$target"
        make_build libfuzzer "atwire-fuzz-$target-alone" clang "-O2 -g $sanitizers" -DATWIRE_FUZZ_ENGINE=libfuzzer
        speed=$(measure_speed "$target" "$build/seeds-min/$target")
        alone=$(measure_alone "$target" "$build/seeds-min/$target")
        awk -v name="$target" -v speed="$speed" -v empty="$empty" -v alone="$alone" \
            'BEGIN { printf "%-11s libFuzzer %8d  %.4f of empty   alone %8d\n", name, speed, speed / empty, alone }'
    done
}
