"""Makes an atwire adapter of a parser written in Python: subclass Parser, then call run() with an instance."""

import re
import sys

ESCAPES = {"r": 13, "n": 10, "t": 9, '"': 34, "\\": 92}
LETTERS = {octet: "\\" + letter for letter, octet in ESCAPES.items()}


def quote(octets):
    """Octets as the event notation writes them."""
    return '"%s"' % "".join(
        LETTERS.get(octet) or (chr(octet) if 0x20 <= octet <= 0x7E else "\\x%02x" % octet) for octet in octets)


def unquote(text):
    """Octets between the first and the last quote of a line."""
    inner = text[text.index('"') + 1:text.rindex('"')]
    return re.sub(rb"\\(?:x([0-9a-f]{2})|(.))",
                  lambda found: bytes([int(found[1], 16) if found[1] else ESCAPES[found[2].decode()]]),
                  inner.encode("ascii"))


class Skip(Exception):
    """Raise it to leave a case out, with the reason."""


class Parser:
    """The parser under test; what it does not override does nothing."""

    name, version, level = "parser", "1", "framing"

    def start(self, family, config): ...
    def sent(self, octets): ...
    def received(self, octets): ...
    def escape(self): ...
    def abandon(self): ...
    def finish(self): ...

    def event(self, kind, *words, **fields):
        """Report an event. Words are printed as they are, octets in quotes; fields are integers or octets."""
        parts = [kind] + [quote(word) if isinstance(word, bytes) else word for word in words]
        parts += ["%s=%s" % (key, quote(value) if isinstance(value, bytes) else value) for key, value in fields.items()]
        self.lines.append(" ".join(parts))


def play(parser, lines):
    """One case, from the line behind `case` to `end`."""
    line = next(lines)
    config = {}
    if line.startswith("config "):
        config = dict(item.split("=") for item in line.split()[1:])
        line = next(lines)
    parser.start(parser.family, config)
    while line != "end":
        word = line.split(" ")[0]
        if word in ("rx", "tx"):
            (parser.received if word == "rx" else parser.sent)(unquote(line))
        else:
            {"dtr": parser.escape, "abandon": parser.abandon}[word]()
        line = next(lines)
    parser.finish()


def run(parser):
    """Answer cases until the input ends."""
    lines = (line.rstrip("\n") for line in sys.stdin)
    print("atwire-adapter 1", parser.name, parser.version, "level=" + parser.level, flush=True)
    for line in lines:
        _, parser.id, parser.family = line.split(" ")
        parser.lines = []
        try:
            play(parser, lines)
            print("\n".join(parser.lines + ["end"]), flush=True)
        except Skip as reason:
            for line in lines:
                if line == "end":
                    break
            print("skip", reason, flush=True)
