"""Put pip into the environment this runs in, from PyPI, with the standard library alone.

Only for systems whose Python comes without ensurepip (Debian's, unless python3-venv is there).
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

INDEX = "https://pypi.org/pypi/pip/json"


def main() -> None:
    """Fetch pip's wheel, check it and install it."""
    with urllib.request.urlopen(INDEX, timeout=60) as answer:
        urls = json.load(answer)["urls"]
    wheel = next(entry for entry in urls if entry["packagetype"] == "bdist_wheel")
    with urllib.request.urlopen(urljoin(INDEX, wheel["url"]), timeout=60) as answer:
        data = answer.read()
    expected, found = wheel["digests"]["sha256"], hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"expected {wheel['filename']} with SHA-256 {expected}, found {found}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, wheel["filename"])
        path.write_bytes(data)
        subprocess.run(
            [sys.executable, f"{path}/pip", "install", "--quiet", "--no-index", str(path)],
            check=True,
        )


if __name__ == "__main__":
    main()
