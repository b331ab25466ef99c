"use strict";
/* Checks of the page, run inside it. Loaded before the page's scripts: what they throw or complain of is a failure. */

const complaints = [];
const complain = event => complaints.push(event.message ?? `${event.target.src ?? "something"} does not load`);
window.addEventListener("error", complain, true);
window.addEventListener("unhandledrejection", event => complaints.push(String(event.reason)));
for (const level of ["error", "warn"]) console[level] = (...parts) => complaints.push(parts.join(" "));

const report = [];
const check = (good, what) => report.push(`${good ? "ok" : "not ok"}: ${what}`);
const equal = (got, expected, what) =>
    check(got === expected, got === expected ? what : `${what}: expected ${expected}, got ${got}`);
const all = selector => [...document.querySelectorAll(selector)];
const text = selector => document.querySelector(selector)?.textContent ?? "";
const settle = () => new Promise(resolve => setTimeout(resolve, 200));

async function go(hash) {
    location.hash = hash;
    await settle();
}

async function choose(name, value) {
    const control = document.querySelector(`.filters [name=${name}]`);
    if (control.type === "checkbox") control.checked = value;
    else control.value = value;
    control.dispatchEvent(new Event(control.type === "search" ? "input" : "change", {bubbles: true}));
    await settle();
}

async function press(key) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    await settle();
}

const listed = () => all(".list > tbody > tr.item").length;

async function checkOverview() {
    await go("#/");
    equal(all(".card").length, 2, "a card for each family that has something");
    check(text(".verdict").includes("Not passed"), "the verdict comes first");
    check(document.querySelector("h1").nextElementSibling.matches(".verdict"), "… right below the title");
    equal(text(".card h2"), "A7600", "families have their manuals' names");
    equal(text(".goal th"), "to reach", "size and speed have their goal");
    equal(all(".plot img").length, 2, "coverage and history have a plot each");
    check(text(".card").includes("1 of 10 requirements pass"), "the card counts");
    check(all(".plot img").every(image => image.complete && image.naturalWidth > 0), "the plot is there");
    equal(text(".counts .change-regressed td"), "1", "changes are counted");
}

async function checkFilters() {
    await go("#/requirements");
    equal(listed(), 12, "all requirements");
    await choose("family", "sim7028");
    equal(listed(), 1, "filter: family");
    check(location.hash.includes("family=sim7028"), "the family is in the address");
    await choose("family", "");
    await choose("verdict", "findings");
    equal(listed(), 6, "filter: findings");
    await choose("verdict", "crash");
    equal(listed(), 1, "filter: verdict");
    await choose("verdict", "");
    await choose("level", "should");
    equal(listed(), 2, "filter: level");
    await choose("level", "");
    await choose("command", "CIPRXGET");
    equal(listed(), 2, "filter: command");
    await choose("form", "write");
    equal(listed(), 1, "filter: form");
    await choose("form", "");
    await choose("command", "");
    await choose("kind", "anomaly");
    equal(listed(), 1, "filter: kind");
    await choose("kind", "");
    await choose("q", "CIPOEPN answer");
    equal(listed(), 1, "filter: words");
    await choose("q", "no such thing");
    equal(text(".empty"), "Nothing fits these filters. Show all", "an empty list says so");
}

async function checkFilterAddress() {
    await go("#/cases?family=a7600&verdict=fail&q=ipclose");
    equal(listed(), 1, "an address restores its filters");
    equal(document.querySelector(".filters [name=verdict]").value, "fail", "… and shows them");
    equal(document.querySelector(".filters [name=q]").value, "ipclose", "… the words too");
    await go("#/cases?q=%E0%A4%A");
    check(all(".filters").length === 1, "a broken address breaks nothing");
    await go("#/requirements?wire=1&command=CIPOPEN");
    check(all(".details:not([hidden]) .exchange").length >= 2, "wire and events of each row");
}

async function checkWireButton() {
    await go("#/requirements?command=CIPRXGET");
    const button = document.querySelector(".toggle");
    equal(all(".exchange").length, 0, "wire is closed at first");
    button.click();
    equal(all("tr.details:not([hidden]) .exchange").length, 1, "a row opens to its wire");
    equal(button.getAttribute("aria-expanded"), "true", "… and says so");
}

