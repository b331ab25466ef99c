"use strict";
/* Filters whose state is in the address. A view gives the names it has, and what it draws for a query. */

const optionsOf = {
    family: result => result.families.map(family => [family.id, familyTitle(family.id)]),
    verdict: () => [["findings", "all findings"], ...OUTCOMES.map(outcome => [outcome, outcome])],
    level: () => LEVELS.map(level => [level, level]),
    kind: result => KINDS.filter(([kind]) => result.requirements.some(item => item.kind === kind)),
    command: result => [...new Set(result.requirements.map(item => item.command).filter(Boolean))].sort()
        .map(command => [command, command]),
    form: () => FORMS,
    change: () => CHANGES,
    of: () => [["requirement", "requirements"], ["case", "cases"]],
};

function verdictFits(outcome, wanted) {
    return !wanted || outcome === wanted || (wanted === "findings" && isFinding(outcome));
}

/** Does a requirement or a case fit the query? Verdicts are the caller's where several results are looked at. */
function fitsQuery(item, query, outcomes = [item.outcome]) {
    const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    return (!query.family || item.family === query.family) && (!query.level || item.level === query.level) &&
        (!query.kind || item.kind === query.kind) && (!query.form || item.form === query.form) &&
        (!query.command || item.command === query.command || item.commands?.has(query.command)) &&
        outcomes.some(outcome => verdictFits(outcome, query.verdict)) &&
        words.every(word => searchText(item).includes(word));
}

function selectFilter(name, options, value, change) {
    const known = !value || options.some(([key]) => key === value);
    return tag("label", name, tag("select", {name, onchange: event => change(name, event.target.value)},
        tag("option", {value: ""}, "all"), !known && tag("option", {value, selected: true}, value),
        options.map(([key, title]) => tag("option", {value: key, selected: key === value}, title))));
}

function checkFilter(name, title, value, change) {
    const box = tag("input", {type: "checkbox", name, checked: value === "1"});
    box.addEventListener("change", () => change(name, box.checked ? "1" : ""));
    return tag("label.check", box, title);
}

const TYPING_PAUSE_MS = 120; // a long list is not drawn for every letter

function wordFilter(path, value, change) {
    const placeholder = path === "changes" ? "words of id and title" : "words, also of wire and events";
    const box = tag("input", {type: "search", name: "q", id: "search", value, placeholder});
    let waiting;
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => change("q", box.value), TYPING_PAUSE_MS);
    });
    return tag("label.wide", "text", box);
}

/**
 * A bar of filters above what they choose.
 *
 * @param path    the view's path
 * @param selects names of optionsOf
 * @param checks  [[name, title]]
 * @param draw    query => element
 */
function filtered(path, query, result, selects, checks, draw) {
    const state = {...query};
    const list = tag("div", draw(state));
    const change = (name, value) => {
        state[name] = value;
        history.replaceState(null, "", address(path, state));
        list.replaceChildren(draw(state));
    };
    return [tag("form.filters", {role: "search", onsubmit: event => event.preventDefault()},
        selects.map(name => selectFilter(name, optionsOf[name](result), state[name], change)),
        checks.map(([name, title]) => checkFilter(name, title, state[name], change)),
        wordFilter(path, state.q ?? "", change), tag("a.button", {href: address(path)}, "Clear")), list];
}

/** Said where a list is empty. */
function nothingFits(path) {
    return tag("p.empty", "Nothing fits these filters. ", tag("a", {href: address(path)}, "Show all"));
}
