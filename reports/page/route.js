"use strict";
/* The page's state is its address, #/PATH?key=value&…: going back, reloading and sending it give the same view. */

function encodePart(text) {
    return encodeURIComponent(text).replace(/%2F/g, "/"); // ids stay readable
}

/** {path: "requirements", query: {family: "a7600"}} of the address. */
function currentRoute() {
    const [path, search = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    const query = {};
    for (const pair of search.split("&").filter(Boolean)) {
        const [key, value = ""] = pair.split(/=(.*)/s);
        try {
            query[decodeURIComponent(key)] = decodeURIComponent(value);
        } catch {
            query[key] = value; // an address that somebody has edited
        }
    }
    return {path, query};
}

/** The address of a view. Empty values are left out; the chosen implementation stays chosen. */
function address(path, query = {}) {
    const kept = {impl: currentRoute().query.impl, ...query};
    const pairs = Object.entries(kept).filter(([, value]) => value !== undefined && value !== null && value !== "");
    const search = pairs.map(([key, value]) => `${key}=${encodePart(value)}`).join("&");
    return `#/${path}${search && "?"}${search}`;
}

function link(path, query, ...content) {
    return tag("a", {href: address(path, query)}, ...content);
}

/** An id, which may be broken behind its slashes and nowhere else. */
function drawId(id) {
    return tag("code", id.split("/").map((part, position) => [position > 0 && ["/", tag("wbr")], part]));
}

function caseLink(id, ...content) {
    return link("case", {id}, ...(content.length ? content : [drawId(id)]));
}

function requirementLink(id, ...content) {
    return link("requirement", {id}, ...(content.length ? content : [drawId(id)]));
}
