# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# worth: what the mutator is worth. The same target with it and without, from nothing but the dictionary: time to find planted bugs,
# and features after a fixed time; medians, and a rank test (Mann and Whitney, two-sided, exact).

worth_bugs=(count-off-by-one int-overflow first-colon other-link)

# Two lists of numbers, one a line each: medians, U and p.
rank_test() { # file file
    awk '
        function median(list, n,    i, j, t) {
            for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
            return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
        }
        # How many ways there are to choose m of m + n ranks with a U of u: the exact distribution without ties.
        function ways(m, n, u) {
            if (u < 0) return 0
            if (m == 0 || n == 0) return u == 0
            if (!((m, n, u) in memo)) memo[m, n, u] = ways(m - 1, n, u - n) + ways(m, n - 1, u)
            return memo[m, n, u]
        }
        FNR == NR { a[++m] = $1; next }
        { b[++n] = $1 }
        END {
            for (i = 1; i <= m; i++) for (j = 1; j <= n; j++) u += a[i] < b[j] ? 1 : a[i] == b[j] ? 0.5 : 0
            low = u < m * n - u ? u : m * n - u
            for (k = 0; k <= int(low); k++) sum += ways(m, n, k)
            all = 0
            for (k = 0; k <= m * n; k++) all += ways(m, n, k)
            p = 2 * sum / all < 1 ? 2 * sum / all : 1
            printf "%.2f %.2f %.1f %.4f\n", median(a, m), median(b, n), u, p
        }' "$1" "$2"
}

# Seconds until the planted bug is found; the limit if it is not.
trial_time() { # program seed
    local folder=$build/worth-trials/trial start
    rm -rf "$folder"
    mkdir -p "$folder/corpus"
    start=$(now_ms)
    "$1" -max_total_time="$seconds" -print_funcs=0 -max_len="$input_max" -len_control=0 -dict="$build/dictionary" -seed="$2" \
        -artifact_prefix="$folder/" "$folder/corpus" >"$folder/log" 2>&1 && { printf '%s\n' "$seconds"; return; }
    awk -v ms=$(($(now_ms) - start)) 'BEGIN { printf "%.3f\n", ms / 1000 }'
}

trial_features() { # program seed
    local folder=$build/worth-trials/trial
    rm -rf "$folder"
    mkdir -p "$folder/corpus"
    "$1" -max_total_time="$seconds" -print_funcs=0 -max_len="$input_max" -len_control=0 -dict="$build/dictionary" -seed="$2" \
        "$folder/corpus" >"$folder/log" 2>&1 || true
    libfuzzer_numbers "$folder/log" | cut -d' ' -f4
}

worth_better=0
worth_worse=0
worth_neither=0

compare_trials() { # measure folder target what more|less, whichever is good
    local trial with=$build/worth-trials/with without=$build/worth-trials/without program=$2/fuzz/atwire-fuzz-$3 a b u p verdict
    : >"$with"
    : >"$without"
    for ((trial = 1; trial <= trials; trial++)); do
        "$1" "$program" "$trial" >>"$with"
        "$1" "$program-plain" "$trial" >>"$without"
    done
    read -r a b u p < <(rank_test "$with" "$without")
    verdict=$(awk -v a="$a" -v b="$b" -v p="$p" -v good="$5" \
        'BEGIN { print (p >= 0.05 ? "neither" : (good == "more") == (a > b) ? "better" : "worse") }')
    case $verdict in
        better) worth_better=$((worth_better + 1)) ;;
        worse) worth_worse=$((worth_worse + 1)) ;;
        *) worth_neither=$((worth_neither + 1)) ;;
    esac
    printf '%-36s with %9s  without %9s  U %5s  p %s  %s   (%s | %s)\n' "$4" "$a" "$b" "$u" "$p" "$verdict" \
        "$(tr '\n' ' ' <"$with")" "$(tr '\n' ' ' <"$without")"
}

# The engine at its best on both sides: comparisons traced. A bug's copy of the parser, or the parser.
build_pair() { # target [planted]
    local program
    for program in "atwire-fuzz-$1" "atwire-fuzz-$1-plain"; do
        make_build "worth${2:+-$2}" "$program" clang "-O2 -g $sanitizers" -DATWIRE_FUZZ_ENGINE=libfuzzer -DATWIRE_FUZZ_TRACE=ON \
            -DATWIRE_FUZZ_PARSER="${2:+$build/planted/current/src}"
    done
}

run_worth() {
    local name target
    seconds=${seconds:-60}
    need_clang
    build_tools
    write_dictionary
    mkdir -p "$build/worth-trials" "$build/planted"
    printf '%s trials a side, at most %s s each, from an empty corpus with the dictionary\n' "$trials" "$seconds"
    for target in stream model; do
        build_pair "$target"
        compare_trials trial_features "$build/worth" "$target" "features of $target" more
    done
    for name in "${worth_bugs[@]}"; do
        target=$(planted_header "$name" Target)
        plant "$name" || { cat "$build/planted/$name/patch.log"; exit 2; }
        select_planted "$name"
        build_pair "$target" planted
        compare_trials trial_time "$build/worth-planted" "$target" "seconds to $name by $target" less
    done
    printf 'the mutator is better in %d, worse in %d, neither in %d of %d measures (p < 0.05)\n' \
        "$worth_better" "$worth_worse" "$worth_neither" $((worth_better + worth_worse + worth_neither))
}
