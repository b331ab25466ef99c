# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# The two engines: how they are called, and what they say.

input_max=512 # octets of an input: beyond, executions only get slower

libfuzzer_program() { # target
    printf '%s' "$build/libfuzzer${planted:+-planted}/fuzz/atwire-fuzz-$1"
}

afl_program() { # afl|cmplog|asan target
    printf '%s' "$build/afl-$1${planted:+-planted}/fuzz/atwire-fuzz-$2"
}

# AFL++ without its screen, on any machine.
afl_settings() { # target
    export AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_AUTORESUME=1 \
        AFL_QUIET=1 AFL_NO_COLOR=1 AFL_CUSTOM_MUTATOR_LIBRARY="$build/tools/fuzz/atwire-mutator-$1.so"
    unset AFL_CUSTOM_MUTATOR_ONLY
}

# The last numbers in a log of libFuzzer, of one process or of its fork mode: executions per_second edges features corpus.
libfuzzer_numbers() { # log
    awk '
        /^#[0-9]+/ && /cov: / {
            executions = $1; sub(/^#/, "", executions); sub(/:.*/, "", executions)
            for (i = 2; i < NF; i++) {
                if ($i == "cov:") edges = $(i + 1)
                if ($i == "ft:") features = $(i + 1)
                if ($i == "corp:") { corpus = $(i + 1); sub(/\/.*/, "", corpus) }
                if ($i ~ /^exec\/s:?$/) speed = $(i + 1)
            }
        }
        /^Done [0-9]+ runs in/ { executions = $2; speed = $2 / ($5 > 0 ? $5 : 1) }
        END { printf "%d %d %d %d %d\n", executions, speed, edges, features, corpus }' "$1"
}

# One value of an AFL++ instance.
afl_value() { # folder key
    sed -nE "s/^$2 +: ([0-9.]+).*/\1/p" "$1/fuzzer_stats" 2>/dev/null | head -n 1
}

# Inputs that failed, in all instances; an instance that goes on renames the folder that it had.
afl_crashes() { # target
    find "$work/afl/$1" -path '*/crashes*/id:*' -type f 2>/dev/null
}

descendants() { # pid
    local child children=()
    { read -ra children <"/proc/$1/task/$1/children" || true; } 2>/dev/null
    for child in "${children[@]}"; do
        printf '%s\n' "$child"
        descendants "$child"
    done
}

# Stop processes that this script started, and theirs, by their ids, and wait for them; what is still there after five seconds is killed.
stop_processes() { # pid…
    local pid all tries
    mapfile -t all < <(for pid in "$@"; do printf '%s\n' "$pid"; descendants "$pid"; done)
    for pid in "${all[@]}"; do
        kill -TERM "$pid" 2>/dev/null || true
        kill -CONT "$pid" 2>/dev/null || true # AFL++ keeps what it fuzzes stopped between executions
    done
    for pid in "$@"; do
        wait "$pid" 2>/dev/null || true
    done
    for ((tries = 0; tries < 25; tries++)); do
        kill -0 "${all[@]}" 2>/dev/null || return 0
        sleep 0.2
    done
    kill -KILL "${all[@]}" 2>/dev/null || true
}
