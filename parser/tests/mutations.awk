# Print every mutation of a .def or .c file, one a line, separated by tabs: how it breaks the file, first line, last line, what is
# changed, the new text. It is "plain" if it makes a row useless or turns a branch round, else "subtle".
# Needs a POSIX awk. Usage: awk -f mutations.awk FILE

function emit(how, what, text) {
    print how "\t" first "\t" NR "\t" what "\t" text
}

# ---- rows of a .def file -----------------------------------------------------------------------------------------------

# Cut a row into its name and its arguments: commas in quotes, in character constants and in parentheses separate nothing.
function split_row(row,    i, letter, depth, quote, piece) {
    argument_count = 0
    piece = ""
    depth = 0
    quote = ""
    macro = substr(row, 1, index(row, "(") - 1)
    row = substr(row, index(row, "(") + 1)
    for (i = 1; i <= length(row); i++) {
        letter = substr(row, i, 1)
        if (quote != "") {
            if (letter == "\\")
                piece = piece letter substr(row, ++i, 1)
            else
                piece = piece letter
            if (letter == quote)
                quote = ""
            continue
        }
        if (letter == "\"" || letter == "'") {
            quote = letter
        } else if (letter == "(") {
            depth++
        } else if (letter == ")" && depth-- == 0) {
            break
        } else if (letter == "," && depth == 0) {
            argument[++argument_count] = trimmed(piece)
            piece = ""
            continue
        }
        piece = piece letter
    }
    argument[++argument_count] = trimmed(piece)
}

function trimmed(text) {
    gsub(/^[ \t]+|[ \t]+$/, "", text)
    return text
}

# The row with argument `which` replaced; an empty replacement leaves it out.
function row_with(which, replacement,    i, text) {
    text = macro "("
    for (i = 1; i <= argument_count; i++) {
        if (i == which && replacement == "")
            continue
        text = text (text == macro "(" ? "" : ", ") (i == which ? replacement : argument[i])
    }
    return text ")"
}

# The first mutation of a row is the plain one.
function emit_row(which, replacement) {
    if (replacement != argument[which])
        emit(row_mutations++ == 0 ? "plain" : "subtle",
             macro " " argument[1] ": " argument[which] " becomes " (replacement == "" ? "nothing" : replacement),
             row_with(which, replacement))
}

# "text" with its first letter changed: the row keeps its place in every index and matches nothing.
function other_text(text) {
    return "\"" (substr(text, 2, 1) == "X" ? "Y" : "X") substr(text, 3)
}

function longer_text(text) {
    return substr(text, 1, length(text) - 1) "x\""
}

function mutate_command() {
    emit_row(2, other_text(argument[2]))
    emit_row(3, "NONE")
    emit_row(4, argument[4] == "FINAL_CODE" ? "WRITE_RESULT" : "FINAL_CODE")
    emit_row(5, argument[5] == "NO_INDEX" ? "LINK_1" : "NO_INDEX")
    emit_row(6, argument[6] == "NO_DATA" ? "CTRL_Z" : "NO_DATA")
    emit_row(7, "NONE")
    emit_row(8, argument[8] == "ALL" ? "SIM7028" : "ALL")
}

function other_kind(kind) {
    return kind == "INFO" ? "URC" : kind == "FINAL" ? "URC" : "INFO"
}

function mutate_line() {
    emit_row(2, other_kind(argument[2]))
    emit_row(3, argument[3] == "ALWAYS" ? "IF_PENDING" : "ALWAYS")
    if (argument_count > 5)
        emit_row(argument_count, "")
    else
        emit_row(5, argument[5] == "NO_FIELDS" ? "ERR" : "NO_FIELDS")
}

function mutate_param() {
    if (argument[2] != "\"\"")
        emit_row(2, longer_text(argument[2]))
    emit_row(3, argument[3] == "INT" ? "STRING" : "INT")
    emit_row(4, argument[4] == "ANY" ? "IS_4" : "ANY")
}

# `also` repeats the lower bound where there is no value outside: both change then.
function mutate_low(    low) {
    low = argument[2]
    if (argument[4] == low)
        argument[4] = low + 1
    emit_row(2, low + 1)
    argument[4] = low
}

# Of a single value the lower bound counts.
function mutate_range(    also) {
    if (argument[1] == "ANY")
        return
    also = argument[4]
    if (argument[2] == argument[3])
        mutate_low()
    argument[4] = also
    emit_row(3, argument[3] - 1)
    if (argument[2] != argument[3])
        mutate_low()
    argument[4] = also
    if (also != argument[2])
        emit_row(4, argument[2])
}

