"use strict";
/* How verdicts are drawn: marks, badges, counts, bars. */

/** A verdict's mark. */
function mark(outcome) {
    return tag(`span.mark.is-${outcome}`, {title: MEANINGS[outcome]}, sign(MARKS[outcome]), unseen(outcome));
}

/** A verdict's mark with its word, or with a text. */
function badge(outcome, text = outcome) {
    return tag(`span.badge.is-${outcome}`, {title: MEANINGS[outcome]}, sign(`${MARKS[outcome]} `), text);
}

/** Outcomes that occur, with their counts, from good to bad. */
function occurring(items) {
    return Object.entries(tally(items)).filter(([, count]) => count > 0);
}

/** Verdict counts as badges that lead to the list they count. */
function verdictLinks(items, path, query) {
    return tag("span.verdicts", occurring(items).reverse().map(([outcome, count]) =>
        link(path, {...query, verdict: outcome}, badge(outcome, `${count} ${outcome}`))));
}

/** How much of what a case can show passes, as a bar. The words beside it say the same. */
function meter(items) {
    const parts = occurring(items).filter(([outcome]) => outcome !== "info");
    return tag("div.meter", {"aria-hidden": "true"},
        parts.map(([outcome, count]) => tag(`span.is-${outcome}`, {style: `flex-grow:${count}`})));
}

/** One line: is it good? Of one family, or of all. */
function verdictLine(result, family) {
    const isOf = item => !family || item.family === family;
    const findingsOf = list => list.filter(item => isOf(item) && isFinding(item.outcome)).length;
    const parts = [["requirement", findingsOf(result.requirements)], ["case", findingsOf(result.cases)]]
        .filter(([, count]) => count > 0)
        .map(([word, count]) => link(`${word}s`, {family, verdict: "findings"}, counted(count, word)));
    if (!parts.length)
        return tag("p.verdict.is-pass", tag("b", "✓ Pass."), " All cases, and all requirements that a case can show.");
    return tag("p.verdict.is-fail", tag("b", "✗ Not passed."), " ", parts[0], parts[1] && [" and ", parts[1]],
        " with findings.");
}

/** Requirements by level, of one family or of all. */
function levelTable(result, family) {
    const rows = result.requirements.filter(item => !family || item.family === family);
    const anomalies = rows.filter(item => item.kind === "anomaly");
    const decided = anomalies.filter(item => item.cases.length || item.reason);
    const body = LEVELS.map(level => {
        const these = rows.filter(item => item.level === level);
        const covered = these.filter(item => item.cases.length).length;
        const passing = these.filter(item => item.outcome === "pass").length;
        const cells = [these.length, ...(level === "info" ? ["", ""] : [covered, passing])];
        return tag("tr", tag("th", {scope: "row"}, link("requirements", {family, level}, level)),
            cells.map(text => tag("td.number", text)));
    });
    return [table("counts", ["level", ...["requirements", "with a case", "pass"].map(numbers)], body),
        tag("p", `Anomalies decided: ${decided.length} of ${anomalies.length}.`)];
}

const IMPLEMENTATION_OUTCOMES = ["pass", "fail", "crash", "timeout", "expected", "skip"];

function implementationRow(result, family) {
    const cases = result.cases.filter(item => !family || item.family === family);
    const counts = tally(cases);
    const impl = result.name;
    return tag("tr", tag("th", {scope: "row"}, link(family ? `family/${family}` : "", {impl}, impl)),
        tag("td", result.implementation.level),
        IMPLEMENTATION_OUTCOMES.map(verdict => tag("td.number",
            counts[verdict] ? link("cases", {family, verdict, impl}, counts[verdict]) : "0")),
        tag("td.meters", meter(cases)));
}

/** All results side by side, of one family or of all. */
function implementationTable(family) {
    return table("counts", ["implementation", "level", ...IMPLEMENTATION_OUTCOMES.map(numbers), "cases"],
        model.results.map(result => implementationRow(result, family)));
}
