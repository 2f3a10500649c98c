"""Writes a package that holds every Swift sample of the documentation: extract.py ROOT OUTPUT < MANIFEST

MANIFEST is what `swift package dump-package` prints: samples are compiled against the libraries that it offers.

A document is read as one program from top to bottom: each sample sees what those above it declare, and may declare the
same name anew. What a sample needs and the reader need not see stands in a comment: <!--swift ... -->. The comments of a
source file are one document too, which may also name what prelude.swift declares. A fragment of a manifest (.package, .product)
is left out: Tests/Consumers builds manifests.
"""

import json
import pathlib
import re
import shutil
import sys

FENCE = re.compile(r"^(?P<indent>[ ]*)```swift\n(?P<code>.*?)^(?P=indent)```$|^<!--swift\n(?P<hidden>.*?)^-->$", re.M | re.S)


def comments(source):
    """The text of a source file's documentation comments, line by line; a blank line for code."""
    lines = []
    for line in source.splitlines():
        comment = re.match(r"^\s*/// ?(.*)$", line)
        lines.append(comment.group(1) if comment else "")
    return "\n".join(lines)


def samples(text):
    """(line, code) of each sample."""
    for match in FENCE.finditer(text):
        code = match.group("code") or match.group("hidden") or ""
        first = next((line.strip() for line in code.splitlines() if line.strip()), "")
        if first and not re.match(r"\.(package|product|trait|target)\(|// swift-tools-version", first):
            yield text.count("\n", 0, match.start()) + 2, code


def program(name, path, found, modules):
    """One Swift function that runs the samples of a document, each in the scope of those above it."""
    imports = set(modules)
    body, declarations = [], []
    for line, code in found:
        kept = []
        for each in code.splitlines():
            statement = re.match(r"^\s*(?:public )?import (\w+)\s*$", each)
            if statement:
                imports.add(statement.group(1))
                kept.append("")
            else:
                kept.append(each)
        place = f'#sourceLocation(file: "{path}", line: {line})'
        text = "\n".join(kept)
        if re.search(r"^extension ", text, re.M):
            declarations.append(f"{place}\n{text}\n#sourceLocation()")
        else:
            body.append(f"do {{\n{place}\n{text}\n#sourceLocation()")
    text = "".join(f"import {module}\n" for module in sorted(imports))
    text += "\n".join(declarations) + f"\n@MainActor func {name}() async throws {{\n"
    return text + "\n".join(body) + "\n}" * len(body) + "\n}\n"


def main(root, output, manifest):
    modules = sorted(product["name"] for product in manifest["products"] if "library" in product["type"])
    documents = [root / "README.md", *sorted(root.glob("docs/**/*.md"))]
    documents += sorted(path for folder in ("Sources", "Plugins") for path in root.glob(f"{folder}/**/*.docc/**/*.md"))
    sources = sorted(path for folder in ("Sources", "Plugins") for path in root.glob(f"{folder}/**/*.swift"))
    target = output / "Sources" / "CodeSamples"
    target.mkdir(parents=True)
    shutil.copy(pathlib.Path(__file__).with_name("prelude.swift"), target)
    names, count = [], 0
    for path in documents + sources:
        if not path.exists():
            continue
        text = path.read_text()
        relative = path.relative_to(root)
        found = list(samples(comments(text) if path.suffix == ".swift" else text))
        if not found:
            continue
        # The catalog and the comments of a module are read with the library at hand; other pages name their imports.
        imports = modules if path.suffix == ".swift" else [relative.parts[1]] if ".docc/" in str(relative) else []
        name = "sample_" + re.sub(r"\W", "_", str(relative))
        (target / f"{name}.swift").write_text(program(name, relative, found, imports))
        names.append((name, relative, len(found)))
        count += len(found)
    calls = "".join(f'print("{path}: {samples}")\ntry await {name}()\n' for name, path, samples in names)
    (target / "main.swift").write_text(calls)
    products = ",\n".join(f'        .product(name: "{module}", package: "dither")' for module in modules)
    (output / "Package.swift").write_text(
        f"""// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "CodeSamples", platforms: [.macOS(.v15)],
  dependencies: [.package(name: "dither", path: "{root}")],
  targets: [
    .executableTarget(
      name: "CodeSamples",
      dependencies: [
{products}
      ])
  ],
  swiftLanguageModes: [.v6]
)
"""
    )
    print(f"{count} samples in {len(names)} documents")


main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), json.load(sys.stdin))
