"use strict";
/* A family's page: commands by form, error tables, unsolicited results, modes, sessions, ranges, anomalies. */

/* ---- marks, and anomalies as footnotes ---- */

function markTitle(item) {
    return `${shortId(item)}: ${item.outcome}. ${item.statement}`;
}

function markLink(item) {
    const href = address("requirement", {id: item.id});
    return tag("a.mark-link", {href, title: markTitle(item)}, mark(item.outcome));
}

/** Marks of requirements behind what they have in common, if that has a name. */
function variantMarks(variant, items) {
    return tag("span.variant", variant && tag("span.variant-name", variant), items.map(markLink));
}

/** Anomalies with the numbers that footnotes use. */
function numberedAnomalies(rows) {
    return rows.filter(item => item.kind === "anomaly").map((item, position) => ({item, number: position + 1}));
}

/* An anomaly belongs to a cell if they share a case. */
function footnotesOf(anomalies, cell) {
    const cases = new Set(cell.flatMap(item => item.cases));
    return anomalies.filter(({item}) => item.cases.some(id => cases.has(id)));
}

function footnoteLinks(family, notes) {
    return notes.length > 0 && tag("sup", "\u2060", notes.map(({item, number}, position) => {
        const href = address(`family/${family}`, {section: "anomalies", n: number});
        return [position ? "," : "", tag("a", {href, title: item.statement}, number)];
    }));
}

/* ---- commands × forms ---- */

/* The part of the id that names the form, without what the column says already: "2" of write-2, "tcp" of tcp. */
function variantOf(item) {
    return (item.id.split("/")[2] ?? "").replace(/^(test|read|write|execute|exec)(-|$)/, "");
}

function gridCell(family, rows, anomalies, title) {
    if (!rows.length) return tag("td.none");
    return tag(`td.is-${worst(rows)}`, {"data-form": title},
        [...groupBy(rows, variantOf)].map(([variant, items]) => variantMarks(variant, items)),
        footnoteLinks(family, footnotesOf(anomalies, rows)));
}

/* Anomalies that no cell has but whose text names the command stand at the command. */
function gridRow(family, name, items, forms, anomalies) {
    const inCells = new Set(footnotesOf(anomalies, items));
    const {command} = items[0];
    const atName = anomalies.filter(anomaly => !inCells.has(anomaly) && names(anomaly.item.statement, command));
    const chosen = command ? {family, command: name} : {family, q: `/${name}/`};
    return tag("tr", tag("th", {scope: "row"}, link("requirements", chosen, name), footnoteLinks(family, atName)),
        forms.map(([form, title]) => gridCell(family, items.filter(item => item.form === form), anomalies, title)));
}

function commandGrid(family, rows, anomalies) {
    const used = FORMS.filter(([form]) => rows.some(item => item.form === form));
    const commands = groupBy(rows.filter(item => item.kind === "form"), item => item.command || item.id.split("/")[1]);
    return table("grid.commands", ["command", ...used.map(([, title]) => title)],
        [...commands].map(([name, items]) => gridRow(family, name, items, used, anomalies)));
}

/* ---- errors: the id's second part names the table, its third the code, what follows carriers and spellings ---- */

function byNumber([a], [b]) {
    return isNaN(a) || isNaN(b) ? isNaN(a) - isNaN(b) : a - b;
}

function errorRow(code, items) {
    const variants = groupBy(items, item => item.id.split("/").slice(3).join("/"));
    return tag("tr", tag("th.number", {scope: "row"}, code),
        tag("td", [...variants].map(([variant, these]) => variantMarks(variant, these))),
        tag("td.clause", clause(items[0])), tag("td.statement", items[0].statement));
}

function errorTables(rows) {
    const tables = groupBy(rows.filter(item => item.kind === "error"), item => item.id.split("/")[1]);
    return tag("div.beside", [...tables].map(([name, items]) => {
        const codes = [...groupBy(items, item => item.id.split("/")[2] ?? "")].sort(byNumber);
        return tag("div", tag("h3", tag("code", name)), table("grid", [numbers("code"), "as", "clause", "statement"],
            codes.map(([code, these]) => errorRow(code, these))));
    }));
}

