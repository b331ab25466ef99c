"use strict";
/* The start page. */

function familyCard(result, family) {
    const rows = result.requirements.filter(item => item.family === family.id);
    const provable = rows.filter(item => item.level !== "info");
    const passing = provable.filter(item => item.outcome === "pass");
    const cases = result.cases.filter(item => item.family === family.id);
    return tag("article.card", tag("h2", link(`family/${family.id}`, {}, familyTitle(family.id))), tag("p.manual", family.manual),
        meter(rows), tag("p", tag("b", `${passing.length} of ${provable.length}`), " requirements pass"),
        tag("p", verdictLinks(rows, "requirements", {family: family.id})),
        tag("p.faint", counted(cases.length, "case"), ": ", verdictLinks(cases, "cases", {family: family.id})));
}

/* The run in one line: who shows this to a customer is asked these first. */
function runLine({suite, implementation}) {
    const day = suite.start.slice(0, 10);
    const commit = `commit ${suite.commit.slice(0, 10)}${suite.dirty ? " with changes" : ""}`;
    return tag("p.faint.run", `${implementation.name} ${implementation.version}, compared up to level ` +
        `${implementation.level}, ${day}, suite ${suite.version}, ${commit}, corpus ${suite.corpus_hash}`);
}

const FIGURES = [
    ["code_and_tables", "code and tables", 0], ["state", "state", 0], ["stack", "stack", 0],
    ["text_64", "text, 64", 2], ["mixed_4096", "payloads, 4096", 2], ["text_1", "text, 1", 2],
];

function figureCells(release) {
    return FIGURES.map(([name, , decimals]) => tag("td.number", release[name]?.toFixed(decimals) ?? ""));
}

/* The parser's own figures: shown with its result, whatever else is compared. */
function historySection() {
    if (!model.history) return null;
    const {goal, releases} = model.history;
    const alt = "The parser's size and speed over its releases; the table below has the numbers";
    const rows = releases.toReversed().map(release => tag("tr", tag("th", {scope: "row"}, release.version),
        tag("td.faint", release.date), figureCells(release)));
    const last = tag("tr.goal", tag("th", {scope: "row"}, "to reach"), tag("td"), figureCells(goal));
    return [tag("h2", "Size and speed of the parser"),
        tag("figure.plot", tag("img", {src: "history.svg", alt, width: 720, height: 376})),
        table("counts", ["release", "measured", ...FIGURES.map(([, title]) => numbers(title))], [...rows, last]),
        tag("p.faint", "Octets on Cortex-M0+ at -Os; speeds as ratios, chunks of 64 and 4096 octets to framing with ",
            tag("code", "memchr"), ", of 1 to a machine that knows only line ends.")];
}

function runFacts({suite, implementation}) {
    return facts([
        ["implementation", `${implementation.name} ${implementation.version}`],
        ["compared", `up to level ${implementation.level}`],
        ["run by", implementation.command ?? "in process"],
        ["suite", `${suite.version}, corpus ${suite.corpus_hash}`],
        ["commit", suite.commit + (suite.dirty ? ", with changes" : "")],
        ["toolchain", suite.toolchain],
        ["time", `${suite.start} to ${suite.stop}`],
        ["seed", suite.seed],
    ]);
}

function overviewView(query) {
    const result = model.result(query.impl);
    const alt = "Requirements of each family by level; the table below has the numbers";
    return {title: "Conformance", content: [
        tag("h1", "Conformance of ", result.name), verdictLine(result), runLine(result),
        tag("div.cards", result.families.map(family => familyCard(result, family))),
        tag("div.beside",
            model.results.length > 1 && tag("div", tag("h2", "Implementations"), implementationTable()),
            model.comparison && tag("div", tag("h2", "Since the earlier result"), changeTable())),
        tag("h2", "Coverage"), tag("div.beside",
            tag("figure.plot", tag("img", {src: `coverage-${result.position}.svg`, alt})), tag("div", levelTable(result))),
        result.position === 0 && historySection(),
        tag("h2", "This run"), runFacts(result)]};
}
