"use strict";
/* Octets in the transcripts' notation: \r \n \t \" \\ \s \xNN, all else stands for itself. */

const CONTROL_NAMES = ("NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI " +
    "DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US").split(" ");
const ESCAPES = {"\\r": 13, "\\n": 10, "\\t": 9, "\\\"": 34, "\\\\": 92, "\\s": 32};

/** Notation to a list of {text, octet}; `octet` is null for a character that is no single octet. */
function readWire(notation) {
    const tokens = [];
    for (const [text] of notation.matchAll(/\\x[0-9a-f]{2}|\\[\s\S]|[\s\S]/gu)) {
        let octet = text.codePointAt(0);
        if (text.startsWith("\\x") && text.length === 4) octet = parseInt(text.slice(2), 16);
        else if (text in ESCAPES) octet = ESCAPES[text];
        tokens.push({text, octet: octet < 256 ? octet : null});
    }
    return tokens;
}

/** The tokens in lines, each with the offset of its first octet; a line ends behind its LF. */
function wireLines(tokens, offset = 0) {
    const lines = [];
    let line = null;
    for (const token of tokens) {
        if (!line) lines.push(line = {offset, tokens: []});
        line.tokens.push(token);
        offset += token.octet === null ? new TextEncoder().encode(token.text).length : 1;
        if (token.octet === 10) line = null;
    }
    return lines;
}

function octetTitle(octet) {
    const hex = "0x" + octet.toString(16).padStart(2, "0");
    if (octet < 32) return `${CONTROL_NAMES[octet]}, ${hex}`;
    return octet === 127 ? `DEL, ${hex}` : octet === 32 ? `blank, ${hex}` : hex;
}

function isPlain(token) {
    return token.text[0] !== "\\" && token.text !== " ";
}

/** Tokens as elements: escapes stand out and say what they are, blanks show a dot. */
function drawWire(tokens) {
    const parts = [];
    let plain = "";
    const flush = () => { if (plain) parts.push(plain); plain = ""; };
    for (const token of tokens) {
        if (isPlain(token)) { plain += token.text; continue; }
        flush();
        const kind = token.text === " " ? "blank" : "escape";
        parts.push(tag(`span.${kind}`, {title: octetTitle(token.octet ?? 0)}, token.text));
    }
    flush();
    return parts;
}

function drawEventWord(word, position) {
    const [, key, value] = /^([a-z0-9_]+)=([\s\S]*)$/.exec(word) ?? [];
    if (position === 0) return tag(`b.kind.kind-${word.replace(/[^a-z]/g, "")}`, word);
    if (word.startsWith("~")) return drawNote(word);
    if (key) return [tag("span.key", key + "="), tag("span.value", value)];
    return tag(word.startsWith("\"") ? "span.value" : "span.name", word);
}

/* The words of an event line: blanks inside quotes part none. */
const EVENT_WORDS = /(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g;

/** An event line as elements: its kind, its name, its fields, its notes. */
function drawEvent(text) {
    const words = text.match(EVENT_WORDS) ?? [];
    return words.map((word, position) => [position ? " " : "", drawEventWord(word, position)]);
}

function drawNote(word) {
    return tag("span.note", {title: "a tolerance: what the line deviates in"}, word);
}

/* ---- expected and got: compared is only what the level promises ---- */

const LINE_KINDS = {final: "final", prompt: "prompt", data: "data", stream: "data", overlong: "overlong"};

/** Is the event compared at this level at all? */
function isCompared(text, level) {
    return level === "complete" || !text.startsWith("done ");
}

/* What of an event line is compared. */
function comparedPart(text, level) {
    const words = text.replace(/(?: ~[a-z-]+)+$/, "").match(EVENT_WORDS) ?? [];
    if (level === "classify") return words.filter(word => !/^[a-z0-9_]+=/.test(word)).join(" ");
    if (level !== "framing") return words.join(" ");
    return [LINE_KINDS[words[0]] ?? "line", ...words.filter(word => word.startsWith("\""))].join(" ");
}

/* At framing an expected event tells its kind of line, and its text only where the text is the event. */
function isSame(expected, got, level) {
    const due = comparedPart(expected, level), came = comparedPart(got, level);
    return due === came || (level === "framing" && !due.includes(" ") && came.split(" ")[0] === due);
}

/* How many lines the ends of both lists, from each position on, have in common. */
function commonLengths(expected, got, level) {
    const common = Array.from({length: expected.length + 1}, () => new Array(got.length + 1).fill(0));
    for (let i = expected.length - 1; i >= 0; i--)
        for (let j = got.length - 1; j >= 0; j--)
            common[i][j] = isSame(expected[i], got[j], level) ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
    return common;
}

/**
 * What was expected and what came as one list: [{text, side, got}]. `side`: "both", "expected" or "got"; `got`: the
 * position among the lines that came, of the line itself or of the one it stands before.
 */
function alignEvents(due, got, level) {
    const expected = due.filter(text => isCompared(text, level));
    const common = commonLengths(expected, got, level);
    const lines = [];
    let i = 0, j = 0;
    while (i < expected.length || j < got.length) {
        const more = i < expected.length;
        if (more && j < got.length && isSame(expected[i], got[j], level)) {
            lines.push({text: got[j], side: "both", got: j++});
            i++;
        }
        else if (more && (j === got.length || common[i + 1][j] >= common[i][j + 1]))
            lines.push({text: expected[i++], side: "expected", got: Math.min(j, got.length - 1)});
        else
            lines.push({text: got[j], side: "got", got: j++});
    }
    return lines;
}
