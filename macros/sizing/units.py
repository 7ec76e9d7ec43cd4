"""Units of memory and number formats. GB is 10^9 bytes, GiB is 2^30 bytes; they are never mixed."""

from __future__ import annotations

GIB = 2**30
GB = 10**9

BITS_PER_WEIGHT = {
    "fp32": 32.0,
    "bf16": 16.0,
    "fp16": 16.0,
    "fp8": 8.0,
    "int8": 8.0,
    "mxfp8": 8.25,  # OCP MX v1.0: 32 eight-bit values share one 8-bit scale
    "mxfp4": 4.25,  # OCP MX v1.0: 32 four-bit values share one 8-bit scale
    "nvfp4": 4.5,  # 16 four-bit values share one 8-bit scale
    "int4": 4.125,  # groups of 128 with a 16-bit scale; zero points add 1/32 bit
}
"""Bits that one weight takes, its share of the scales included."""

CACHE_BYTES = {
    "auto": 2.0,
    "bf16": 2.0,
    "fp16": 2.0,
    "bfloat16": 2.0,
    "float16": 2.0,
    "half": 2.0,
    "fp8": 1.0,
    "fp8_e4m3": 1.0,
    "fp8_e5m2": 1.0,
    "fp8_inc": 1.0,
}
"""Bytes of one cached element by the name of the KV data type; `auto` is the model's 16-bit type."""


def ceil_div(number: int, by: int) -> int:
    """`number / by` rounded up."""
    return -(-number // by)


def round_up(number: int, to: int) -> int:
    """The smallest multiple of `to` that is at least `number`."""
    return ceil_div(number, to) * to
