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

/** What the marks mean that occur among the items; `of`: an item's outcomes where it has several. */
function legend(items, of = item => [item.outcome]) {
    const there = new Set(items.flatMap(of));
    return tag("span.legend", OUTCOMES.filter(outcome => there.has(outcome))
        .map(outcome => tag("span", mark(outcome), " ", MEANINGS[outcome])));
}

/* "374 of 481 cases pass, 107 fail as their list says, 70 are skipped" */
function caseWords(cases) {
    const counts = tally(cases);
    const parts = [`${counts.pass} of ${counted(cases.length, "case")} pass`,
        counts.expected > 0 && `${counts.expected} fail as the list of expected failures says`,
        counts.skip > 0 && `${counts.skip} are skipped`];
    return parts.filter(Boolean).join(", ");
}

function goodLine(requirements, cases) {
    const provable = requirements.filter(item => item.level !== "info");
    const counts = tally([...requirements, ...cases]);
    const passing = tally(provable).pass;
    const [outcome, verdict] = counts.expected > 0 ? ["expected", "≈ As expected."]
        : ["pass", counts.skip > 0 ? "✓ Pass, in part." : "✓ Pass."];
    return tag(`p.verdict.is-${outcome}`, tag("b", verdict), ` ${caseWords(cases)}; ` +
        `${passing} of ${counted(provable.length, "requirement")} ${passing === 1 ? "passes" : "pass"}.`);
}

/** One line: is it good? Of one family, or of all. What fails as expected is not called passed. */
function verdictLine(result, family) {
    const isOf = item => !family || item.family === family;
    const provable = result.requirements.filter(item => isOf(item) && item.level !== "info");
    const parts = [["requirement", provable], ["case", result.cases.filter(isOf)]]
        .map(([word, all]) => [word, all.filter(item => isFinding(item.outcome)).length, all.length])
        .filter(([, count]) => count > 0)
        .map(([word, count, all]) =>
            link(`${word}s`, {family, verdict: "findings"}, `${count} of ${counted(all, word)}`));
    if (!parts.length) return goodLine(result.requirements.filter(isOf), result.cases.filter(isOf));
    return tag("p.verdict.is-fail", tag("b", "✗ Not passed."), " ", parts[0], parts[1] && [" and ", parts[1]],
        " have findings.");
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

function casesOf(result, family) {
    return result.cases.filter(item => !family || item.family === family);
}

function implementationRow(result, family, outcomes) {
    const cases = casesOf(result, family);
    const counts = tally(cases);
    const impl = result.name;
    return tag("tr", tag("th", {scope: "row"}, link(family ? `family/${family}` : "", {impl}, impl)),
        tag("td.level", result.implementation.level),
        outcomes.map(verdict => tag("td.number",
            counts[verdict] ? link("cases", {family, verdict, impl}, counts[verdict]) : "0")),
        tag("td.meters", meter(cases)));
}

/** All results side by side, of one family or of all; outcomes that none of them has are left out. */
function implementationTable(family) {
    const there = new Set(model.results.flatMap(result => casesOf(result, family)).map(item => item.outcome));
    const outcomes = IMPLEMENTATION_OUTCOMES.filter(outcome => there.has(outcome) || ["pass", "fail"].includes(outcome));
    return table("counts.implementations",
        ["implementation", {title: "level", class: "level"}, ...outcomes.map(numbers), "cases"],
        model.results.map(result => implementationRow(result, family, outcomes)));
}
