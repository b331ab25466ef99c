"use strict";
/* Implementations × requirements. */

function outcomesOf(requirement) {
    return model.results.map(result => result.requirement.get(requirement.id)?.outcome);
}

function matrixRow(item) {
    const cells = outcomesOf(item).map((outcome, position) => {
        const impl = model.results[position].name;
        return tag("td.cell", outcome && link("requirement", {id: item.id, impl}, mark(outcome)));
    });
    return tag("tr", tag("th.id", {scope: "row"}, requirementLink(item.id)), tag("td.clause", clause(item)),
        tag("td.statement", item.statement), cells);
}

/* Every requirement that any result has, in the order of the first that has it. */
function allRequirements() {
    const known = new Map();
    for (const result of model.results)
        for (const item of result.requirements)
            if (!known.has(item.id)) known.set(item.id, item);
    return [...known.values()];
}

function matrixView(query) {
    const all = allRequirements();
    const implementations = model.results.map(({name}) => ({title: name, class: "cell"}));
    const columns = ["requirement", "clause", "statement", ...implementations];
    const draw = state => {
        const items = all.filter(item => {
            const outcomes = outcomesOf(item);
            return fitsQuery(item, state, outcomes) && (state.differ !== "1" || new Set(outcomes).size > 1);
        });
        return tag("div", tag("p.count", counted(items.length, "requirement"), " ", legend(items, outcomesOf)),
            items.length ? table("list.matrix", columns, items.map(matrixRow)) : nothingFits("matrix"));
    };
    const bar = filtered("matrix", query, model.results[0], ["family", "kind", "verdict", "level", "command"],
        [["differ", "only where they differ"]], draw);
    return {title: "Matrix", content: [tag("h1", "Implementations × requirements"), implementationTable(), bar]};
}
