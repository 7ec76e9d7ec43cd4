"""State-space and linear-attention mixers: weights, and the constant state they keep for each request.

State shapes follow vLLM's `MambaStateShapeCalculator`; data types follow `MambaStateDtypeCalculator`: the
convolution state has the model's 16-bit type, the recurrence what the configuration says, else the same.
"""

from __future__ import annotations

from macros.sizing import hf_layers as kinds
from macros.sizing.linear import Linear, Mixer
from macros.sizing.reader import Reader
from macros.sizing.shape import CacheGroup, Kind, Sharding, State

RECURRENT_BYTES = {"float32": 4, "fp32": 4, "float16": 2, "bfloat16": 2, "auto": 2}


def state_mixer(read: Reader, layer: kinds.Layer) -> Mixer:
    """The mixer of a layer that keeps a state instead of a cache."""
    build = {
        kinds.GDN: _gated_delta,
        kinds.MAMBA1: _mamba1,
        kinds.MAMBA2: _mamba2,
        kinds.CONV: _short_convolution,
        kinds.KDA: _kimi_delta,
        kinds.LIGHTNING: _lightning,
    }[layer.mixer]
    return build(read, f"layers.{layer.index}")


def _group(state: State) -> CacheGroup:
    return CacheGroup(Kind.STATE, 1, state=state)


def _gated_delta(read: Reader, at: str) -> Mixer:
    """Gated DeltaNet (Qwen3-Next, Qwen3.5)."""
    hidden = read.integer("hidden_size")
    keys, values = read.integer("linear_num_key_heads"), read.integer("linear_num_value_heads")
    key_size, value_size = read.integer("linear_key_head_dim"), read.integer("linear_value_head_dim")
    kernel = read.integer("linear_conv_kernel_dim", 4)
    key, value = keys * key_size, values * value_size
    linears = (
        Linear(f"{at}.linear_attn.in_proj_qkv", hidden * (2 * key + value)),
        Linear(f"{at}.linear_attn.in_proj_z", hidden * value),
        Linear(f"{at}.linear_attn.in_proj_ba", hidden * 2 * values, plain=True),
        Linear(f"{at}.linear_attn.conv1d", (2 * key + value) * kernel, plain=True),
        Linear(f"{at}.linear_attn.out_proj", value * hidden),
    )
    recurrent = RECURRENT_BYTES.get(str(read.get("mamba_ssm_dtype", "auto")), 2)
    state = State(
        conv_channels=2 * key + value,
        conv_steps=kernel - 1,
        recurrent=values * value_size * key_size,
        recurrent_bytes=recurrent,
        stated=True,
    )
    return Mixer(linears, _group(state), 2 * key + 2 * value)


def _mamba2(read: Reader, at: str) -> Mixer:
    """Mamba-2 (Nemotron-H, Granite 4, Bamba, Falcon-H1, Zamba2)."""
    hidden = read.integer("hidden_size")
    count = read.optional("mamba_num_heads") or read.optional("mamba_n_heads") or read.optional("n_mamba_heads")
    count = count or read.optional("num_heads") or 128
    expand = read.get("mamba_expand") or read.get("expand") or 2
    inner = read.optional("mamba_d_ssm") or int(expand * hidden)
    size = read.optional("mamba_head_dim") or read.optional("mamba_d_head") or read.optional("mamba_headdim")
    if read.optional("mamba_num_heads") and size:
        inner = count * size
    size = size or inner // count
    groups = read.optional("n_groups") or read.optional("mamba_n_groups") or read.optional("mamba_ngroups") or 1
    width = read.optional("ssm_state_size") or read.optional("mamba_d_state") or read.optional("state_size") or 128
    kernel = read.optional("conv_kernel") or read.optional("mamba_d_conv") or 4
    name = "mamba" if read.model_type != "nemotron_h" else "mixer"
    conv = inner + 2 * groups * width
    linears = (
        Linear(f"{at}.{name}.in_proj", hidden * (inner + conv + count)),
        Linear(f"{at}.{name}.conv1d", conv * kernel, plain=True),
        Linear(f"{at}.{name}.out_proj", inner * hidden),
    )
    state = State(
        conv_channels=inner,
        groups=groups,
        group_width=2 * width,
        conv_steps=kernel - 1,
        recurrent=count * size * width,
        recurrent_bytes=RECURRENT_BYTES.get(str(read.top.get("mamba_ssm_cache_dtype", "auto")), 2),
        stated=True,
    )
    return Mixer(linears, _group(state), inner + conv + count)


