# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# nightly: a campaign. The targets take turns; in its slice a target has all cores, half of them for libFuzzer's fork mode, half for
# AFL++ (main, CmpLog, sanitizer instances); a single core serves both engines by turns. After a slice both corpora are one.
#
# Everything is below $work, so that a campaign that was killed goes on where it was:
#   corpus/TARGET  afl/TARGET  findings/TARGET  logs  progress.tsv  state (seconds done, slices done)  about.json
# The engines' processes get a signal from the kernel when this script is gone, however it went. SIGINT and SIGTERM end the campaign
# as its time does, summary and all, only sooner.

campaign_seconds=0
campaign_slices=0
slice_start=0 # tells one start of the engines from another
campaign_processes=()
stopping= # asked to by a signal

load_state() {
    mkdir -p "$work/logs"
    [ ! -f "$work/state" ] || read -r campaign_seconds campaign_slices <"$work/state"
    [ -f "$work/progress.tsv" ] || : >"$work/progress.tsv"
}

save_state() {
    printf '%d %d\n' "$campaign_seconds" "$campaign_slices" >"$work/state.new"
    mv "$work/state.new" "$work/state"
}

write_about() {
    [ -f "$work/about.json" ] || cat >"$work/about.json" <<END
{"start": "$(date -u +%Y-%m-%dT%H:%M:%SZ)", "commit": "$(commit_of)", "toolchain": "$(clang --version | head -n 1 |
        sed 's/ *(.*//'), $(afl-fuzz 2>&1 | sed -nE 's/.*(afl-fuzz[+0-9.a-z]+).*/\1/p' | head -n 1)", "cores": "$cores",
 "input_octets_max": $input_max, "planted": "${planted:-none}"}
END
}

start_libfuzzer() { # target cores seconds
    mkdir -p "$work/corpus/$1" "$work/findings/$1"
    setpriv --pdeathsig TERM "$(libfuzzer_program "$1")" -fork="$2" -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -max_total_time="$3" \
        -max_len="$input_max" -timeout=10 -dict="$build/dictionary" -artifact_prefix="$work/findings/$1/" \
        "$work/corpus/$1" "$build/seeds-min/$1" >"$work/logs/libfuzzer-$1.log" 2>&1 9>&- &
    campaign_processes+=($!)
}

start_afl_instance() { # target seconds name program argument…
    local target=$1 limit=$2 name=$3 program=$4
    shift 4
    mkdir -p "$work/afl/$target"
    (afl_settings "$target"
        exec setpriv --pdeathsig TERM afl-fuzz -V "$limit" -i "$build/seeds-min/$target" -o "$work/afl/$target" -x "$build/dictionary" -m none \
            -t 2000+ "$@" -- "$program") >"$work/logs/afl-$target-$name.log" 2>&1 9>&- &
    campaign_processes+=($!)
}

