# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# speed: executions per second of every target, and as a share of an empty one's in the same run.

# Executions per second of processor time: other programs on the machine do not count.
measure_speed() { # target corpus
    local log=$build/speed/$1.log
    mkdir -p "$build/speed/out"
    rm -rf "$build/speed/out"/*
    (TIMEFORMAT='%U %S'
        time "$build/libfuzzer/fuzz/atwire-fuzz-$1" -max_total_time="$seconds" -max_len="$input_max" -len_control=0 \
            -reduce_inputs=0 -seed=1 "$build/speed/out" "$2" >"$log" 2>&1) 2>"$log.time" || true
    awk -v executions="$(libfuzzer_numbers "$log" | cut -d' ' -f1)" \
        '{ printf "%d\n", executions / ($1 + $2 > 0 ? $1 + $2 : 1) }' "$log.time"
}

run_speed() {
    local target speed empty
    seconds=${seconds:-10}
    need_clang
    build_tools
    write_seeds
    build_libfuzzer
    mkdir -p "$build/speed"
    minimise_seeds stream
    empty=$(measure_speed empty "$build/seeds-min/stream")
    printf '%-11s %9s executions per second of one core, inputs of up to %s octets\n' empty "$empty" "$input_max"
    for target in $(chosen_targets); do
        minimise_seeds "$target"
        speed=$(measure_speed "$target" "$build/seeds-min/$target")
        awk -v name="$target" -v speed="$speed" -v empty="$empty" \
            'BEGIN { printf "%-11s %9d  %.4f of empty\n", name, speed, speed / empty }'
    done
}