def _mamba1(read: Reader, at: str) -> Mixer:
    """Mamba-1 (Mamba, Falcon-Mamba, Jamba)."""
    hidden = read.integer("hidden_size")
    expand = read.get("mamba_expand") or read.get("expand") or 2
    inner = int(expand * hidden)
    if read.model_type != "jamba":
        inner = read.optional("intermediate_size") or inner
    width = read.optional("mamba_d_state") or read.optional("state_size") or 16
    kernel = read.optional("mamba_d_conv") or read.optional("conv_kernel") or 4
    rank = read.optional("mamba_dt_rank") or read.optional("time_step_rank") or -(-hidden // 16)
    linears = (
        Linear(f"{at}.mamba.in_proj", hidden * 2 * inner),
        Linear(f"{at}.mamba.conv1d", inner * kernel, plain=True),
        Linear(f"{at}.mamba.x_proj", inner * (rank + 2 * width)),
        Linear(f"{at}.mamba.dt_proj", rank * inner),
        Linear(f"{at}.mamba.A", inner * width * 2, plain=True),
        Linear(f"{at}.mamba.out_proj", inner * hidden),
    )
    state = State(conv_channels=inner, conv_steps=kernel - 1, recurrent=inner * width)
    return Mixer(linears, _group(state), 2 * inner)


def _short_convolution(read: Reader, at: str) -> Mixer:
    """Gated short convolution (LFM2)."""
    hidden = read.integer("hidden_size")
    channels = read.optional("conv_dim") or hidden
    kernel = read.integer("conv_L_cache", 3)
    linears = (
        Linear(f"{at}.conv.in_proj", hidden * 3 * channels),
        Linear(f"{at}.conv.conv", channels * kernel, plain=True),
        Linear(f"{at}.conv.out_proj", channels * hidden),
    )
    return Mixer(linears, _group(State(conv_channels=channels, conv_steps=kernel - 1)), 3 * channels)


def _kimi_delta(read: Reader, at: str) -> Mixer:
    """Kimi Delta Attention (Kimi Linear); the recurrence is kept in 32 bit."""
    hidden = read.integer("hidden_size")
    values = read.get("linear_attn_config") or {}
    count = int(values.get("num_heads") or read.integer("num_attention_heads"))
    size = int(values.get("head_dim") or 128)
    kernel = int(values.get("short_conv_kernel_size") or 4)
    inner = count * size
    linears = (
        *(Linear(f"{at}.self_attn.{name}_proj", hidden * inner) for name in "qkv"),
        Linear(f"{at}.self_attn.conv1d", 3 * inner * kernel, plain=True),
        Linear(f"{at}.self_attn.f_a_proj", hidden * size * 2, Sharding.COPIED),
        Linear(f"{at}.self_attn.f_b_proj", size * inner * 2),
        Linear(f"{at}.self_attn.o_proj", inner * hidden),
    )
    state = State(conv_channels=3 * inner, conv_steps=kernel - 1, recurrent=count * size * size, recurrent_bytes=4)
    return Mixer(linears, _group(state), 3 * inner)


def _lightning(read: Reader, at: str) -> Mixer:
    """Lightning attention (MiniMax-01, MiniMax-M1): no convolution; the recurrence has the model's type."""
    hidden = read.integer("hidden_size")
    count = read.integer("num_attention_heads")
    size = read.optional("head_dim") or hidden // count
    inner = count * size
    linears = (
        Linear(f"{at}.self_attn.qkv_proj", hidden * 3 * inner),
        Linear(f"{at}.self_attn.output_gate", hidden * inner),
        Linear(f"{at}.self_attn.out_proj", inner * hidden),
    )
    return Mixer(linears, _group(State(recurrent=count * size * size, recurrent_bytes=4)), 3 * inner)
