#!/usr/bin/env node
// A small line reader as an adapter, level framing: lines, final result codes, prompts, counted payload.
"use strict";

const {Parser, Skip, run} = require("./atwire_adapter");

const FINAL = /^(?:OK|ERROR|NO CARRIER|NO DIALTONE|NO ANSWER|BUSY|CONNECT FAIL|\+CM[ES] ERROR:[^]*)$/;
const COUNTED = /^(?:\+IPD ?(\d+):?|\+RECEIVE,\d+,(\d+):?|\+CIPRXGET: ?2,\d+,(\d+),\d+|\+CIPRXGET: ?(3),\d+,(\d+),\d+)$/;
const TAKES_DATA = /AT\+(CIPSEND|CMGS|CMGW)=/i;

// Octets are kept as a string of one character each.
class Lines extends Parser {
    name = "lines-node";

    start() {
        Object.assign(this, {rest: "", left: 0, wantsData: false, command: ""});
    }

    abandon() {
        this.start();
    }

    sent(octets) {
        this.command += octets.toString("latin1");
        if (this.command.includes("\r")) {
            this.wantsData ||= TAKES_DATA.test(this.command);
            this.command = "";
        }
    }

    received(octets) {
        this.rest += octets.toString("latin1");
        while (this.step());
    }

    // Take one thing from what has come. Returns whether there was one.
    step() {
        if (this.left > 0)
            return this.takeData(Math.min(this.left, this.rest.length));
        this.rest = this.rest.replace(/^[\r\n\0]+/, "");
        if (this.wantsData && this.rest.startsWith(">")) {
            Object.assign(this, {rest: this.rest.slice(1).replace(/^ +/, ""), wantsData: false});
            this.event("prompt");
            return true;
        }
        const [, line, rest] = /^([^\n]*)\n([^]*)$/.exec(this.rest) || [];
        if (line === undefined)
            return false;
        this.rest = rest;
        this.takeLine(line.replace(/\r+$/, ""));
        return true;
    }

    takeLine(line) {
        if (/^CONNECT( (?!FAIL)[^]*)?$/.test(line))
            throw new Skip("transparent mode");
        const final = FINAL.test(line);
        const [, ipd, receive, raw, digits, doubled] = COUNTED.exec(line) || [];
        this.event(final ? "final" : "line", [Buffer.from(line, "latin1")]);
        this.left = digits ? 2 * Number(doubled) : Number(ipd || receive || raw || 0);
        this.wantsData &&= !final;
    }

    takeData(count) {
        if (count > 0)
            this.event("data", [Buffer.from(this.rest.slice(0, count), "latin1")]);
        Object.assign(this, {rest: this.rest.slice(count), left: this.left - count});
        return count > 0;
    }
}

run(new Lines());
