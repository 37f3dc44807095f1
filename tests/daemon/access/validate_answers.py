"""Judges answers by the schemas of openapi.json with the validator of python3-jsonschema.

Reads {"openapi": DOCUMENT, "answers": [{"route", "status", "type", "body"}]}, prints what is wrong and ends with 1 then.
"""

import json
import sys

try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    print("python3-jsonschema is not installed; ./dev test installs it", file=sys.stderr)
    sys.exit(77)


def schema_of(document, answer):
    verb, path = answer["route"].split(" ", 1)
    responses = document["paths"][path][verb]["responses"]
    described = responses["200" if answer["status"] < 300 else "default"]["content"]
    media = answer["type"].split(";")[0]
    for name, content in described.items():
        if name.split(";")[0] == media:
            return dict(content["schema"], components=document["components"])
    raise LookupError(f"{media} is not described")


def instances(answer):
    if "json" not in answer["type"]:
        return [answer["body"]]
    if "ndjson" in answer["type"]:
        return [json.loads(line) for line in answer["body"].splitlines()]
    return [json.loads(answer["body"])]


def faults(document, answer):
    try:
        validator = Draft202012Validator(schema_of(document, answer), format_checker=FormatChecker())
    except LookupError as missing:
        return [str(missing)]
    return [
        f"{error.json_path}: {error.message}" for one in instances(answer) for error in validator.iter_errors(one)
    ]


def main():
    given = json.load(sys.stdin)
    for answer in given["answers"]:
        for fault in faults(given["openapi"], answer):
            print(f"{answer['route']} {answer['status']}: {fault[:300]}")
            answer["faulty"] = True
    faulty = sum("faulty" in answer for answer in given["answers"])
    print(f"{len(given['answers'])} answers, {faulty} not as described")
    return 1 if faulty or not given["answers"] else 0


if __name__ == "__main__":
    sys.exit(main())
