"use strict";
/* What has changed since an earlier result. */

const CHANGES = [["regressed", "Regressed"], ["improved", "Improved"], ["added", "Added"], ["removed", "Removed"]];

function changeTable() {
    const {differences} = model.comparison;
    const count = (change, of) => differences.filter(item => item.change === change && item.of === of).length;
    return table("counts", ["change", numbers("requirements"), numbers("cases")], CHANGES.map(([change, title]) =>
        tag(`tr.change-${change}`, tag("th", {scope: "row"}, link("changes", {change}, title)),
            tag("td.number", count(change, "requirement")), tag("td.number", count(change, "case")))));
}

/* What is removed has no page to lead to. */
function changedId(item) {
    if (item.change === "removed") return tag("code", item.id);
    return item.of === "case" ? caseLink(item.id) : requirementLink(item.id);
}

function changeRow(item) {
    return tag("tr", tag("td", item.change), tag("td", item.of), tag("td.id", changedId(item)),
        tag("td.nowrap", item.before && badge(item.before), item.before && item.after && " → ",
            item.after && badge(item.after)),
        tag("td.statement", item.title));
}

function changeFits(item, state) {
    return ["change", "of", "family"].every(name => !state[name] || item[name] === state[name]) &&
        `${item.id} ${item.title}`.toLowerCase().includes((state.q ?? "").toLowerCase());
}

function changesView(query) {
    if (!model.comparison) return missingView("comparison");
    const {suite, implementation, differences} = model.comparison;
    const draw = state => {
        const items = differences.filter(item => changeFits(item, state));
        const columns = ["change", "of", "id", "verdict", "title"];
        return items.length ? table("list", columns, items.map(changeRow)) : nothingFits("changes");
    };
    const since = `Since ${implementation.name} ${implementation.version} of ${suite.start}, commit ` +
        `${suite.commit.slice(0, 10)}, corpus ${suite.corpus_hash}.`;
    return {title: "Changes", content: [tag("h1", "Changes"), tag("p.run", since), changeTable(),
        filtered("changes", query, model.results[0], ["change", "of", "family"], [], draw)]};
}
