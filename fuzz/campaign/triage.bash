# shellcheck shell=bash disable=SC2154,SC2034 # part of fuzz/run: options and folders are set there, functions used elsewhere
# triage: of all inputs with findings one each, as small as it gets, as a transcript with the events that the model expects.
#
# Two inputs have the same finding if they broke the same property with the same first differing event, or fell at the same place of
# the code. Results below $work/triage: regressions/NAME.at and NAME.input, findings.md.

# What an input's failure is called; nothing if it does not fail.
signature_of() { # target input
    local log=$work/triage/log status=0
    timeout 60 "$(libfuzzer_program "$1")" -timeout=20 "$2" >"$log" 2>&1 || status=$?
    [ "$status" != 0 ] || return 0
    {
        printf '%s ' "$1"
        if grep -qE '^finding: ' "$log"; then
            # The words of the first difference; numbers and texts are the input's own.
            sed -nE '/^finding: /,/^$/p' "$log" | head -n 3 | sed -E 's/"([^"\\]|\\.)*"//g; s/\([^)]*\)//g; s/-?[0-9]+//g; s/=[^ ]*//g' |
                tr -s ' \n' ' '
        else
            grep -oE 'ERROR: AddressSanitizer: [a-z-]+|ERROR: libFuzzer: [a-z-]+|runtime error: [a-z ]+' "$log" | head -n 1 | tr '\n' ' '
            sed -nE 's/^ *#[0-9]+ 0x[0-9a-f]+ in ([a-z_0-9]+) .*(parser|conformance|fuzz|planted)\/.*/\1/p' "$log" | head -n 3 | tr '\n' ' '
        fi
    } | sed 's/ *$//'
}

findings_of() { # target
    find "$work/findings/$1" -type f 2>/dev/null
    afl_crashes "$1"
}

# Leave out lines as long as the finding stays the same.
drop_lines() { # target input signature
    local line
    for ((line = $(wc -l <"$2") + 1; line >= 1; line--)); do
        sed "${line}d" "$2" >"$2.less"
        if [ "$(signature_of "$1" "$2.less")" = "$3" ]; then
            mv "$2.less" "$2"
        fi
    done
    rm -f "$2.less"
}

# Then octets, which is the engine's work; what it makes of it has to be the same finding.
drop_octets() { # target input signature
    timeout 60 "$(libfuzzer_program "$1")" -minimize_crash=1 -runs=20000 -max_total_time=15 -exact_artifact_path="$2.less" "$2" \
        >/dev/null 2>&1 || true
    if [ -s "$2.less" ] && [ "$(signature_of "$1" "$2.less")" = "$3" ]; then
        mv "$2.less" "$2"
    fi
    rm -f "$2.less"
}

write_transcript() { # target input transcript
    ATWIRE_FUZZ_TRANSCRIPT=$3 timeout 60 "$(libfuzzer_program "$1")" "$2" >/dev/null 2>&1 || true
}

# Only what differs between two findings makes them two.
keep_finding() { # target input signature
    local name input
    name=$1-$(printf '%s' "$3" | cksum | cut -d' ' -f1)
    input=$work/triage/$name.input
    if [ -f "$input" ]; then
        printf '.' >>"$work/triage/$name.count"
        return
    fi
    cp "$2" "$input"
    printf '%s' "$3" >"$work/triage/$name.signature"
    printf '.' >"$work/triage/$name.count"
    printf 'new: %s\n' "$3"
}

finish_finding() { # name
    local target=${1%-*} input=$work/triage/$1.input transcript=$work/triage/regressions/$1.at signature
    signature=$(cat "$work/triage/$1.signature")
    drop_lines "$target" "$input" "$signature"
    drop_octets "$target" "$input" "$signature"
    write_transcript "$target" "$input" "$transcript"
    {
        printf '## %s\n\n%s; %d inputs.\n\n' "$1" "$signature" "$(wc -c <"$work/triage/$1.count")"
        # shellcheck disable=SC2016 # these are Markdown's quotes
        printf 'Reproduce: `fuzz/run replay %s %s`\n' "$target" "$input"
        if [ -s "$transcript" ]; then
            # shellcheck disable=SC2016
            printf 'As a case: `atwire conform --corpus %s --case regressions/%s`\n\n```\n%s\n```\n\n' "$work/triage" "$1" "$(cat "$transcript")"
        fi
    } >>"$work/triage/findings.md"
}

run_triage() {
    local target input signature name
    need_clang
    build_tools
    if [ -n "$planted" ]; then
        only_patch=$planted
        plant "$(planted_names)"
        select_planted "$planted"
        build_libfuzzer planted
    else
        build_libfuzzer
    fi
    rm -rf "$work/triage"
    mkdir -p "$work/triage/regressions"
    cp -R "$top/corpus/requirements" "$work/triage/" # a corpus of its own, for atwire conform
    for target in $(chosen_targets); do
        while read -r input; do
            signature=$(signature_of "$target" "$input")
            if [ -n "$signature" ]; then
                keep_finding "$target" "$input" "$signature"
            else
                printf 'does not fail any more: %s\n' "$input"
            fi
        done < <(findings_of "$target")
    done
    printf '# Findings\n\n' >"$work/triage/findings.md"
    for input in "$work/triage"/*.input; do
        [ -e "$input" ] || break
        name=$(basename "$input" .input)
        finish_finding "$name"
    done
    cat "$work/triage/findings.md"
    [ -z "$(find "$work/triage" -name '*.input' -print -quit)" ]
}