# The first instance is the main one, which also reads libFuzzer's corpus. With a single core for AFL++ it has sanitizers in one round
# and CmpLog in the next.
start_afl() { # target cores seconds
    local target=$1 count=$2 limit=$3 number
    local cmplog=(-c "$(afl_program cmplog "$target")" -l 2)
    local foreign=(-F "$work/corpus/$target")
    mkdir -p "$work/corpus/$target"
    if [ "$count" = 1 ] && [ $((campaign_slices / ${#campaign_targets[@]} % 2)) = 1 ]; then
        start_afl_instance "$target" "$limit" main "$(afl_program afl "$target")" -M main "${foreign[@]}" "${cmplog[@]}"
        return
    fi
    start_afl_instance "$target" "$limit" main "$(afl_program asan "$target")" -M main "${foreign[@]}"
    [ "$count" -lt 2 ] || start_afl_instance "$target" "$limit" cmplog "$(afl_program afl "$target")" -S cmplog "${cmplog[@]}"
    for ((number = 3; number <= count; number++)); do
        start_afl_instance "$target" "$limit" "plain$number" "$(afl_program afl "$target")" -S "plain$number"
    done
}

# Edges, features and inputs of the corpus so far: fork mode's own numbers are not of one program.
corpus_reaches() { # target
    timeout 60 "$(libfuzzer_program "$1")" -runs=0 -max_len="$input_max" "$work/corpus/$1" "$build/seeds-min/$1" 2>&1 9>&- |
        sed -nE 's/.*DONE +cov: ([0-9]+) ft: ([0-9]+) corp: ([0-9]+).*/\1 \2 \3/p'
}

log_libfuzzer() { # target
    local executions speed edges features corpus findings
    [ -f "$work/logs/libfuzzer-$1.log" ] || return 0
    read -r executions speed _ < <(libfuzzer_numbers "$work/logs/libfuzzer-$1.log")
    read -r edges features corpus < <(corpus_reaches "$1" || true; echo - - -)
    findings=$(find "$work/findings/$1" -type f | wc -l)
    printf '%d\t%d\t%s\tlibfuzzer\t%d\t%d\t%s\t%s\t%s\t%d\t-\n' "$campaign_seconds" "$slice_start" "$1" "$executions" \
        "$speed" "$edges" "$features" "$corpus" "$findings" >>"$work/progress.tsv"
    printf '%6d s  %-11s libFuzzer  %8d/s  %5s edges  %5s inputs  %d findings\n' "$campaign_seconds" "$1" "$speed" "$edges" \
        "$corpus" "$findings"
}

log_afl() { # target
    local folder=$work/afl/$1/main
    [ -f "$folder/fuzzer_stats" ] || return 0
    local values=() key
    for key in execs_done execs_per_sec edges_found corpus_count stability; do
        values+=("$(afl_value "$folder" $key)")
    done
    # Not saved_crashes: it begins anew when an instance goes on, and stands for one instance.
    values+=("$(afl_crashes "$1" | wc -l)")
    printf '%d\t%d\t%s\tafl\t%s\t%s\t%s\t-\t%s\t%s\t%s\n' "$campaign_seconds" "$slice_start" "$1" "${values[@]:0:4}" \
        "${values[5]}" "${values[4]}" | sed 's/\t\t/\t-\t/g; s/\t$/\t-/' >>"$work/progress.tsv"
    printf '%6d s  %-11s AFL++      %8s/s  %5s edges  %5s inputs  %s findings, stability %s %%\n' "$campaign_seconds" "$1" \
        "${values[1]}" "${values[2]}" "${values[3]}" "${values[5]}" "${values[4]}"
}

# AFL++ may end and leave what it fuzzed, stopped between two executions and holding the lock of its folder: the next start would fail.
end_left_over() { # target
    local pid
    for pid in $(find /proc/[0-9]*/fd -lname "$work/afl/$1/*" 2>/dev/null | cut -d/ -f3 | sort -u); do
        [[ $(readlink "/proc/$pid/exe") != "$build"/afl-*/fuzz/* ]] || kill -KILL "$pid" 2>/dev/null || true
    done
}

# Whatever keeps AFL++ from running must not look like a campaign that finds nothing.
say_aborted() { # target
    local log
    for log in "$work/logs/afl-$1-"*.log; do
        ! grep -qs 'PROGRAM ABORT' "$log" || printf 'AFL++ did not run, see %s\n' "$log"
    done
}

running() {
    local pid
    for pid in "${campaign_processes[@]}"; do
        ! kill -0 "$pid" 2>/dev/null || return 0
    done
    return 1
}

# Wait for the slice's end, and write a line a minute.
watch_slice() { # target seconds engines
    local start=$SECONDS before=$campaign_seconds next=60
    while running && [ -z "$stopping" ] && [ $((SECONDS - start)) -lt $(($2 + 30)) ]; do
        sleep 1
        if [ $((SECONDS - start)) -ge $next ] && [ $next -lt "$2" ]; then
            campaign_seconds=$((before + next))
            next=$((next + 60))
            log_slice "$1" "$3"
            save_state
        fi
    done
    stop_processes "${campaign_processes[@]}"
    campaign_processes=()
    end_left_over "$1"
    campaign_seconds=$((before + SECONDS - start))
    log_slice "$1" "$3"
}

log_slice() { # target engines
    case $2 in *libfuzzer*) log_libfuzzer "$1" ;; esac
    case $2 in *afl*) log_afl "$1" ;; esac
}

# What AFL++ found goes to libFuzzer's corpus, as far as it is new there; the other way is AFL++'s own. A signal ends it, too.
exchange() { # target
    local queues=()
    mapfile -t queues < <(find "$work/afl/$1" -maxdepth 2 -name queue -type d 2>/dev/null)
    [ ${#queues[@]} != 0 ] || return 0
    setpriv --pdeathsig TERM timeout 120 "$(libfuzzer_program "$1")" -merge=1 -max_len="$input_max" "$work/corpus/$1" \
        "${queues[@]}" >"$work/logs/merge-$1.log" 2>&1 9>&- &
    campaign_processes=($!)
    wait "${campaign_processes[@]}" || true
    stop_processes "${campaign_processes[@]}"
    campaign_processes=()
}

# Every target has two turns at least, so that a single core for AFL++ serves both its instances; none longer than five minutes.
slice_of() { # seconds targets
    local rounds=$((($1 + 300 * $2 - 1) / (300 * $2)))
    rounds=$((rounds > 2 ? rounds : 2))
    printf '%d' $((($1 + rounds * $2 - 1) / (rounds * $2)))
}

# An empty input that the target plays well is of a job that ended outside the target: stopped, or failed in the mutator or the engine.
# Fork mode's log has an error then, which stands in the input's place.
sort_out_empty() { # target
    local file log=$work/logs/libfuzzer-$1.log
    while read -r file; do
        ! "$(libfuzzer_program "$1")" "$file" >/dev/null 2>&1 9>&- || rm -f "$file"
        [ -e "$file" ] || ! grep -hE 'ERROR: |runtime error: ' "$log" >"$work/logs/fuzzer-failed" ||
            mv "$work/logs/fuzzer-failed" "$work/findings/$1/fuzzer-failed-$slice_start"
    done < <(find "$work/findings/$1" -type f -size 0 2>/dev/null)
}

run_slice() { # target seconds
    local half=$((cores / 2)) engines='libfuzzer afl'
    if [ "$cores" = 1 ]; then
        engines=$([ $(((campaign_slices / ${#campaign_targets[@]} + campaign_slices) % 2)) = 0 ] && echo libfuzzer || echo afl)
    fi
    rm -f "$work/logs/libfuzzer-$1.log" "$work/logs/afl-$1-"*.log
    end_left_over "$1" # of a campaign that was killed
    slice_start=$(date +%s)
    case $engines in *libfuzzer*) start_libfuzzer "$1" $((cores > 1 ? cores - half : 1)) "$2" ;; esac
    case $engines in *afl*) start_afl "$1" $((half > 0 ? half : 1)) "$2" ;; esac
    watch_slice "$1" "$2" "$engines"
    say_aborted "$1"
    sort_out_empty "$1"
    if [ -z "$stopping" ]; then
        exchange "$1"
        campaign_slices=$((campaign_slices + 1))
    fi
    save_state
}

prepare_campaign() {
    need_afl
    build_tools
    write_seeds
    write_dictionary
    build_libfuzzer
    local target kind
    for target in "${campaign_targets[@]}"; do
        minimise_seeds "$target"
    done
    if [ -n "$planted" ]; then
        only_patch=$planted
        plant "$(planted_names)" || { cat "$build/planted/$planted/patch.log" >&2; exit 2; }
        select_planted "$planted"
        build_libfuzzer planted
    fi
    for kind in asan afl cmplog; do
        build_afl "$kind" ${planted:+planted}
    done
}

run_nightly() {
    local limit left target
    mapfile -t campaign_targets < <(chosen_targets)
    limit=$(awk -v hours="$hours" 'BEGIN { printf "%d", hours * 3600 }')
    cores=${cores%.*}
    slice=${slice:-$(slice_of "$limit" ${#campaign_targets[@]})}
    load_state
    exec 9>"$work/lock"
    flock -w 5 9 || { printf 'another campaign is running in %s\n' "$work" >&2; exit 2; }
    trap 'exit 130' INT TERM # once the build that is running has ended
    prepare_campaign
    write_about
    trap 'stopping=1' INT TERM
    printf 'campaign in %s: %d of %d s done, %d cores, %d targets\n' "$work" "$campaign_seconds" "$limit" "$cores" \
        "${#campaign_targets[@]}"
    while [ -z "$stopping" ] && [ "$campaign_seconds" -lt "$limit" ]; do
        left=$((limit - campaign_seconds))
        run_slice "${campaign_targets[campaign_slices % ${#campaign_targets[@]}]}" $((left < slice ? left : slice))
    done
    trap - INT TERM
    run_summary
    [ -z "$stopping" ] || printf 'stopped after %d of %d s; the same command goes on from here\n' "$campaign_seconds" "$limit"
    [ -z "$(for target in "${campaign_targets[@]}"; do findings_of "$target"; done)" ] || {
        printf 'there are findings: fuzz/run triage --work %s\n' "$work"
        return 1
    }
}

run_summary() {
    [ -d "$build/tools" ] || build_tools
    "$build/tools/fuzz/atwire-fuzz-summary" "$work"
    cat "$work/summary.md"
    printf 'summary: %s/summary.{md,json}, edges-*.svg, speed-*.svg\n' "$work"
}
