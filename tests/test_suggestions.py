"""Suggestions meet every need they are made for, and memory adds up."""

from __future__ import annotations

import dataclasses

import pytest

from macros.derive import Derived
from macros.model import Atlas
from macros.sizing import GB, GIB, RUNTIME_GIB, USABLE_SHARE, footprint, holds, smallest_fits
from macros.suggestions import ANOTHER, size_class, suggest


def test_a_suggestion_has_all_that_the_step_asks(derived: Derived) -> None:
    classes = list(derived.atlas.vocabulary["size-classes"].terms)
    for item in derived.workloads.values():
        for step in item.steps:
            need = step.need
            for model in [s.model for s in step.suggestions] + list(step.also):
                assert need.job in model.jobs
                assert set(need.input) <= set(model.input)
                assert set(need.output) <= set(model.output)
                assert not need.tools or model.tools
                assert model.license.commercial != "excluded"
                own = size_class(model, derived.atlas.vocabulary["size-classes"])
                assert classes.index(own) >= classes.index(need.least_size)
                if need.context_tokens and model.context_tokens:
                    assert model.context_tokens >= need.context_tokens.high


def test_suggestions_grow(derived: Derived) -> None:
    for item in derived.workloads.values():
        for step in item.steps:
            sizes = [s.model.parameters.total_b for s in step.suggestions if s.rank != ANOTHER]
            assert sizes == sorted(sizes)
            assert len(step.suggestions) <= 3


def test_every_model_with_the_job_is_suggested_listed_or_ruled_out_with_a_reason(derived: Derived) -> None:
    for item in derived.workloads.values():
        for step in item.steps:
            shown = {s.model.id for s in step.suggestions} | {m.id for m in step.also}
            out = {r.model.id for r in step.ruled_out}
            with_job = {m.id for m in derived.atlas.models.values() if step.need.job in m.jobs}
            assert shown | out == with_job
            assert not shown & out
            assert all(r.reasons for r in step.ruled_out)


def test_every_workload_has_a_model_for_each_step(derived: Derived) -> None:
    for item in derived.workloads.values():
        for step in item.steps:
            assert step.suggestions, f"{item.workload.id}: {step.need.id}"


def test_an_impossible_need_gives_no_suggestion(atlas: Atlas) -> None:
    need = next(iter(atlas.workloads.values())).needs[0]
    impossible = dataclasses.replace(need, job="chat", input=("text", "video", "audio", "vector"))
    found = suggest(impossible, atlas.models, (), atlas.vocabulary["size-classes"])
    assert found.suggestions == ()
    assert found.ruled_out


def test_weights_and_cache_of_a_dense_model(atlas: Atlas) -> None:
    """Llama 3.1 8B: 16-bit weights of 8.03 billion, 128 KiB of cache a token."""
    model = atlas.models["llama-3.1-8b-instruct"]
    bare = dataclasses.replace(model, checkpoints=(dataclasses.replace(model.checkpoints[0], size_gb=None),))
    memory = footprint(bare, context_tokens=8192, concurrency=4)
    assert memory.weights_gib == pytest.approx(8.03e9 * 2 / GIB)
    assert memory.cache_gib == pytest.approx(131072 * 8192 * 4 / GIB)
    assert memory.cache_gib == pytest.approx(4.0)


def test_gigabytes_of_files_are_not_gibibytes(atlas: Atlas) -> None:
    model = next(m for m in atlas.models.values() if m.checkpoints[0].size_gb)
    size = model.checkpoints[0].size_gb
    assert size is not None
    assert footprint(model, 0, 1).weights_gib == pytest.approx(size * GB / GIB)


def test_cards_hold_what_they_are_said_to_hold(derived: Derived) -> None:
    for item in derived.workloads.values():
        for step in item.steps:
            for suggestion in step.suggestions:
                for fit in suggestion.fits:
                    room = fit.accelerator.memory.usable_gib * USABLE_SHARE - RUNTIME_GIB
                    assert room * fit.count >= suggestion.footprint.total_gib
                    if fit.count > 1:
                        assert not holds(fit.accelerator, fit.count // 2, suggestion.footprint.total_gib)


def test_nothing_holds_more_than_eight_of_the_largest(atlas: Atlas) -> None:
    assert smallest_fits(atlas.accelerators.values(), 1e6) == ()