async function checkCase() {
    await go("#/case?id=transcripts/a7600/ciprxget/read-5");
    equal(text("h1"), "Five octets are read", "a case has its title");
    equal(all(".exchange .rx .escape[title='NUL, 0x00']").length, 1, "control octets are visible");
    const partsOf = row => [row.querySelector(".wire").textContent, row.querySelector(".events").textContent];
    const rows = all(".exchange tr.rx").map(row => partsOf(row).join("|"));
    equal(rows.length, 3, "events stand beside their own lines");
    check(rows[0].startsWith("\\r\\n+CIPRXGET: 2,1,5,0") && rows[0].includes("info CIPRXGET"), "… the header");
    check(rows[1].startsWith("da\\x00a") && rows[1].includes("data len=5"), "… the payload");
    check(rows[2].startsWith("\\r\\nOK") && rows[2].includes("done CIPRXGET"), "… the final code");
    check(text(".facts").includes("~leading-zero") && text(".facts").includes("Read as printed."), "notes and reading");
    check(text(".list").includes("A7600 2.5"), "the clause");
}

async function checkDifference() {
    await go("#/case?id=transcripts/a7600/cipopen/tcp");
    check(/line 10, received in chunks of 3/.test(text(".difference")), "the difference has its place");
    equal(all(".event.first.expected").length, 1, "what was expected is marked");
    equal(all(".event.first.got").length, 1, "what came is marked");
    await go("#/case?id=transcripts/a7600/session");
    check(text(".difference").includes("known: no DTR"), "an expected failure has its reason");
    check(text(".exchange").includes("escape reported by DTR"), "DTR is shown");
}

async function checkHostile() {
    await go("#/case?id=transcripts/a7600/hostile");
    check(text("h1").includes("</script><script>window.hacked=1</script>"), "markup in the data is text");
    check(text(".exchange .tx .wire").includes("<img src=x onerror=window.hacked=1>"), "… on the wire too");
    await go("#/requirement?id=%3Cimg src=x onerror=window.hacked=1%3E");
    check(text("main").includes("Not there"), "… and in the address");
    equal(window.hacked, undefined, "nothing of the data runs");
    equal(all("main img, main script").length, 0, "nothing of the data is an element");
}

async function checkFamily() {
    await go("#/family/a7600");
    const cells = all(".grid tbody tr").map(row => row.textContent);
    equal(cells.length >= 3, true, "the grid has its commands");
    equal(all(".grid sup a").length > 0, true, "anomalies are footnotes");
    for (const section of ["commands", "errors", "urcs", "sessions", "ranges", "anomalies"])
        check(document.getElementById(`section-${section}`), `section ${section}`);
    document.querySelector(".grid sup a").click();
    await settle();
    equal(all("tr.chosen").length, 1, "a footnote leads to its anomaly");
    equal(all(".step-mark").length, 1, "a session lists its exchanges");
}

/* What a level does not promise is no difference, and what fails as expected is not called passed. */
async function checkLevels() {
    await go("#/case?id=transcripts/a7600/cipopen/tcp");
    check(text(".view").includes("completion and notes are not compared"), "the page says what is not compared");
    equal(all(".event.expected").length, 1, "a result that did not come");
    check(!text(".exchange").includes("done"), "… and no completion, which level values does not promise");
    equal(all(".differs-here").length, 1, "the step that differs is marked");
    const one = outcome => ({outcome, level: "must"});
    const line = (...outcomes) => goodLine(outcomes.map(one), outcomes.map(one)).textContent;
    equal(line("pass", "expected"), "≈ As expected. 1 of 2 cases pass, 1 fail as the list of expected failures says; " +
        "1 of 2 requirements passes.", "what fails as listed is not called passed");
    equal(line("pass", "skip"), "✓ Pass, in part. 1 of 2 cases pass, 1 are skipped; 1 of 2 requirements passes.",
        "nor what is skipped");
    equal(cuttingWords("cuts 3,9"), "received cut at octet 3 and 9", "cuttings in words");
    equal(cuttingWords("sent width 2"), "sent in pieces of 2", "… of what was sent");
    equal(comparedPart("result X link_num=1 err=0 ~missing-blank", "values"), "result X link_num=1 err=0", "no notes");
    equal(comparedPart("result X link_num=1 err=0", "classify"), "result X", "no fields");
    check(isSame("info CSQ rssi=1 ber=2", "line \"+CSQ: 1,2\"", "framing"), "a line is a line at framing");
    check(!isSame("info CSQ rssi=1 ber=2", "final \"+CSQ: 1,2\"", "framing"), "… and no final code");
    check(!isSame("text \"a\"", "line \"b\"", "framing"), "… and has its text");
}

