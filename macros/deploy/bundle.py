"""All files for one plan, with why a file is missing."""

from __future__ import annotations

from dataclasses import dataclass

from macros.deploy.commands import llama_command, vllm_command
from macros.deploy.manifest import manifest
from macros.deploy.names import file_name
from macros.deploy.setup import NotServed, Order, settle
from macros.model import Atlas, Engine, Model, Need
from macros.sizing.plan import Plan


@dataclass(frozen=True, slots=True)
class File:
    """A text to copy or save."""

    stage: str
    title: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What one runs for a plan; `missing` says in sentences what there is not, and what to do instead."""

    model: Model
    gpus: int
    files: tuple[File, ...]
    missing: tuple[str, ...] = ()

    def of(self, stage: str) -> File | None:
        """The file for a stage of the spectrum: evaluate, serve or orchestrate."""
        return next((file for file in self.files if file.stage == stage), None)


def deployment(order: Order, serving: Engine, trying: Engine) -> Deployment:
    """Files for an order. `serving` is vLLM's record and `trying` llama.cpp's: they say which jobs each does."""
    model, accelerator = order.model, order.accelerator
    setup = settle(order, serving)
    files: list[File] = []
    missing: list[str] = []
    gpus = 0
    if isinstance(setup, NotServed):
        missing.append(setup.why)
    else:
        gpus = setup.gpus
        cards = f"{gpus}x-{accelerator.id}" if accelerator else ""
        files.append(
            File("serve", "Serve with vLLM", file_name("vllm", model.id, cards, "sh"), vllm_command(setup))
        )
        text = manifest(setup, order.copies)
        if isinstance(text, NotServed):
            missing.append(text.why)
        else:
            name = file_name("kserve", model.id, cards, "yaml")
            files.append(File("orchestrate", "Orchestrate with KServe", name, text))
    trial = llama_command(order, trying)
    if trial is not None:
        files.append(File("evaluate", "Try with llama.cpp", file_name("llama-server", model.id, "", "sh"), trial))
    return Deployment(model, gpus, tuple(files), tuple(missing))


def from_atlas(
    atlas: Atlas, model: Model, need: Need | None = None, plan: Plan | None = None, copies: int = 1
) -> Deployment:
    """Files for a plan made on an accelerator of the catalogue, which the plan's card names."""
    accelerator = atlas.accelerators.get(plan.request.card.name) if plan else None
    order = Order(model, need, plan, accelerator, copies)
    return deployment(order, atlas.engines["vllm"], atlas.engines["llama-cpp"])
