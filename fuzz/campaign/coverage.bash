# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# coverage: lines, branches and MC/DC of the parser by replay of the corpora alone, no fuzzer and no test.

coverage_flags='-O0 -g -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc'
branches_wanted=98

run_coverage() {
    local target programs=() branches
    need_build
    need_packages clang-19 llvm-19 libclang-rt-19-dev jq
    write_seeds
    make_build coverage atwire-fuzz-all clang-19 "$coverage_flags" -DATWIRE_FUZZ_ENGINE=none
    rm -rf "$build/coverage-data"
    mkdir -p "$build/coverage-data"
    for target in $(chosen_targets); do
        mapfile -t inputs < <(inputs_of "$target")
        LLVM_PROFILE_FILE=$build/coverage-data/$target.profraw \
            "$build/coverage/fuzz/atwire-replay-$target" "${inputs[@]}" >"$build/coverage-data/$target.log" 2>&1 || {
            tail -n 5 "$build/coverage-data/$target.log"
            return 1
        }
        programs+=("$build/coverage/fuzz/atwire-replay-$target")
    done
    llvm-profdata-19 merge -sparse "$build/coverage-data"/*.profraw -o "$build/coverage-data/all.profdata"
    local cov=("${programs[0]}") program
    for program in "${programs[@]:1}"; do
        cov+=(-object "$program")
    done
    cov+=(-instr-profile "$build/coverage-data/all.profdata" "$top/parser/src")
    llvm-cov-19 report "${cov[@]}" --show-mcdc-summary --show-region-summary=false | sed -E 's/ {3,}/   /g'
    llvm-cov-19 show "${cov[@]}" --show-mcdc --show-branches=count -format=html -output-dir "$build/coverage-html" >/dev/null
    llvm-cov-19 export "${cov[@]}" -summary-only >"$build/coverage.json"
    branches=$(jq '.data[0].totals.branches.percent' "$build/coverage.json")
    printf 'branches of the parser by the corpora alone: %.2f %% (at least %d %% wanted); pages: %s/coverage-html/index.html\n' \
        "$branches" $branches_wanted "$build"
    awk -v is="$branches" -v wanted=$branches_wanted 'BEGIN { exit !(is >= wanted) }'
}
