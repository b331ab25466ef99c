"use strict";
/* The frame: header, footer, keys, and which view the address asks for. */

const VIEWS = {
    "": overviewView, requirements: requirementsView, requirement: requirementView, cases: casesView, case: caseView,
    matrix: matrixView, changes: changesView,
};

function viewOf({path, query}) {
    if (path.startsWith("family/")) return familyView(query, path.slice("family/".length));
    return Object.hasOwn(VIEWS, path) ? VIEWS[path](query) : missingView("page", path);
}

function implementationChoice(route) {
    const chosen = model.result(route.query.impl);
    const option = result => tag("option", {value: result.name, selected: result === chosen}, result.name);
    const select = tag("select", {id: "implementation"}, model.results.map(option));
    select.addEventListener("change", () => {
        location.hash = address(route.path, {...currentRoute().query, impl: select.value});
    });
    return tag("label.choice", "implementation", select);
}

function drawHeader(route) {
    const entry = (path, title) =>
        tag("a", {href: address(path), "aria-current": route.path === path ? "page" : null}, title);
    const families = model.result(route.query.impl).families.map(family => entry(`family/${family.id}`, familyTitle(family.id)));
    const several = model.results.length > 1;
    const entries = [entry("", "Overview"), families, entry("requirements", "Requirements"), entry("cases", "Cases"),
        several && entry("matrix", "Matrix"), model.comparison && entry("changes", "Changes")];
    document.getElementById("header").replaceChildren(tag("a.brand", {href: address("")}, "atwire"),
        tag("nav.main", {"aria-label": "main"}, entries), several ? implementationChoice(route) : "");
}

function drawFooter() {
    const {suite} = model.results[0];
    const key = name => tag("kbd", name);
    document.getElementById("footer").replaceChildren(
        tag("p", `Suite ${suite.version}, corpus ${suite.corpus_hash}, ${suite.start}.`),
        tag("p.keys", key("/"), " search, ", key("j"), " next, ", key("k"), " previous, ", key("o"), " overview."));
}

function draw() {
    const route = currentRoute();
    const view = viewOf(route);
    document.title = `${view.title} – atwire conformance`;
    drawHeader(route);
    document.getElementById("content").replaceChildren(tag("div.view", view.content));
    const target = view.scrollTo && document.getElementById(view.scrollTo);
    if (target) target.scrollIntoView();
    else window.scrollTo(0, 0);
}

function followKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea")) {
        if (event.key === "Escape") event.target.blur();
        return;
    }
    const target = {j: "a[rel=next]", k: "a[rel=prev]", o: ".brand"}[event.key];
    if (target) document.querySelector(target)?.click();
    const search = document.getElementById("search");
    if (event.key === "/" && search) {
        event.preventDefault();
        search.focus();
    }
}

document.getElementById("skip").addEventListener("click", event => {
    event.preventDefault(); // the address is the view's
    document.getElementById("content").focus();
});
window.addEventListener("hashchange", draw);
document.addEventListener("keydown", followKey);
draw();
drawFooter();