/* On a phone nothing is wider than the screen. */
async function checkWidths() {
    for (const hash of ["#/", "#/family/a7600", "#/matrix", "#/cases", "#/requirements?wire=1", "#/changes",
        "#/case?id=transcripts/a7600/cipopen/tcp"]) {
        await go(hash);
        const {scrollWidth, clientWidth} = document.documentElement;
        check(scrollWidth <= clientWidth, `${hash}: ${scrollWidth} in ${clientWidth} pixels`);
    }
}

async function checkMatrix() {
    await go("#/matrix");
    equal(all(".matrix tbody tr").length, 12, "the matrix has every requirement");
    equal(all(".matrix tbody tr:first-child .mark").length, 2, "… and every implementation");
    check(text(".legend").includes("crashed"), "… and says what the marks mean");
    await choose("differ", true);
    equal(all(".matrix tbody tr").length, 1, "filter: only where they differ");
    await go("#/?impl=other%20%3Cb%3E");
    equal(text("h1"), "Conformance of other <b>", "another implementation can be chosen");
    all("nav.main a")[1].click();
    await settle();
    check(location.hash.includes("impl=other"), "… and stays chosen");
    const choice = document.getElementById("implementation");
    choice.value = "sample";
    choice.dispatchEvent(new Event("change"));
    await settle();
    check(location.hash.includes("impl=sample"), "… until another one is");
}

async function checkChanges() {
    await go("#/changes");
    equal(all(".list tbody tr").length, 20, "all changes");
    await choose("change", "regressed");
    equal(all(".list tbody tr").length, 2, "filter: change");
}

async function checkKeys() {
    await go("#/case?id=transcripts/a7600/ciprxget/read-5");
    await press("j");
    check(location.hash.includes("ciprxget/test"), "j goes to the next case");
    await press("k");
    check(location.hash.includes("ciprxget/read-5"), "k goes back");
    await press("o");
    equal(text("h1"), "Conformance of sample", "o goes to the overview");
    await go("#/cases");
    await press("/");
    equal(document.activeElement.id, "search", "/ goes to the search");
    const named = control => control.closest("label") || control.textContent;
    check(all("main select, main input, main button").every(named), "controls have names");
}

/* Every address that the page offers leads to a view. */
async function checkLinks() {
    const waiting = ["#/"], seen = new Set(waiting);
    while (waiting.length) {
        await go(waiting.pop());
        if (text("h1") === "Not there") check(false, `${location.hash} leads nowhere`);
        for (const anchor of all("a[href]")) {
            const href = anchor.getAttribute("href");
            if (!href.startsWith("#/") && href !== "#content") check(false, `${href} leads out of the report`);
            if (href.startsWith("#/") && !/impl=other|verdict=|level=/.test(href) && !seen.has(href)) {
                seen.add(href);
                waiting.push(href);
            }
        }
    }
    check(seen.size > 30, `${seen.size} links followed`);
}

window.addEventListener("load", async () => {
    for (const part of [checkOverview, checkFilters, checkFilterAddress, checkWireButton, checkCase, checkDifference,
        checkHostile, checkFamily, checkLevels, checkWidths, checkMatrix, checkChanges, checkKeys, checkLinks]) {
        try {
            await part();
        } catch (error) {
            check(false, `${part.name}: ${error.stack}`);
        }
    }
    equal(complaints.join("; "), "", "no complaint on the console");
    const result = document.createElement("pre");
    result.id = "checks";
    result.textContent = "\n" + report.join("\n") + "\nall checks done\n";
    document.body.replaceChildren(result);
});
