"use strict";
/* Requirements: the list, and the page of one. */

/** A requirement's cases with wire and events. */
function casesInline(result, requirement) {
    const cases = requirement.cases.map(id => result.case.get(id)).filter(Boolean);
    return tag("div.inline-cases", cases.map(item => tag("div",
        tag("p", mark(item.outcome), " ", caseLink(item.id, item.title)), drawDifference(item),
        drawExchange(item, result.implementation.level))));
}

const ROWS_AT_ONCE = 40;

/* Opens rows a few at a time, so that a long list can be used meanwhile; stops when another list has taken its place. */
function openRows(table, rows) {
    rows.splice(0, ROWS_AT_ONCE).forEach(open => open());
    if (rows.length) setTimeout(() => table.isConnected && openRows(table, rows));
}

/* The row below a requirement's, which is filled when it is opened. */
function detailsRow(result, requirement) {
    const cell = tag("td", {colspan: 7});
    const row = tag("tr.details", cell);
    const button = tag("button.toggle", {type: "button", title: "wire and events"}, "wire");
    const show = shown => {
        row.hidden = !shown;
        button.setAttribute("aria-expanded", String(shown));
        if (shown && !cell.firstChild) cell.append(casesInline(result, requirement));
    };
    show(false);
    button.addEventListener("click", () => show(row.hidden));
    return {row, button, open: () => show(true)};
}

function requirementRow(item, details) {
    return tag(`tr.item.is-${item.outcome}`, tag("td", mark(item.outcome)), tag("td.id", requirementLink(item.id)),
        tag("td.level", item.level), tag("td.clause", clause(item)),
        tag("td.statement", item.statement, item.reason && tag("span.faint", ` — ${item.reason}`)),
        tag("td.number", item.cases.length || ""), tag("td", details?.button));
}

/** Requirements, each with a button that opens its wire and events; `open`: they are open. */
function requirementTable(result, items, open = false) {
    const columns = [untitled("verdict"), "requirement", "level", "clause", "statement", numbers("cases"),
        untitled("wire")];
    const details = items.map(item => item.cases.length > 0 ? detailsRow(result, item) : null);
    const rows = items.map((item, position) => [requirementRow(item, details[position]), details[position]?.row]);
    const element = table("list.requirements", columns, rows);
    if (open) openRows(element, details.filter(Boolean).map(detail => detail.open));
    return element;
}

function requirementsView(query) {
    const result = model.result(query.impl);
    const draw = state => {
        const items = result.requirements.filter(item => fitsQuery(item, state));
        return tag("div",
            tag("p.count", counted(items.length, "requirement"), " ", verdictLinks(items, "requirements", state)),
            items.length ? requirementTable(result, items, state.wire === "1") : nothingFits("requirements"));
    };
    const bar = filtered("requirements", query, result, ["family", "kind", "verdict", "level", "command", "form"],
        [["wire", "show wire and events"]], draw);
    return {title: "Requirements", content: [tag("h1", "Requirements"), bar]};
}

function requirementView(query) {
    const result = model.result(query.impl);
    const item = result.requirement.get(query.id);
    if (!item) return missingView("requirement", query.id);
    const {family, kind} = item;
    const kindTitle = new Map(KINDS).get(kind);
    return {title: item.id, content: [
        tag("p.crumbs", link(`family/${family}`, {}, familyTitle(family)), " › ", link("requirements", {family, kind}, kindTitle)),
        neighbours("requirement", result.requirements.filter(other => other.family === family), item),
        tag("h1.id", item.id), tag("p.statement", badge(item.outcome), " ", item.statement),
        facts([["clause", clause(item)], ["level", item.level], ["kind", kind],
            item.reason && ["why no case", item.reason]]),
        otherResults("requirement", item.id),
        tag("h2", counted(item.cases.length, "case")), casesInline(result, item)]};
}
