"""A KServe InferenceService and the claim for its weights, as YAML.

A container of our own rather than KServe's vLLM runtime: the plan holds for one version of the engine, and the
runtime's image follows KServe. Weights come from a volume, so nothing is fetched when a pod starts.
"""

from __future__ import annotations

import math
from typing import Any

import yaml

from macros.deploy.arguments import arguments
from macros.deploy.commands import OFFLINE
from macros.deploy.names import dns_name
from macros.deploy.setup import NotServed, Setup, pointer

KSERVE = "0.20.0"
"""KServe whose schema is in `data/`, the newest that was at hand; the fields used here are those of v1beta1."""
RESOURCES = {"NVIDIA": "nvidia.com/gpu", "AMD": "amd.com/gpu"}
"""The name under which the maker's device plugin offers a card to Kubernetes."""
IMAGES = {"NVIDIA": "vllm/vllm-openai", "AMD": "vllm/vllm-openai-rocm"}
MODELS, PORT, USER = "/mnt/models", 8080, 1000
FIRST_START = 180
"""Start-up probes of ten seconds each: half an hour for loading weights, as in KServe's own vLLM runtime."""


def manifest(setup: Setup, copies: int = 1) -> str | NotServed:
    """Two YAML documents with a comment above, or why there are none."""
    found = setup.accelerator
    if found is None or setup.weights_gib is None:
        return NotServed("No KServe manifest: the memory of this model could not be computed.")
    if found.vendor not in RESOURCES:
        return NotServed(
            f"No KServe manifest: vLLM publishes no image for {found.title}; build one with its maker’s plugin."
        )
    if setup.nodes > 1:
        return NotServed(pointer(setup))
    name = dns_name(setup.model.id, found.id)
    documents = [_claim(name, setup.weights_gib), _service(name, setup, copies)]
    return _above(setup) + "---\n".join(yaml.safe_dump(item, sort_keys=False, width=110) for item in documents)


def _above(setup: Setup) -> str:
    lines = [
        f"{setup.model.title} on {setup.gpus} × {setup.accelerator.title if setup.accelerator else 'GPU'}, "
        f"vLLM {setup.version}, KServe {KSERVE}, Kubernetes 1.34",
        *setup.notes,
        f"Before you apply it: fill the volume, in a folder “{setup.model.id}”, with {setup.repository}",
        "at a commit that you tested; choose the nodes by your own labels; name your registry’s copy of the",
        "image by digest. Memory asked for is the size of the weights: a start, to be measured.",
        f"Port {PORT} asks nobody who they are: put a gateway with sign-in and a log in front, and let a",
        "NetworkPolicy admit that gateway alone; the engine’s own key does not cover every path.",
        "Checked against the schemas of these versions; not run on GPUs.",
    ]
    return "".join(f"# {' '.join(line.split())}\n" for line in lines)


def _claim(name: str, weights_gib: float) -> dict[str, Any]:
    """A volume with room for the weights; shared, so that a second copy can read it."""
    size = math.ceil(weights_gib * 1.2 / 10) * 10
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name},
        "spec": {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": f"{size}Gi"}}},
    }


def _service(name: str, setup: Setup, copies: int) -> dict[str, Any]:
    return {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {
            "name": name,
            "labels": {"app.kubernetes.io/name": "vllm", "app.kubernetes.io/version": setup.version},
            "annotations": {
                "serving.kserve.io/deploymentMode": "Standard",
                "serving.kserve.io/autoscalerClass": "none",
            },
        },
        "spec": {
            "predictor": {
                "minReplicas": copies,
                "maxReplicas": copies,
                "deploymentStrategy": {"type": "Recreate"},
                "automountServiceAccountToken": False,
                "enableServiceLinks": False,
                "securityContext": {
                    "runAsNonRoot": True,
                    "runAsUser": USER,
                    "runAsGroup": USER,
                    "fsGroup": USER,
                    "fsGroupChangePolicy": "OnRootMismatch",
                    "seccompProfile": {"type": "RuntimeDefault"},
                },
                "containers": [_container(setup)],
                "volumes": [
                    {"name": "models", "persistentVolumeClaim": {"claimName": name, "readOnly": True}},
                    {"name": "shm", "emptyDir": {"medium": "Memory"}},
                    {"name": "tmp", "emptyDir": {}},
                ],
            }
        },
    }


def _container(setup: Setup) -> dict[str, Any]:
    assert setup.accelerator is not None and setup.weights_gib is not None
    vendor = setup.accelerator.vendor
    words = [name if value is None else f"{name}={value}" for name, value in arguments(setup)]
    cards = {RESOURCES[vendor]: str(setup.gpus)}
    asked = {"cpu": str(2 + setup.gpus), "memory": f"{max(8, math.ceil(setup.weights_gib))}Gi"}
    return {
        "name": "kserve-container",
        "image": f"{IMAGES[vendor]}:v{setup.version}",
        "command": ["vllm", "serve"],
        "args": [MODELS, *words, f"--port={PORT}"],
        "env": [{"name": name, "value": value} for name, value in (*OFFLINE, ("HOME", "/tmp"), ("USER", "vllm"))],  # noqa: S108
        "ports": [{"containerPort": PORT, "protocol": "TCP"}],
        "resources": {"requests": asked | cards, "limits": cards},
        "startupProbe": _probe(10, FIRST_START),
        "readinessProbe": _probe(10, 3),
        "livenessProbe": _probe(15, 4),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "models", "mountPath": MODELS, "subPath": setup.model.id, "readOnly": True},
            {"name": "shm", "mountPath": "/dev/shm"},  # noqa: S108
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108
        ],
    }


def _probe(period: int, failures: int) -> dict[str, Any]:
    """A probe of the engine's health address; period in seconds."""
    return {
        "httpGet": {"path": "/health", "port": PORT},
        "periodSeconds": period,
        "timeoutSeconds": 5,
        "failureThreshold": failures,
    }
