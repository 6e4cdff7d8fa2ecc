"""No page waits for the figures' libraries but one that shows a figure, and the server has them ready by then."""

from __future__ import annotations

import subprocess
import sys

IMPORTS = "import sys, coder_app.web.server, coder_app.web.components.agreement_report; "


def _run(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_neither_server_nor_page_imports_them() -> None:
    assert _run(IMPORTS + "print({'altair', 'pandas', 'pyarrow'} & set(sys.modules))") == "set()"


def test_a_thread_does_and_nobody_waits_for_it() -> None:
    script = (
        "import sys; from coder_app.web import warming; timer = warming.begin(1.0); "
        "before = 'altair' in sys.modules; timer.join(60); print(before, timer.daemon, 'altair' in sys.modules)"
    )
    assert _run(script) == "False True True"


def test_what_cannot_be_imported_is_left_to_the_page() -> None:
    script = (
        "from coder_app.web import warming; warming.HEAVY = ('no_such_module_of_ours', 'this'); import sys; "
        "warming.begin(0).join(10); print('this' in sys.modules)"
    )
    assert _run(script).endswith("True")
