"""Ask whether any installed package has a known vulnerability, and say plainly where nobody answers.

``python .ci/audit.py PIP_AUDIT``: exit 1 for a vulnerability; 0 for none, and also where the advisory service is out of
reach, which is printed and is no verdict on the packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

SECONDS = 120
OURS = "kotoneuvo"


def main(pip_audit: str) -> int:
    """Audit what is installed beside this very Python; the exit code."""
    found = {each.metadata["Name"]: each.version for each in distributions()}
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "packages.txt")
        lines = [f"{name}=={version}" for name, version in sorted(found.items()) if name != OURS]
        listed.write_text("\n".join(lines), encoding="utf-8")
        answer = _ask(pip_audit, listed)
    if answer is None:
        print(f"Known vulnerabilities: NOT CHECKED, the advisory service does not answer within {SECONDS} s.")
        return 0
    return verdict(answer)


def _ask(pip_audit: str, listed: Path) -> dict[str, Any] | None:
    """What pip-audit says; None if it says nothing that can be read."""
    command = [pip_audit, "-r", str(listed), "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        answer: dict[str, Any] = json.loads(run.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return answer


def verdict(answer: dict[str, Any]) -> int:
    """Print what the advisories say; 1 if there is a vulnerability."""
    packages = answer["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    vulnerable = [each for each in packages if each.get("vulns")]
    for each in vulnerable:
        print(f"{each['name']} {each['version']}: {', '.join(vuln['id'] for vuln in each['vulns'])}")
    checked = len(packages) - len(skipped)
    print(f"Known vulnerabilities: {checked} packages checked, {len(vulnerable)} vulnerable.")
    if skipped:
        print(f"NOT CHECKED, because the registry knows no advisories on them: {', '.join(skipped)}")
    return 1 if vulnerable else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
