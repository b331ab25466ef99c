#!/bin/bash -eu
# ClusterFuzzLite: every target as one program, its seeds and dictionary beside it. $CC, $CFLAGS, $LIB_FUZZING_ENGINE, $OUT, $WORK are
# set by the base image. No build system of ours is used: what a target needs is this list of files.
read -ra compile <<<"$CC $CFLAGS"
read -ra link <<<"$CXX $CXXFLAGS"
read -ra engine <<<"$LIB_FUZZING_ENGINE"
flags=(-std=c11 -D_XOPEN_SOURCE=700 -Iparser/include -Iconformance -Ifuzz -Ifuzz/targets)
harness=(accounting buffer event_log memory model model_host model_line model_rows notation notation_check oracles player script
    source transcript)
fuzz=(compare feed finding input lines mutator wire)

objects=$WORK/objects
mkdir -p "$objects"
for file in parser/src/*.c "${harness[@]/#/conformance/}" "${fuzz[@]/#/fuzz/}"; do
    "${compile[@]}" "${flags[@]}" -c "${file%.c}.c" -o "$objects/${file//\//_}.o"
done

# The dictionary comes from the grammar: a small program for this machine prints it.
cc "${flags[@]}" -o "$WORK/print-dictionary" fuzz/dictionary.c conformance/grammar_dict.c conformance/grammar_rows.c \
    conformance/grammar_wire.c conformance/buffer.c conformance/memory.c parser/src/*.c

for source in fuzz/targets/*.c; do
    target=$(basename "$source" .c)
    [ "$target" != empty ] || continue
    program=$OUT/atwire-fuzz-$target
    "${compile[@]}" "${flags[@]}" "-DATWIRE_TARGET=\"$target\"" -c "$source" -o "$WORK/$target.o"
    "${compile[@]}" "${flags[@]}" "-DATWIRE_TARGET=\"$target\"" -c fuzz/mutator_libfuzzer.c -o "$WORK/mutator-$target.o"
    "${link[@]}" "$WORK/$target.o" "$WORK/mutator-$target.o" "$objects"/*.o "${engine[@]}" -o "$program"
    whole=()
    [ "$target" != transcript ] || whole=(--whole)
    fuzz/seeds "$WORK/seeds" "${whole[@]}"
    (cd "$WORK/seeds" && zip -qr "${program}_seed_corpus.zip" .)
    "$WORK/print-dictionary" | fuzz/escape-dictionary >"$program.dict"
    printf '[libfuzzer]\nmax_len = 512\n' >"$program.options"
done
