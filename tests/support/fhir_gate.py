"""The gate for FHIR: our own checks and every validator that is there, over many bundles at once.

fhir.resources has models of R4B, which for our resources differ from 4.0.1 in nothing; the R4
JSON schema and medplum come from build/node (packaging/setup/fhir-validator), when it is there.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from jsonschema import Draft6Validator
from pydantic import ValidationError

from fhir_own_checks import own_faults

NODE = Path(__file__).parents[2] / "build" / "node"
_DEFINITIONS = NODE / "node_modules" / "@medplum" / "definitions" / "dist" / "fhir" / "r4"
_SCRIPT = Path(__file__).with_name("fhir_medplum.mjs")

OWN, MODELS, SCHEMA, MEDPLUM = "own", "fhir.resources", "schema", "medplum"


def checkers() -> tuple[str, ...]:
    """The checkers there are on this machine."""
    if not (which("node") and (_DEFINITIONS / "fhir.schema.json").exists()):
        return OWN, MODELS
    return OWN, MODELS, SCHEMA, MEDPLUM


def judged(bundles: Sequence[dict[str, Any]]) -> list[Mapping[str, list[str]]]:
    """For each bundle what each checker has against it."""
    there = checkers()
    columns = {OWN: [own_faults(one) for one in bundles], MODELS: [_models(one) for one in bundles]}
    if SCHEMA in there:
        columns[SCHEMA] = [_schema(one) for one in bundles]
        columns[MEDPLUM] = _medplum(bundles)
    return [{name: columns[name][n] for name in there} for n in range(len(bundles))]


def model_faults(bundle: dict[str, Any]) -> list[str]:
    """What fhir.resources has against a bundle."""
    return _models(bundle)


def _models(bundle: dict[str, Any]) -> list[str]:
    try:
        Bundle.model_validate_json(json.dumps(bundle))
    except ValidationError as error:
        return [f"{one['loc']}: {one['msg']}" for one in error.errors(include_url=False)]
    except KeyError as error:  # a kind of resource it has never heard of
        return [f"unknown: {error}"]
    return []


@cache
def _schema_of(kind: str) -> Draft6Validator:
    schema = _whole_schema()
    if kind not in schema["definitions"]:
        return Draft6Validator(False)
    return Draft6Validator({**schema, "allOf": [{"$ref": f"#/definitions/{kind}"}]})


@cache
def _whole_schema() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((_DEFINITIONS / "fhir.schema.json").read_bytes())
    return {key: value for key, value in whole.items() if key not in ("oneOf", "discriminator")}


def _schema(bundle: dict[str, Any]) -> list[str]:
    """Entry by entry: as one value it would try every kind of resource for each of them."""
    entries = bundle.get("entry", [])
    alone = [{key: value for key, value in one.items() if key != "resource"} for one in entries]
    found = [*_schema_of("Bundle").iter_errors(bundle | ({"entry": alone} if alone else {}))]
    for entry in entries:
        resource = entry["resource"]
        found += _schema_of(str(resource.get("resourceType"))).iter_errors(resource)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def _medplum(bundles: Sequence[dict[str, Any]]) -> list[list[str]]:
    """One process for all: loading its definitions takes longer than the validation."""
    done = subprocess.run(
        ["node", _SCRIPT, NODE],
        input=json.dumps(bundles).encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    faults: list[list[str]] = json.loads(done.stdout)
    return faults
