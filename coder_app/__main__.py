"""`python -m coder_app` is the command `coder-app`."""

from coder_app.cli import main

if __name__ == "__main__":
    main()