/* ---- sessions and their exchanges ---- */

function lastPart(item) {
    return item.id.split("/").pop();
}

function exchangeMark(item) {
    const href = address("requirement", {id: item.id});
    return tag("a.step-mark", {href, title: markTitle(item)}, mark(item.outcome), " ", lastPart(item));
}

function sessionTable(sessions, exchanges) {
    const steps = session => exchanges.filter(item => item.id.startsWith(`${session.id}/`));
    return table("list", [untitled("verdict"), "session", "clause", "statement", "exchanges"], sessions.map(session =>
        tag("tr", tag("td", markLink(session)), tag("td.id", requirementLink(session.id, lastPart(session))),
            tag("td.clause", clause(session)), tag("td.statement", session.statement),
            tag("td.steps", steps(session).map(exchangeMark)))));
}

/* ---- anomalies ---- */

function anomalyTable(anomalies, chosen) {
    const row = ({item, number}) => tag(String(number) === chosen ? "tr.chosen" : "tr", {id: `anomaly-${number}`},
        tag("td.number", number), tag("td", markLink(item)),
        tag("td.id", requirementLink(item.id, item.id.split("/").slice(2).join("/"))), tag("td.clause", clause(item)),
        tag("td.statement", item.statement, item.reason && tag("span.faint", ` — ${item.reason}`)));
    return table("list", [untitled("number"), untitled("verdict"), "anomaly", "clause", "reading"], anomalies.map(row));
}

/* ---- the page ---- */

/* [key, title, content], only those that have content. */
function familySections(result, family, rows, query) {
    const of = (...kinds) => rows.filter(item => kinds.includes(item.kind));
    const plain = items => items.length > 0 && requirementTable(result, items);
    const anomalies = numberedAnomalies(rows);
    const sessions = of("session");
    const alone = of("exchange").filter(item => !sessions.some(session => item.id.startsWith(`${session.id}/`)));
    return [
        ["commands", "Commands", of("form").length > 0 && commandGrid(family, rows, anomalies)],
        ["errors", "Errors", of("error").length > 0 && errorTables(rows)],
        ["urcs", "Unsolicited results", plain(of("urc"))],
        ["modes", "Modes", plain(of("mode"))],
        ["sessions", "Sessions", sessions.length > 0 && sessionTable(sessions, of("exchange"))],
        ["exchanges", "Exchanges", plain(alone)],
        ["ranges", "Ranges, defaults and times", plain(of("range", "default", "time"))],
        ["decisions", "Decisions", plain(of("decision"))],
        ["notes", "Notes", plain(of("note"))],
        ["anomalies", "Anomalies", anomalies.length > 0 && anomalyTable(anomalies, query.n)],
    ].filter(([, , content]) => content);
}

function familyView(query, id) {
    const result = model.result(query.impl);
    const family = result.families.find(candidate => candidate.id === id);
    if (!family) return missingView("family", id);
    const rows = result.requirements.filter(item => item.family === id);
    const cases = result.cases.filter(item => item.family === id);
    const sections = familySections(result, id, rows, query);
    const scrollTo = query.n ? `anomaly-${query.n}` : query.section && `section-${query.section}`;
    return {title: familyTitle(id), scrollTo, content: [
        tag("p.crumbs", link("", {}, "Overview")), tag("h1", familyTitle(id)), tag("p.manual", family.manual),
        verdictLine(result, id), meter(rows),
        tag("p", counted(rows.length, "requirement"), ": ", verdictLinks(rows, "requirements", {family: id})),
        tag("p", counted(cases.length, "case"), ": ", verdictLinks(cases, "cases", {family: id})),
        legend(rows),
        tag("nav.sections", {"aria-label": "sections"},
            sections.map(([section, title]) => link(`family/${id}`, {section}, title))),
        tag("div.beside", tag("div", levelTable(result, id)),
            model.results.length > 1 && tag("div", implementationTable(id))),
        sections.map(([key, title, content]) => tag("section", {id: `section-${key}`}, tag("h2", title), content))]};
}