function mutate_family(    i) {
    emit_row(2, longer_text(argument[2]))
    for (i = 3; i <= 6; i++)
        emit_row(i, argument[i] - 1)
}

function mutate_row() {
    if (macro == "COMMAND") {
        mutate_command()
    } else if (macro == "PREFIX") {
        emit_row(2, other_text(argument[2]))
        emit_row(3, "NONE")
        emit_row(4, argument[4] == "ALL" ? "SIM7028" : "ALL")
    } else if (macro == "WORD" || macro == "DATA_END") {
        emit_row(2, other_text(argument[2]))
        emit_row(3, "NONE")
    } else if (macro == "HEADER") {
        emit_row(2, other_text(argument[2]))
        emit_row(3, "NONE")
        emit_row(4, argument[4] == "ALL" ? "SIM7028" : "ALL")
    } else if (macro == "LINE") {
        mutate_line()
    } else if (macro ~ /PARAM$/) {
        mutate_param()
    } else if (macro == "RANGE" || macro == "LIMITED_RANGE") {
        mutate_range()
    } else if (macro == "FAMILY") {
        mutate_family()
    } else if (macro == "NOTE" || macro ~ /^(ERR|CLOSE_REASON)/) { # DNS_ERROR and CNF_SEND: for the grammar's page alone
        emit_row(2, longer_text(argument[2]))
    }
}

# ---- branches of a .c file ---------------------------------------------------------------------------------------------

# Each place where `from` stands in the line, one at a time.
function swap_each(from, to,    rest, before, at) {
    rest = $0
    before = ""
    while ((at = index(rest, from)) > 0) {
        emit("subtle", trimmed($0) ": " trimmed(from) " becomes " (to == "" ? "nothing" : trimmed(to)),
             before substr(rest, 1, at - 1) to substr(rest, at + length(from)))
        before = before substr(rest, 1, at - 1 + length(from))
        rest = substr(rest, at + length(from))
    }
}

function mutate_condition(    start, head, condition, tail) {
    if (!match($0, /^ *(\} else )?(if|while) \(/))
        return
    head = substr($0, 1, RLENGTH)
    condition = substr($0, RLENGTH + 1)
    if (!match(condition, /\)( \{)?$/))
        return
    tail = substr(condition, RSTART)
    condition = substr(condition, 1, RSTART - 1)
    emit("plain", trimmed($0) ": negated", head "!(" condition ")" tail)
}

function mutate_statement() {
    if ($0 ~ /^ +(parser|event|to|from|field|token|out|next|exchange|at|text|end)[a-z_.>\[\]-]* ([|&+-]?=) .*;$/ ||
        $0 ~ /^ +[a-z_]+\(.*\);$/ || $0 ~ /^ +[a-z_>.-]+(\+\+|--);$/ || $0 ~ /^ +continue;$/)
        emit("subtle", trimmed($0) ": left out", ";")
    else if ($0 ~ /^ +case [A-Z_0-9]+: .*(;)$/)
        emit("subtle", trimmed($0) ": left out", "")
}

function mutate_code() {
    mutate_condition()
    mutate_statement()
    swap_each(" && ", " || ")
    swap_each(" || ", " && ")
    swap_each(" == ", " != ")
    swap_each(" != ", " == ")
    swap_each(" < ", " <= ")
    swap_each(" <= ", " < ")
    swap_each(" > ", " >= ")
    swap_each(" >= ", " > ")
    swap_each(" + 1", "")
    swap_each(" - 1", "")
    swap_each("return true", "return false")
    swap_each("return false", "return true")
    swap_each("return 0;", "return 1;")
}

BEGIN {
    rows = ARGV[1] ~ /\.def$/
}

rows && row == "" && !/^[A-Z_]+\(.*"/ {next}
rows {
    if (row == "")
        first = NR
    row = row " " $0
    if ($0 !~ /\)$/)
        next
    split_row(trimmed(row))
    row_mutations = 0
    mutate_row()
    row = ""
    next
}

# Comments, preprocessor lines and what continues these are no code.
/^ *\/\*/ {comment = 1}
comment {
    if (/\*\//)
        comment = 0
    next
}
/^#/ || continued {
    continued = /\\$/
    next
}
{
    first = NR
    sub(/ *\/\*.*\*\/ *$/, "")
    mutate_code()
}
