"""SARIF output against the shape that the standard (OASIS SARIF 2.1.0, sections 3.13 to 3.58) gives the objects we write."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sarif_pydantic import Sarif

from pipeline.audit import audit
from pipeline.audit.engine import AuditResult
from pipeline.normalize import read_berkas
from pipeline.report import render
from tests.report.test_formats import DOCUMENT, DOCUMENTS, FINDINGS, RESULT

SAMPLES = Path(__file__).parents[2] / "samples"
URI = r"^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9A-Fa-f]{2})*$"


def shape(required: str = "", **properties: Any) -> dict[str, Any]:
    """An object that may have these properties and no others."""
    return {
        "type": "object", "properties": properties, "required": required.split(), "additionalProperties": False,
    }  # fmt: skip


def many(items: dict[str, Any], *, unique: bool = True) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": unique}


TEXT = {"type": "string"}
BAG = {"type": "object", "properties": {"tags": many(TEXT)}}
MESSAGE = shape("text", text=TEXT)
ARTIFACT_LOCATION = shape("uri", uri={"type": "string", "pattern": URI})
REGION = shape("", startLine={"type": "integer", "minimum": 1}, snippet=shape("text", text=TEXT))
PHYSICAL = shape("artifactLocation", artifactLocation=ARTIFACT_LOCATION, region=REGION)
LOCATION = shape("", physicalLocation=PHYSICAL, message=MESSAGE, properties=BAG)
RESULT_SHAPE = shape(
    "message ruleId",
    ruleId=TEXT, ruleIndex={"type": "integer", "minimum": 0}, level={"enum": ["none", "note", "warning", "error"]}, message=MESSAGE,
    locations=many(LOCATION, unique=False), relatedLocations=many(LOCATION), properties=BAG,
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=many(shape("kind", kind={"enum": ["inSource", "external"]}, status={"enum": ["accepted", "underReview", "rejected"]},
                            justification=TEXT)),
)  # fmt: skip
DRIVER = shape("name", name=TEXT, version=TEXT, rules=many(shape("id", id=TEXT, name=TEXT, properties=BAG)))
ARTIFACT = shape("", location=ARTIFACT_LOCATION, hashes={"type": "object", "additionalProperties": TEXT})
RUN = shape(
    "tool results",
    tool=shape("driver", driver=DRIVER), artifacts=many(ARTIFACT), results=many(RESULT_SHAPE, unique=False),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
)  # fmt: skip
LOG = shape("version runs", **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": many(RUN, unique=False)})


def checked(text: object) -> dict[str, Any]:
    """The only run of a log that our shape allows, and that a model of the standard made by others gives back unchanged."""
    log = json.loads(str(text))
    again = Sarif.model_validate(log).model_dump_json(by_alias=True, exclude_none=True, exclude_unset=True)
    assert json.loads(again) == log
    assert [f"{list(error.path)}: {error.message[:200]}" for error in Draft202012Validator(LOG).iter_errors(log)] == []
    return dict(log["runs"][0])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_samples_give_a_valid_log(lang: str) -> None:
    """Code-review tools would refuse the file."""
    read = [read_berkas(path) for path in (SAMPLES / "iku-kecamatan-sumberjambe-2021.txt", SAMPLES / "renditions" / "iku-bakorwil-jember.pdf")]  # fmt: skip
    result = audit(read)
    run = checked(render(result, read, "sarif", lang, version="1"))
    assert len(run["results"]) == len(result.findings) > 5
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[item["ruleIndex"]]["id"] == item["ruleId"] for item in run["results"])


def test_a_rejected_finding_is_suppressed_and_its_file_named_by_hash() -> None:
    """A tool would show again what somebody decided on."""
    decided = {FINDINGS[0].fingerprint: "reject"}
    run = checked(render(RESULT, DOCUMENTS, "sarif", "en", version="1", statuses=decided))
    assert [item.get("suppressions") for item in run["results"]][:2] == [
        [{"kind": "external", "status": "accepted"}],
        None,
    ]
    assert run["artifacts"][0]["hashes"] == {"sha-256": DOCUMENT.sha256}
    assert all(item["partialFingerprints"]["lkip/v1"] for item in run["results"])


def test_the_same_evidence_twice_is_one_place() -> None:
    """The standard wants each related location once: one such finding would make the whole file invalid."""
    finding = replace(FINDINGS[-1], evidence=FINDINGS[-1].evidence * 2)
    run = checked(render(AuditResult((finding,), (), (), "r"), DOCUMENTS, "sarif", "en"))
    assert len(run["results"][0]["relatedLocations"]) == 1
