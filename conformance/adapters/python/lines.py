#!/usr/bin/env python3
"""A small line reader as an adapter, level framing: lines, final result codes, prompts, counted payload."""

import re

from atwire_adapter import Parser, Skip, run

FINAL = re.compile(rb"OK|ERROR|NO CARRIER|NO DIALTONE|NO ANSWER|BUSY|CONNECT FAIL|\+CM[ES] ERROR:.*", re.S)
COUNTED = re.compile(rb"\+IPD ?(\d+):?|\+RECEIVE,\d+,(\d+):?|\+CIPRXGET: ?2,\d+,(\d+),\d+|\+CIPRXGET: ?(3),\d+,(\d+),\d+")
TAKES_DATA = re.compile(rb"AT\+(CIPSEND|CMGS|CMGW)=", re.I)


class Lines(Parser):
    name, version, level = "lines-python", "1", "framing"

    def start(self, family, config):
        self.rest, self.left, self.wants_data, self.command = b"", 0, False, b""

    def abandon(self):
        self.start(self.family, {})

    def sent(self, octets):
        self.command += octets
        if b"\r" in self.command:
            self.wants_data = self.wants_data or bool(TAKES_DATA.search(self.command))
            self.command = b""

    def received(self, octets):
        self.rest += octets
        while self.step():
            pass

    def step(self):
        """Take one thing from what has come. Returns whether there was one."""
        if self.left:
            return self.take_data(min(self.left, len(self.rest)))
        self.rest = self.rest.lstrip(b"\r\n\0")
        if self.wants_data and self.rest.startswith(b">"):
            self.rest, self.wants_data = self.rest[1:].lstrip(b" "), False
            self.event("prompt")
            return True
        line, end, rest = self.rest.partition(b"\n")
        if end:
            self.rest = rest
            self.take_line(line.rstrip(b"\r"))
        return bool(end)

    def take_line(self, line):
        if re.fullmatch(rb"CONNECT( (?!FAIL).*)?", line):
            raise Skip("transparent mode")
        final, counted = FINAL.fullmatch(line), COUNTED.fullmatch(line)
        self.event("final" if final else "line", line)
        if counted:
            ipd, receive, raw, digits, doubled = counted.groups()
            self.left = 2 * int(doubled) if digits else int(ipd or receive or raw)
        self.wants_data = self.wants_data and not final

    def take_data(self, count):
        if count:
            self.event("data", self.rest[:count])
        self.rest, self.left = self.rest[count:], self.left - count
        return count > 0


run(Lines())
