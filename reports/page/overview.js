"use strict";
/* The start page. */

function familyCard(result, family) {
    const rows = result.requirements.filter(item => item.family === family.id);
    const provable = rows.filter(item => item.level !== "info");
    const passing = provable.filter(item => item.outcome === "pass");
    const cases = result.cases.filter(item => item.family === family.id);
    return tag("article.card", tag("h2", link(`family/${family.id}`, {}, family.id)), tag("p.manual", family.manual),
        meter(rows), tag("p", tag("b", `${passing.length} of ${provable.length}`), " requirements pass"),
        tag("p", verdictLinks(rows, "requirements", {family: family.id})),
        tag("p.faint", counted(cases.length, "case"), ": ", verdictLinks(cases, "cases", {family: family.id})));
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
        tag("h1", "Conformance of ", result.name), verdictLine(result),
        tag("div.cards", result.families.map(family => familyCard(result, family))),
        tag("div.beside",
            model.results.length > 1 && tag("div", tag("h2", "Implementations"), implementationTable()),
            model.comparison && tag("div", tag("h2", "Since the earlier result"), changeTable())),
        tag("h2", "Coverage"), tag("figure.plot", tag("img", {src: `coverage-${result.position}.svg`, alt})),
        levelTable(result),
        tag("h2", "This run"), runFacts(result)]};
}
