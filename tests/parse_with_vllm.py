"""Runs vLLM's own argument parser over commands, one JSON list a line on standard input. Needs no GPU.

Not part of the suite, because the engine is a download of several GB. To run it, with the version in
`macros/deploy/setup.py` installed in an environment of its own:

    .venv/bin/python -m tests.deploy_data | VLLM_VENV/bin/python tests/parse_with_vllm.py
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Prints how many commands were parsed; the parser ends the program at the first that it refuses."""
    from vllm import platforms  # type: ignore[import-not-found]
    from vllm.platforms.cpu import CpuPlatform  # type: ignore[import-not-found]

    platforms._current_platform = CpuPlatform()
    from vllm.entrypoints.common.cli_args import (  # type: ignore[import-not-found]
        make_arg_parser,
        validate_parsed_serve_args,
    )
    from vllm.utils.argparse_utils import FlexibleArgumentParser  # type: ignore[import-not-found]

    parser = make_arg_parser(FlexibleArgumentParser())
    count = 0
    for line in sys.stdin:
        validate_parsed_serve_args(parser.parse_args(json.loads(line)))
        count += 1
    print(f"{count} commands accepted by vLLM’s parser")


if __name__ == "__main__":
    main()
