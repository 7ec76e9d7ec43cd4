"""Serving commands as shell text: for vLLM from a setup, for llama.cpp from the model alone.

The revision is left to the reader on purpose, as a variable without which the shell refuses to start: a plan
cannot know which commit somebody tested. Once weights are on disk, nothing asks the network.
"""

from __future__ import annotations

import shlex

from macros.deploy.arguments import arguments
from macros.deploy.setup import Order, Setup
from macros.model import Engine
from macros.words import one_line

OFFLINE = (
    ("HF_HUB_OFFLINE", "1"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"),
    ("VLLM_NO_USAGE_STATS", "1"),
    ("DO_NOT_TRACK", "1"),
)
"""No look-ups at the model hub and no usage reports."""
REVISION = '"${MODEL_REVISION:?set it to the commit that you tested}"'
SHORT_DEFAULT = 8192
"""Context in tokens for a first trial where the step states none."""


def vllm_command(setup: Setup) -> str:
    """`vllm serve …` with its environment, to be pasted or saved."""
    lines = [
        f"# {one_line(setup.model.title)} on {_cards(setup)} with vLLM {setup.version}",
        *(f"# {one_line(note)}" for note in setup.notes),
        *(
            ("# Needs a Ray cluster over the machines; start it first, then run this on its head.",)
            if setup.nodes > 1
            else ()
        ),
        "# Once, where there is a network, at a commit that you read and tested:",
        f'#   hf download {setup.repository} --revision "$MODEL_REVISION"',
        "# It answers on this machine only. Put sign-in and a log in front before others reach it.",
        *(f"export {name}={value}" for name, value in OFFLINE),
    ]
    words = [f"vllm serve {shlex.quote(setup.repository)}", f"--revision {REVISION}"]
    words += [word(name, value) for name, value in arguments(setup)]
    words += ["--host 127.0.0.1", "--port 8000"]
    return "\n".join(lines) + "\n" + " \\\n  ".join(words) + "\n"


def word(name: str, value: str | None) -> str:
    """One argument, quoted for the shell."""
    return name if value is None else f"{name} {shlex.quote(value)}"


def _cards(setup: Setup) -> str:
    if setup.accelerator is None:
        return f"{setup.gpus} GPU{'' if setup.gpus == 1 else 's'}"
    return f"{setup.gpus} × {one_line(setup.accelerator.title)}"


def llama_command(order: Order, engine: Engine) -> str | None:
    """`llama-server …` to try the model on one machine, or None if llama.cpp does not run this kind."""
    model, need, job = order.model, order.need, order.job
    if model.serving.elsewhere or job not in engine.jobs:
        return None
    asked = need.context_tokens.high if need and need.context_tokens else SHORT_DEFAULT
    context = min(asked, model.context_tokens or asked)
    lines = [
        f"# {one_line(model.title)} on one machine with llama.cpp, to try it before buying anything",
        f"# Convert {model.repository} to GGUF, or take a conversion whose maker you trust, and test it again:",
        "# a model quantised to 4 bit is not the one that the plan was made for.",
    ]
    words = [
        'llama-server --model "${GGUF_FILE:?set it to the .gguf file on this machine}"',
        word("--alias", model.id),
        f"--ctx-size {context}",
        "--parallel 1",
        "--offline",
    ]
    if job == "embedding":
        words.append("--embedding")
    elif job == "reranking":
        words.append("--reranking")
    else:
        words.append("--jinja")
    if "image" in model.input and job in ("document-vision", "ocr"):
        words.append('--mmproj "${MMPROJ_FILE:?set it to the projector file for pictures}"')
    words += ["--host 127.0.0.1", "--port 8080"]
    return "\n".join(lines) + "\n" + " \\\n  ".join(words) + "\n"
