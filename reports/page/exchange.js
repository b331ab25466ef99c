"use strict";
/* A case's exchange: the wire in both directions, and beside the octets the events that came from them. */

const DIRECTIONS = {
    tx: ["→", "host to module"],
    rx: ["←", "module to host"],
    dtr: ["DTR", "escape reported by DTR"],
    abandon: ["×", "the host abandons the exchange"],
};

/* Line ends before a line are drawn in front of it: that is how V.250 frames its answers. */
function joinLineEnds(lines) {
    const joined = [];
    let before = null;
    for (const line of lines) {
        const whole = before ? {offset: before.offset, tokens: [...before.tokens, ...line.tokens]} : line;
        const empty = line.tokens.every(token => token.octet === 13 || token.octet === 10);
        before = empty ? whole : null;
        if (!empty) joined.push(whole);
    }
    return before ? [...joined, before] : joined;
}

/* Which of a received step's lines an event belongs to: by its offset if the result has it, else all are one block. */
function placeEvents(step, lines, events) {
    if (!step.at || step.at.length !== step.got.length || lines.length < 2)
        return [{lines, events}];
    const rows = lines.map(line => ({lines: [line], events: []}));
    for (const event of events) {
        const offset = step.at[event.got] ?? lines[0].offset;
        const row = rows.findLast(candidate => candidate.lines[0].offset <= offset) ?? rows[0];
        row.events.push(event);
    }
    return rows;
}

/* An event that was expected and did not come, or came and was not expected, has a sign before it. */
function drawStepEvent(event, difference) {
    if (event.side === "both") return tag("div.event", tag("code", drawEvent(event.text)));
    const [minus, meaning] = event.side === "expected" ? ["−", "expected, did not come"] : ["+", "came, not expected"];
    const first = difference && event.text === difference[event.side];
    return tag(`div.event.${event.side}${first ? ".first" : ""}`, {title: meaning}, tag("span.side", sign(minus)),
        unseen(`${meaning}: `), tag("code", drawEvent(event.text)));
}

function drawStepRow(step, row, first, difference, isThere) {
    const [arrow, meaning] = DIRECTIONS[step.dir];
    const lines = row.lines.map(line => tag("code", drawWire(line.tokens)));
    return tag(`tr.step.${step.dir}${isThere ? ".differs-here" : ""}`, tag("td.line", first && step.line),
        tag("td.arrow", {title: meaning}, first && [sign(arrow), unseen(meaning)]),
        tag("td.wire", lines.length ? lines : tag("span.faint", meaning)),
        tag("td.events", row.events.map(event => drawStepEvent(event, difference))));
}

/* The step by whose block of expected lines the difference was found. */
function stepOfDifference({steps, difference}) {
    return difference && steps.findLast(step => step.line <= difference.line);
}

/* A case that passes has no differences, however its events are printed. */
function alignStep(step, item, level) {
    if (item.verdict !== "pass") return alignEvents(step.expected, step.got, level);
    return step.got.map((text, got) => ({text, side: "both", got}));
}

/** The exchange as a table. */
function drawExchange(item, level) {
    const rows = [];
    const there = stepOfDifference(item);
    let offset = 0;
    for (const step of item.steps) {
        const tokens = readWire(step.wire);
        const lines = joinLineEnds(wireLines(tokens, offset));
        const placed = placeEvents(step, lines, alignStep(step, item, level));
        placed.forEach((row, position) =>
            rows.push(drawStepRow(step, row, position === 0, item.difference, step === there)));
        if (step.dir === "rx") offset += tokens.length;
    }
    const columns = [{title: "line", class: "line"}, {title: unseen("direction"), class: "arrow"}, "wire", "events"];
    return table("exchange", columns, rows);
}

/** An event line, or the word for none. */
function drawEventOrNothing(text) {
    return text === null ? tag("i", "nothing") : tag("code", drawEvent(text));
}

/** How the input was cut, in words: "width 1", "cuts 3,9", "sent width 2". */
function cuttingWords(split) {
    const [, kind, numbers] = /^(width|cuts|sent width) (.+)$/.exec(split) ?? [];
    const words = {
        "width": `received in chunks of ${numbers}`,
        "cuts": `received cut at octet ${numbers?.replace(",", " and ")}`,
        "sent width": `sent in pieces of ${numbers}`,
    };
    return words[kind] ?? split;
}

function drawPlaceOfDifference({file, split, difference}) {
    return tag("dl",
        tag("dt", "where"), tag("dd", file, ", line ", difference.line, isCut(split) && [", ",
            tag("b", cuttingWords(split)), "; the exchange below is the uncut one, and is as expected"]),
        tag("dt", "expected"), tag("dd", drawEventOrNothing(difference.expected)),
        tag("dt", "got"), tag("dd", drawEventOrNothing(difference.got)));
}

function isCut(split) {
    return Boolean(split) && split !== "whole";
}

/** What differs and where, or why there is no verdict; null for a case that passes. */
function drawDifference(item) {
    if (item.outcome === "pass") return null;
    return tag(`section.difference.is-${item.outcome}`, tag("h3", mark(item.outcome), " ", MEANINGS[item.outcome]),
        item.expected_failure && tag("p", tag("b", "Listed reason: "), item.expected_failure, "."),
        item.reason && tag("p", item.reason), item.difference && drawPlaceOfDifference(item));
}
