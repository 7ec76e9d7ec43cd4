"""Suggestions meet every need they are made for, their tiers follow the written rules, and their plans add up."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest

from macros import api, languages, licences
from macros.derive import Derived, DerivedWorkload, derive
from macros.model import Atlas, Languages, Need
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.planner import Planner, demand, late
from macros.sizing.reader import ConfigError
from macros.sizing.sets import COUNTS, READ_ON, in_order, size_step
from macros.sizing.units import GB, GIB
from macros.suggestions import StepSuggestions, Suggestion, size_class, suggest
from macros.tiers import MOST_CAPABLE, NEAREST, ONLY, RECOMMENDED, RULES, SMALLEST, TIERS


def steps(derived: Derived) -> Iterator[tuple[DerivedWorkload, StepSuggestions]]:
    for item in derived.workloads.values():
        for step in item.steps:
            yield item, step


def every(derived: Derived) -> Iterator[tuple[StepSuggestions, Suggestion]]:
    for _, step in steps(derived):
        for suggestion in step.suggestions:
            yield step, suggestion


def holder(step: StepSuggestions, tier: str) -> Suggestion:
    return next(s for s in step.suggestions if {tier, ONLY, NEAREST} & set(s.tiers))


def need_of(atlas: Atlas, workload: str, step: str) -> Need:
    return next(need for need in atlas.workloads[workload].needs if need.id == step)


def test_a_suggestion_has_all_that_the_step_asks(derived: Derived) -> None:
    classes = list(derived.atlas.vocabulary["size-classes"].terms)
    for _, step in steps(derived):
        need = step.need
        for model in [s.model for s in step.suggestions] + [other.model for other in step.also]:
            assert need.job in model.jobs
            assert set(need.input) <= set(model.input)
            assert set(need.output) <= set(model.output)
            assert not need.tools or model.tools
            assert model.license.commercial != "excluded"
            own = size_class(model, derived.atlas.vocabulary["size-classes"])
            assert classes.index(own) >= classes.index(need.least_size)
            if need.context_tokens and model.context_tokens:
                assert model.context_tokens >= need.context_tokens.high


def test_each_tier_is_held_by_exactly_one_suggestion(derived: Derived) -> None:
    for _, step in steps(derived):
        assert 1 <= len(step.suggestions) <= len(TIERS)
        held = [tier for s in step.suggestions for tier in s.tiers]
        assert sorted(held) == sorted(TIERS) or held in ([ONLY], [NEAREST])
        assert (held == [ONLY]) == (not step.also and len(step.suggestions) == 1 and held != [NEAREST])
        assert set(RULES) == {*TIERS, ONLY, NEAREST}


def test_the_smallest_takes_least_memory_and_the_most_capable_is_of_the_largest_size(derived: Derived) -> None:
    classes = list(derived.atlas.vocabulary["size-classes"].terms)
    for _, step in steps(derived):
        rivals = [(s.model, s.found) for s in step.suggestions] + [(o.model, o.found) for o in step.also]
        in_time = [pair for pair in rivals if pair[1].smallest and pair[1].in_time]
        known = [p for p in in_time if languages.known(step.need.languages, p[0].languages)]
        in_time = known or in_time
        if not in_time or step.demand.longest is None:
            continue
        least = min(size_step(found.gib) for _, found in in_time)
        smallest = holder(step, SMALLEST).found
        assert size_step(smallest.gib) == least
        tied = [found.weights_gib for _, found in in_time if size_step(found.gib) == least]
        assert smallest.weights_gib == min(tied)
        sizes = [classes.index(size_class(m, derived.atlas.vocabulary["size-classes"])) for m, _ in in_time]
        assert classes.index(holder(step, MOST_CAPABLE).size_class) == max(sizes)
        assert classes.index(holder(step, RECOMMENDED).size_class) <= min(sizes) + 1


def test_terms_with_conditions_are_recommended_only_where_nothing_else_can_be(derived: Derived) -> None:
    classes = list(derived.atlas.vocabulary["size-classes"].terms)
    vocabulary = derived.atlas.vocabulary["size-classes"]
    for _, step in steps(derived):
        chosen = holder(step, RECOMMENDED)
        if chosen.model.license.commercial == "allowed":
            continue
        rivals = [(s.model, s.found) for s in step.suggestions if s is not chosen]
        rivals += [(other.model, other.found) for other in step.also]
        near = [m for m, f in rivals if f.smallest and f.in_time and m.license.commercial == "allowed"]
        own = classes.index(chosen.size_class)
        assert not [m for m in near if classes.index(size_class(m, vocabulary)) <= own]


def test_a_model_that_can_be_planned_comes_before_one_that_cannot(derived: Derived) -> None:
    for _, step in steps(derived):
        if step.demand.longest is not None and any(other.found.smallest for other in step.also):
            assert all(s.found.smallest for s in step.suggestions)


def test_without_a_length_in_tokens_models_that_cannot_be_planned_compete(derived: Derived) -> None:
    step = next(s for s in derived.workloads["batch-transcription"].steps if s.need.id == "transcribe")
    assert holder(step, SMALLEST).model.id == "parakeet-tdt-0.6b-v3"
    assert holder(step, SMALLEST).plan is None
    assert holder(step, RECOMMENDED).plan is not None


def test_every_model_with_the_job_is_suggested_listed_or_ruled_out_with_a_reason(derived: Derived) -> None:
    for _, step in steps(derived):
        shown = {s.model.id for s in step.suggestions} | {other.model.id for other in step.also}
        out = {r.model.id for r in step.ruled_out}
        with_job = {m.id for m in derived.atlas.models.values() if step.need.job in m.jobs}
        assert shown | out == with_job
        assert not shown & out
        assert all(r.reasons for r in step.ruled_out)


def test_an_impossible_need_gives_no_suggestion(atlas: Atlas) -> None:
    need = next(iter(atlas.workloads.values())).needs[0]
    impossible = dataclasses.replace(need, job="chat", input=("text", "video", "audio", "vector"))
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    found = suggest(impossible, atlas.models, planner, atlas.vocabulary["size-classes"])
    assert found.suggestions == ()
    assert found.ruled_out


def test_sets_meet_the_need_and_no_smaller_one_does(derived: Derived, atlas: Atlas) -> None:
    """The smallest set fits the longest request and all requests at once; every set before it fails."""
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    order = in_order(atlas.accelerators.values())
    for step, suggestion in every(derived):
        found, wanted = suggestion.found, step.demand
        if found.smallest is None:
            continue
        fit = found.smallest
        assert fit.plan.fits and fit.plan.request.tp == fit.count
        if wanted.longest is not None:
            assert fit.plan.context == min(wanted.longest, suggestion.model.context_tokens or wanted.longest)
        assert fit.requests is None or wanted.concurrency <= fit.requests <= fit.plan.batch.requests
        assert (fit.requests is None) == (wanted.uncounted is not None)
        assert found.in_time != late(fit, wanted)
        shape = catalogue.shape(suggestion.model)
        for accelerator, count in order[: order.index((fit.accelerator, fit.count))]:
            other = planner._fitting(shape, accelerator, count, wanted)
            assert other is None or (found.in_time and late(other, wanted))
        if found.larger:
            assert size_step(found.larger.gib) > size_step(fit.gib)
            assert (found.larger.requests or 0) >= (fit.requests or 0)


def test_sets_are_data_centre_cards_whose_memory_rules_were_read(derived: Derived) -> None:
    for _, suggestion in every(derived):
        for fit in (suggestion.found.smallest, suggestion.found.larger):
            if fit:
                assert fit.accelerator.data_centre and fit.accelerator.vendor == READ_ON
                assert fit.count in COUNTS


def test_steps_without_a_length_say_so_instead_of_counting_requests(derived: Derived) -> None:
    without = [(step, s) for step, s in every(derived) if step.need.context_tokens is None]
    assert without
    for step, suggestion in without:
        assert step.demand.longest is None and step.demand.uncounted
        if suggestion.plan:
            assert suggestion.plan.context > 1
            assert suggestion.found.smallest and suggestion.found.smallest.requests is None


def test_models_without_a_shape_get_their_weights_and_the_reason(atlas: Atlas) -> None:
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    need = need_of(atlas, "batch-transcription", "transcribe")
    found = planner.find(atlas.models["parakeet-tdt-0.6b-v3"], demand(need))
    assert found.smallest is None and found.why_none and "not read" in found.why_none
    assert found.weights_gib == pytest.approx(0.6e9 * 4 / GIB)
    assert found.weights_set


def test_gigabytes_of_files_are_not_gibibytes(atlas: Atlas) -> None:
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    model = next(m for m in atlas.models.values() if m.checkpoints[0].size_gb)
    size = model.checkpoints[0].size_gb
    assert size is not None
    need = need_of(atlas, "batch-transcription", "transcribe")
    assert planner.find(model, demand(need)).weights_gib == pytest.approx(size * GB / GIB)


RECOGNISE = ("recruitment-screening", "recognise")


def test_languages_rule_out_what_a_closed_list_leaves_out(derived: Derived) -> None:
    """A model that names eight languages is not suggested where the 24 of the Union are asked for."""
    ocr = next(
        s for w, s in steps(derived) if (w.workload.id, s.need.id) == ("recruitment-screening", "recognise")
    )
    assert [item.model.id for item in ocr.suggestions] == ["paddleocr-vl-1.6"]
    reason = next(item.reasons for item in ocr.ruled_out if item.model.id == "glm-ocr")
    assert any("leaves out" in text and "more" in text for text in reason)
    assert any("names all of the 24 languages asked for" in text for text in ocr.suggestions[0].reasons)
    assert "not of this very model" in " ".join(ocr.suggestions[0].cautions)


def test_a_gap_that_every_model_has_is_said(derived: Derived) -> None:
    """No recogniser of speech names Irish: the step keeps its models, and each says so."""
    heard = next(
        s for w, s in steps(derived) if (w.workload.id, s.need.id) == ("meeting-structured-outputs", "transcribe")
    )
    assert heard.suggestions and all("does not name Irish" in " ".join(i.cautions) for i in heard.suggestions)
    assert any(item.model.id == "qwen3-asr-1.7b" for item in heard.ruled_out)


def test_nobody_suffices_in_languages_of_which_nothing_was_read(derived: Derived) -> None:
    for _, step in steps(derived):
        wanted = step.need.languages
        rivals = [(s.model, s.found) for s in step.suggestions] + [(o.model, o.found) for o in step.also]
        planned = [m for m, found in rivals if found.in_time and found.smallest]
        sure = [m for m in planned if languages.known(wanted, m.languages)]
        for item in step.suggestions:
            lacking = len(languages.missing(wanted, item.model.languages))
            short = lacking > 0.1 * len(languages.asked(wanted))
            unknown = not any(languages.known(wanted, m.languages) for m, _ in rivals)
            if item.found.smallest:
                assert (short or unknown) == (item.tiers == (NEAREST,)), item.model.id
            if sure:
                assert languages.known(wanted, item.model.languages) or not item.found.smallest
            elif not languages.known(wanted, item.model.languages):
                assert "not known to suffice" in " ".join(item.cautions)


def test_a_stated_number_without_a_list_is_not_a_name() -> None:
    wide = Languages("201 stated", "wide", "confirmed", stated=201, tested=("de",))
    assert languages.missing(("eu-24",), wide) == ()
    assert "ga" in languages.untested(("eu-24",), wide) and "de" not in languages.untested(("eu-24",), wide)
    named = Languages("two", "named", "confirmed", named=("en",), tested=("de",))
    assert languages.missing(("en", "de", "fr"), named) == ("fr",)
    some = Languages("some", "partial", "confirmed", named=("en",), tested=("de",))
    assert languages.missing(("fr",), some) == () and not languages.known(("fr",), some)
    assert languages.known(("en", "de"), some)
    # Many unlisted languages: a dozen by name, or a number.
    assert not languages.known(("multi",), named) and not languages.known(("multi",), some)
    assert languages.known(("multi",), wide)
    assert not languages.known(("fr",), Languages("none", "unknown", "unconfirmed"))
    assert languages.known(("en",), Languages("none", "unknown", "unconfirmed"))


def test_nothing_holds_more_than_eight_of_the_largest(atlas: Atlas) -> None:
    model = atlas.models["glm-5.2"]
    huge = dataclasses.replace(
        model,
        id="huge",
        checkpoints=(dataclasses.replace(model.checkpoints[0], size_gb=1e6, config=None),),
    )
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    found = planner.find(huge, demand(need_of(atlas, "batch-transcription", "terms")))
    assert found.smallest is None and found.weights_set is None and found.why_none


def test_a_time_out_of_reach_of_the_bounds_asks_for_more_cards(atlas: Atlas) -> None:
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    need = need_of(atlas, "internal-knowledge-assistant", "answer")
    model = atlas.models["qwen3.8-27b"]
    calm = planner.find(model, demand(need))
    hasty = dataclasses.replace(demand(need), complete_s=1.5)
    faster = planner.find(model, hasty)
    assert calm.smallest and faster.smallest
    assert faster.gib > calm.gib and faster.in_time
    never = planner.find(model, dataclasses.replace(hasty, complete_s=0.001))
    assert never.smallest and not never.in_time
    assert never.gib <= calm.gib


def test_tradeoffs_name_what_the_next_tier_has_and_what_it_takes(derived: Derived) -> None:
    step = next(s for _, s in steps(derived) if s.need.job == "chat" and len(s.suggestions) == 3)
    first, middle, last = step.suggestions
    assert first.above == middle.model.title and last.below == middle.model.title
    assert last.above is None and last.gives_up == () and first.below is None and first.costs == ()
    if last.model.parameters.active_b > middle.model.parameters.active_b:
        assert any("active" in text for text in middle.gives_up)
    assert any("GiB" in text for text in last.costs)
    for _, suggestion in every(derived):
        assert bool(suggestion.above) >= bool(suggestion.gives_up)


def test_a_suggestion_hands_on_the_frozen_plan_of_its_smallest_set(derived: Derived) -> None:
    for _, suggestion in every(derived):
        if suggestion.found.smallest:
            assert suggestion.plan is suggestion.found.smallest.plan
            with pytest.raises(dataclasses.FrozenInstanceError):
                suggestion.plan.context = 1  # type: ignore[misc]
        else:
            assert suggestion.plan is None


def test_licence_lines_answer_for_every_model(atlas: Atlas) -> None:
    for model in atlas.models.values():
        found = {term.question: term.answer for term in licences.terms(model)}
        assert list(found) == [
            "Commercial use",
            "Region",
            "Users or revenue",
            "Field of use",
            "Holds for",
            "Can be kept",
        ]
        assert all(found.values())
    llama = {t.question: t.answer for t in licences.terms(atlas.models["llama-3.3-70b-instruct"])}
    assert "700,000,000 monthly users" in llama["Users or revenue"]
    assert "multimodal" in llama["Region"] and "Llama 3.3" in llama["Holds for"]
    assert "breach" in llama["Can be kept"]
    mistral = {t.question: t.answer for t in licences.terms(atlas.models["mistral-medium-3.5-128b"])}
    assert mistral["Region"] == licences.NOT_READ


def test_a_superseded_model_says_by_what(atlas: Atlas) -> None:
    model = dataclasses.replace(atlas.models["qwen3.5-9b"], superseded_by="qwen3.8-27b")
    assert "Superseded by qwen3.8-27b" in licences.terms(model)[-1].answer


def test_the_api_of_a_workload_carries_the_figures_of_its_plans(derived: Derived) -> None:
    files = api.files(derived)
    for item in derived.workloads.values():
        path = next(p for p in files if p.endswith(f"/{item.workload.id}.json"))
        body = json.loads(files[path])["derived"]
        for told, step in zip(body["steps"], item.steps, strict=True):
            for data, suggestion in zip(told["suggestions"], step.suggestions, strict=True):
                assert data["tiers"] == list(suggestion.tiers)
                assert data["licence"]["Commercial use"]
                if suggestion.found.smallest is None:
                    assert data["sets"] == [] and data["why_none"] and data["weights_gib"] > 0
                    continue
                plan, first = suggestion.found.smallest.plan, data["sets"][0]
                assert first["gpu"] == suggestion.found.smallest.accelerator.id
                assert first["kv_cache_tokens"] == (plan.kv_cache_tokens if plan.layout.tables else None)
                assert first["tensor_parallel"] == plan.request.tp == first["count"]
                assert first["engine"] == DEFAULT_ENGINE
                if plan.layout.tables:
                    assert first["max_concurrency"] == pytest.approx(plan.max_concurrency, abs=0.001)
                assert "Infinity" not in files[path] and "NaN" not in files[path]


def test_planning_is_the_same_every_time(derived: Derived, atlas: Atlas) -> None:
    again = derive(atlas)
    for (_, one), (_, two) in zip(steps(derived), steps(again), strict=True):
        assert one == two


def test_shapes_that_cannot_be_read_raise_and_are_not_planned(derived: Derived) -> None:
    for _, suggestion in every(derived):
        if suggestion.found.smallest is None:
            with pytest.raises(ConfigError):
                catalogue.shape(suggestion.model)
