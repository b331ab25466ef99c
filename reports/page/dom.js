"use strict";
/* Building elements. Text only ever becomes text: nothing of the data is read as markup. */

/** An element: tag("a.button", {href: "#/"}, child, "text", [more children], null). */
function tag(selector, ...parts) {
    const [name, ...classes] = selector.split(".");
    const element = document.createElement(name);
    if (classes.length) element.className = classes.join(" ");
    addPart(element, parts);
    return element;
}

function addPart(element, part) {
    if (part === null || part === undefined || part === false) return;
    if (Array.isArray(part)) part.forEach(inner => addPart(element, inner));
    else if (part instanceof Node) element.append(part);
    else if (typeof part === "object") setAttributes(element, part);
    else element.append(String(part));
}

function setAttributes(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
    }
}

/** Words for those who hear the page. */
function unseen(text) {
    return tag("span.hidden", text);
}

/** A sign for those who see the page. */
function sign(text) {
    return tag("span", {"aria-hidden": "true"}, text);
}

/** A table with a head, which scrolls in its own box where it is too wide. Columns: a text, or {title, class}. */
function table(className, columns, rows) {
    const heads = columns.map(column => tag("th", {scope: "col", class: column.class}, column.title ?? column));
    return tag("div.scroll", tag(`table.${className}`, tag("thead", tag("tr", heads)), tag("tbody", rows)));
}

/** A table's column of numbers, and one that needs no title for those who see it. */
const numbers = title => ({title, class: "number"});
const untitled = title => ({title: unseen(title)});

/** Terms and what is to be said of each: [[term, value], …]; what is false is left out. */
function facts(pairs) {
    return tag("dl.facts", pairs.filter(Boolean).map(([term, ...value]) => [tag("dt", term), tag("dd", value)]));
}

/** "1 case", "2 cases". */
function counted(count, word) {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
}
