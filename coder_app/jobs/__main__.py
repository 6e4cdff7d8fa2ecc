"""`python -m coder_app.jobs` is the worker."""

import sys

from coder_app.jobs.worker import main

if __name__ == "__main__":
    sys.exit(main())
