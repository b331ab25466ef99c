"use strict";
/* Cases: the list, and the page of one. */

function caseRow(item) {
    const difference = item.difference && tag("div.differs", "expected ", drawEventOrNothing(item.difference.expected),
        ", got ", drawEventOrNothing(item.difference.got));
    return tag(`tr.item.is-${item.outcome}`, tag("td", mark(item.outcome)), tag("td.id", caseLink(item.id)),
        tag("td.level", item.level), tag("td.statement", item.title, difference), tag("td.number", item.splits),
        tag("td.number", item.duration_ms.toFixed(1)));
}

function casesView(query) {
    const result = model.result(query.impl);
    const draw = state => {
        const items = result.cases.filter(item => fitsQuery(item, state));
        const columns = [untitled("verdict"), "case", "level", "title", numbers("runs"), numbers("ms")];
        return tag("div", tag("p.count", counted(items.length, "case"), " ", verdictLinks(items, "cases", state)),
            items.length ? table("list", columns, items.map(caseRow)) : nothingFits("cases"));
    };
    const bar = filtered("cases", query, result, ["family", "verdict", "level", "command"], [], draw);
    return {title: "Cases", content: [tag("h1", "Cases"), bar]};
}

/** Copies the text of the element before it. */
function copyButton() {
    const button = tag("button.copy", {type: "button"}, "copy");
    button.addEventListener("click", async () => {
        const source = button.previousElementSibling;
        try {
            await navigator.clipboard.writeText(source.textContent);
            button.textContent = "copied";
        } catch {
            getSelection().selectAllChildren(source); // the browser forbids it here: ready for the keyboard
        }
    });
    return button;
}

function caseFacts(item) {
    const runs = item.splits === 1 ? "1 run, uncut" : `${item.splits} runs, each with the input cut in another way`;
    return facts([
        ["clause", item.source],
        ["level", item.level],
        item.note && ["reading", item.note],
        item.notes.length > 0 && ["notes", item.notes.map(note => [drawNote(`~${note}`), " "])],
        ["file", tag("code", item.file)],
        ["size", `${counted(item.octets, "octet")} received; ${runs}; ${item.duration_ms.toFixed(2)} ms`],
        ["rerun", tag("code", item.rerun), " ", copyButton()],
    ]);
}

/* Below the highest level part of what the transcript expects is not looked at, and not drawn. */
function levelNote(level) {
    const left = {
        framing: "lines, prompts and payloads are compared, not what they mean",
        classify: "kinds and names are compared, not fields, completion and notes",
        values: "completion and notes are not compared",
    };
    return left[level] && tag("p.faint", `Compared up to level ${level}: ${left[level]}.`);
}

function coveredTable(result, item) {
    const covered = item.covers.map(id => result.requirement.get(id)).filter(Boolean);
    return table("list", [untitled("verdict"), "requirement", "clause", "statement"], covered.map(requirement =>
        tag(`tr.item.is-${requirement.outcome}`, tag("td", mark(requirement.outcome)),
            tag("td.id", requirementLink(requirement.id)), tag("td.clause", clause(requirement)),
            tag("td.statement", requirement.statement))));
}

/** The same item in every result, if there are several. */
function otherResults(kind, id) {
    if (model.results.length < 2) return null;
    return tag("p.others", model.results.map(result => {
        const item = result[kind].get(id);
        return item && link(kind, {id, impl: result.name}, mark(item.outcome), " ", result.name);
    }));
}

/** Links to what stands before and behind in a list; the keys j and k follow them. */
function neighbours(kind, list, item) {
    const at = list.indexOf(item);
    const to = (other, rel, text) =>
        other && tag("a", {rel, href: address(kind, {id: other.id}), title: other.id}, text);
    return tag("nav.neighbours", {"aria-label": "neighbours"}, to(list[at - 1], "prev", "‹ previous"), " ",
        to(list[at + 1], "next", "next ›"));
}

function caseView(query) {
    const result = model.result(query.impl);
    const item = result.case.get(query.id);
    if (!item) return missingView("case", query.id);
    const {family} = item;
    return {title: item.id, content: [
        tag("p.crumbs", link(`family/${family}`, {}, familyTitle(family)), " › ", link("cases", {family}, "Cases")),
        neighbours("case", result.cases.filter(other => other.family === family), item),
        tag("h1", item.title), tag("p.id", badge(item.outcome), " ", tag("code", item.id)),
        otherResults("case", item.id),
        drawDifference(item), tag("h2", "Exchange"), levelNote(result.implementation.level),
        drawExchange(item, result.implementation.level),
        tag("h2", "Requirements"), coveredTable(result, item), tag("h2", "About"), caseFacts(item)]};
}

/** For addresses that lead nowhere. */
function missingView(kind, id = "") {
    const text = tag("p", `This report has no ${kind} `, tag("code", id), ".");
    return {title: "Not there", content: [tag("h1", "Not there"), text]};
}
