"use strict";
/* The data with its cross references. `outcome`, `command` and `form` of requirements and cases come with the data. */

/* From good to bad, as in the renderer. */
const OUTCOMES = ["info", "pass", "skip", "expected", "open", "fail", "timeout", "crash"];
const FINDINGS = ["open", "fail", "timeout", "crash"];
const MARKS = {info: "·", pass: "✓", skip: "–", expected: "≈", open: "○", fail: "✗", timeout: "…", crash: "!"};
const MEANINGS = {
    info: "information: no case can show it",
    pass: "passes",
    skip: "skipped, or left out of the run",
    expected: "fails, as the list of expected failures says",
    open: "no case covers it",
    fail: "does not pass",
    timeout: "no answer in time",
    crash: "crashed",
};
const LEVELS = ["must", "should", "may", "info"];
const FORMS = [["test", "Test"], ["read", "Read"], ["write", "Write"], ["exec", "Execute"], ["other", "Other"]];
const KINDS = [
    ["form", "Command forms"], ["session", "Sessions"], ["exchange", "Exchanges"], ["error", "Errors"],
    ["urc", "Unsolicited results"], ["mode", "Modes"], ["range", "Ranges"], ["default", "Defaults"], ["time", "Times"],
    ["anomaly", "Anomalies"], ["decision", "Decisions"], ["note", "Notes"],
];

/** One result, indexed. */
function indexResult(result, position) {
    const byId = list => new Map(list.map(item => [item.id, item]));
    const indexed = {
        position, suite: result.suite, implementation: result.implementation, name: result.implementation.name,
        requirements: result.requirements, cases: result.cases,
        requirement: byId(result.requirements), case: byId(result.cases),
    };
    const used = new Set([...result.requirements, ...result.cases].map(item => item.family));
    indexed.families = result.families.filter(family => used.has(family.id))
        .sort((a, b) => (a.id === "any") - (b.id === "any")); // those that have a manual of their own come first
    for (const item of result.cases)
        item.commands = new Set(item.covers.map(id => indexed.requirement.get(id)?.command).filter(Boolean));
    return indexed;
}

const model = {
    results: atwireData.results.map(indexResult),
    comparison: atwireData.comparison,
    history: atwireData.history,
    /** The result of that implementation, the first if there is none. */
    result(name) {
        return this.results.find(result => result.name === name) ?? this.results[0];
    },
};

function isFinding(outcome) {
    return FINDINGS.includes(outcome);
}

function worst(items) {
    const badness = outcome => OUTCOMES.indexOf(outcome);
    return items.reduce((bad, item) => badness(item.outcome) > badness(bad) ? item.outcome : bad, "info");
}

/** Outcome to how many of the items have it. */
function tally(items) {
    const counts = Object.fromEntries(OUTCOMES.map(outcome => [outcome, 0]));
    for (const item of items) counts[item.outcome]++;
    return counts;
}

/** The items by a key, in the order of their first ones. */
function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(item);
    }
    return groups;
}

/** What a text filter looks through. */
function searchText(item) {
    if (item.searchText === undefined) {
        const {id, title, source, statement, reason, manual, section, note, notes = [], steps = []} = item;
        const wire = steps.flatMap(step => [step.wire, ...step.expected]);
        const texts = [id, title, source, statement, reason, manual, section, note, ...notes, ...wire];
        item.searchText = texts.join("\n").toLowerCase();
    }
    return item.searchText;
}

/** A family's name as its manual writes it: A76XX. */
function familyTitle(id) {
    return id === "any" ? "Any family" : id.toUpperCase();
}

/** Where it is documented. */
function clause(requirement) {
    return `${requirement.manual} ${requirement.section}`;
}

/** An id without its family. */
function shortId(requirement) {
    return requirement.id.split("/").slice(1).join("/");
}

/** Does the text name the command, as a word of its own? */
function names(text, command) {
    return command !== "" && text.split(/[^A-Za-z0-9&*#]+/).includes(command);
}
