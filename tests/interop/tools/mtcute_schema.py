#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Prints the schema that mtcute ships as JSON (@mtcute/core, tl/api-schema.json) as TL text.

    mtcute_schema.py node_modules/@mtcute/core/tl/api-schema.json > raw.tl
    mtp-tlgen normalise raw.tl > schemas/layer_227.tl
"""
import json
import sys

# Declared by every schema text, but left out of the JSON because mtcute has them built in.
BUILT_IN = """boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
true#3fedd339 = True;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
null#56730bcc = Null;"""


def is_telegrams(entry):
    """mtcute adds names of its own, and old forms of two locations under new names."""
    return not entry["name"].startswith("mtcute.") and not entry["name"].endswith("Legacy")


def type_of(entry):
    modifiers = entry.get("typeModifiers") or {}
    name = {"int53": "long"}.get(entry["type"], entry["type"])
    if modifiers.get("isVector"):
        name = f"Vector<{name}>"
    return f"{modifiers['predicate']}?{name}" if "predicate" in modifiers else name


def declaration(entry):
    generics = "".join(f" {{{g['name']}:{g['type']}}}" for g in entry.get("generics", []))
    fields = "".join(f" {field['name']}:{type_of(field)}" for field in entry["arguments"])
    return f"{entry['name']}#{entry['id']:08x}{generics}{fields} = {type_of(entry)};"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    entries = [entry for entry in schema["e"] if is_telegrams(entry)]
    print(f"// LAYER {schema['l']}", BUILT_IN, sep="\n")
    for kind, mark in (("class", "---types---"), ("method", "---functions---")):
        print(mark, *(declaration(e) for e in entries if e["kind"] == kind), sep="\n")


main()
