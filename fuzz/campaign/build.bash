# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# Builds: one folder an engine, below $build.

all_targets=(stream split interleave payload roundtrip model command fields transcript)
sanitizers='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'

chosen_targets() {
    if [ -n "$only_target" ]; then
        [[ " ${all_targets[*]} " == *" $only_target "* ]] || fail_usage "expected a target (${all_targets[*]}), not $only_target"
        printf '%s\n' "$only_target"
    else
        printf '%s\n' "${all_targets[@]}"
    fi
}

need_build() {
    mkdir -p "$build"
    need_packages gcc libc6-dev cmake ninja-build pkg-config libjansson-dev
}
need_clang() { need_build; need_packages clang libclang-rt-dev; }
need_afl() { need_clang; need_packages afl++; }

# Configure and build, quietly unless it fails.
make_build() { # folder cmake-target compiler flags cmake-argument…
    local folder=$build/$1 target=$2 compiler=$3 flags=$4 log=$build/$1.log
    shift 4
    mkdir -p "$build"
    if ! { cmake -G Ninja -S "$top" -B "$folder" -DATWIRE_TESTS=OFF -DCMAKE_C_COMPILER="$compiler" \
        -DCMAKE_C_FLAGS="$flags" "$@" && cmake --build "$folder" -j "$(build_jobs)" --target "$target"; } >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        printf 'build failed, see %s\n' "$log" >&2
        exit 2
    fi
}

build_tools() {
    need_build
    make_build tools atwire-fuzz-tools gcc '-O2 -g'
}

# The suites' own builds: after conformance/run there is nothing left to compile.
replay_folder() { # gcc|clang
    printf '%s/build/asan-ubsan%s' "$top" "$([ "$1" = gcc ] || printf -- '-clang')"
}

build_replay() { # gcc|clang
    local folder
    folder=$(replay_folder "$1")
    need_packages libcriterion-dev
    if ! (cd "$top" && cmake --preset "$(basename "$folder")" &&
        cmake --build "$folder" -j "$(build_jobs)" --target atwire-fuzz-all) >"$build/replay-$1.log" 2>&1; then
        tail -n 40 "$build/replay-$1.log" >&2
        exit 2
    fi
}

# With `planted` the copy of the parser that holds the selected bug is built, in a folder of its own.
build_libfuzzer() { # [planted [cmake-target]]
    need_clang
    make_build "libfuzzer${1:+-$1}" "${2:-atwire-fuzz-all}" clang "-O2 -g $sanitizers" -DATWIRE_FUZZ_ENGINE=libfuzzer \
        -DATWIRE_FUZZ_PARSER="${1:+$build/planted/current/src}"
}

# What guides AFL++: the parser, and the readers for their target.
write_allowlist() {
    printf '%s\n' 'src:*parser/src/*' 'src:*planted/*' 'src:*conformance/transcript.c' 'src:*conformance/source.c' \
        'src:*conformance/notation_check.c' >"$build/afl-allowlist"
}

build_afl() { # afl|cmplog|asan [planted]
    need_afl
    mkdir -p "$build"
    write_allowlist
    local settings=()
    case $1 in
        cmplog) settings=(AFL_LLVM_CMPLOG=1) ;;
        asan) settings=(AFL_USE_ASAN=1 AFL_USE_UBSAN=1) ;;
    esac
    export AFL_LLVM_ALLOWLIST=$build/afl-allowlist AFL_QUIET=1
    # Every call of the compiler has to see the settings, so they belong to this build's shell alone.
    (export "${settings[@]:-AFL_QUIET=1}"
        make_build "afl-$1${2:+-$2}" atwire-fuzz-all afl-clang-fast '-O2 -g' -DATWIRE_FUZZ_ENGINE=afl \
            -DATWIRE_FUZZ_PARSER="${2:+$build/planted/current/src}")
}

# The dictionary of the grammar, from the tables that the parser runs.
write_dictionary() {
    "$build/tools/fuzz/atwire-fuzz-dictionary" | "$here/escape-dictionary" >"$build/dictionary"
}

# Seeds from the corpus, new whenever a case is newer than they are.
write_seeds() {
    if [ ! -d "$build/seeds" ] || [ -n "$(find "$top/corpus" -newer "$build/seeds" -name '*.at' -print -quit)" ]; then
        "$here/seeds" "$build/seeds"
        "$here/seeds" "$build/seeds-whole" --whole
        rm -rf "$build/seeds-min"
    fi
}

seeds_of() { # target
    if [ "$1" = transcript ]; then printf '%s' "$build/seeds-whole"; else printf '%s' "$build/seeds"; fi
}

# Only the seeds that reach something of their own: the engines start from them.
minimise_seeds() { # target
    local folder=$build/seeds-min/$1
    [ ! -d "$folder" ] || return 0
    mkdir -p "$folder.new"
    "$build/libfuzzer/fuzz/atwire-fuzz-$1" -merge=1 -max_len=4096 "$folder.new" "$(seeds_of "$1")" \
        >"$build/seeds-min/$1.log" 2>&1 || {
        cat "$build/seeds-min/$1.log" >&2
        printf 'a seed fails on %s: fuzz/run replay %s says which\n' "$1" "$1" >&2
        exit 1
    }
    mv "$folder.new" "$folder"
}

commit_of() {
    git -C "$top" rev-parse --short=12 HEAD 2>/dev/null || echo unknown
}
