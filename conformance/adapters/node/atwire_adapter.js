// Makes an atwire adapter of a parser written in JavaScript: subclass Parser, then call run() with an instance.
"use strict";

const readline = require("readline");

const ESCAPES = {r: 13, n: 10, t: 9, '"': 34, "\\": 92};
const LETTERS = Object.fromEntries(Object.entries(ESCAPES).map(([letter, octet]) => [octet, "\\" + letter]));

// Octets as the event notation writes them.
function quote(octets) {
    const escape = octet => LETTERS[octet] ||
        (octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : "\\x" + octet.toString(16).padStart(2, "0"));
    return '"' + Array.from(octets, escape).join("") + '"';
}

// Octets between the first and the last quote of a line.
function unquote(text) {
    const inner = text.slice(text.indexOf('"') + 1, text.lastIndexOf('"'));
    const plain = inner.replace(/\\(?:x([0-9a-f]{2})|(.))/g,
        (all, digits, letter) => String.fromCharCode(digits ? parseInt(digits, 16) : ESCAPES[letter]));
    return Buffer.from(plain, "latin1");
}

// Throw it to leave a case out, with the reason.
class Skip extends Error {}

// The parser under test; what it does not override does nothing.
class Parser {
    name = "parser";
    version = "1";
    level = "framing";

    start(family, config) {}
    sent(octets) {}
    received(octets) {}
    escape() {}
    abandon() {}
    finish() {}

    // Report an event. Words are printed as they are, buffers in quotes; so are the values of fields.
    event(kind, words = [], fields = {}) {
        const print = value => Buffer.isBuffer(value) ? quote(value) : String(value);
        const printed = Object.entries(fields).map(([key, value]) => key + "=" + print(value));
        this.lines.push([kind, ...words.map(print), ...printed].join(" "));
    }
}

// One line of a case behind `case`; the case starts at the first that is no `config`.
function step(parser, line, state) {
    const word = line.split(" ")[0];
    if (word === "config") {
        state.config = Object.fromEntries(line.split(" ").slice(1).map(item => item.split("=")));
        return;
    }
    if (!state.started) {
        state.started = true;
        parser.start(state.family, state.config);
    }
    const steps = {rx: () => parser.received(unquote(line)), tx: () => parser.sent(unquote(line)),
                   dtr: () => parser.escape(), abandon: () => parser.abandon(), end: () => parser.finish()};
    steps[word]();
}

// Answer cases until the input ends.
function run(parser) {
    let state = null;
    process.stdout.write(`atwire-adapter 1 ${parser.name} ${parser.version} level=${parser.level}\n`);
    readline.createInterface({input: process.stdin}).on("line", line => {
        if (state === null) {
            state = {family: line.split(" ")[2], config: {}, skip: null};
            parser.lines = [];
            return;
        }
        try {
            if (state.skip === null)
                step(parser, line, state);
        } catch (error) {
            if (!(error instanceof Skip))
                throw error;
            state.skip = error.message;
        }
        if (line === "end") {
            process.stdout.write(state.skip === null ? [...parser.lines, "end", ""].join("\n") : `skip ${state.skip}\n`);
            state = null;
        }
    });
}

module.exports = {Parser, Skip, run};
