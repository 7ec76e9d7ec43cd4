"""What visitors call kinds of models, and what the atlas does not have, in English, German and French.

Other names of a single record are its `synonyms` in `atlas/`; what is here belongs to no single one.
"""

from __future__ import annotations

from collections.abc import Mapping

JOBS: Mapping[str, tuple[str, ...]] = {
    "chat": (),
    "coding": ("code model", "coding model", "Codemodell"),
    "document-vision": ("vision model", "vision language model", "VLM", "multimodal", "Bildmodell"),
    "ocr": ("OCR model", "OCR", "Texterkennung", "reconnaissance de texte"),
    "speech-to-text": (
        "speech recognition model",
        "speech to text model",
        "transcription model",
        "ASR",
        "STT",
        "Spracherkennung",
        "Transkriptionsmodell",
        "reconnaissance vocale",
    ),
    "text-to-speech": (
        "text to speech",
        "text to speech model",
        "voice model",
        "TTS",
        "speech synthesis",
        "Sprachausgabe",
        "synthèse vocale",
    ),
    "embedding": ("embedding model", "Embedding-Modell", "modèle d'embedding"),
    "reranking": ("reranker model", "rerank model"),
    "guard": ("guard model", "safety model", "moderation model", "Filtermodell"),
    "pii-detection": ("PII model", "anonymisation model"),
    "translation": ("translation model", "Übersetzungsmodell", "modèle de traduction"),
}
"""What models for a job are called, by the id of the job; most models are for “chat”, which names none of them."""

_ABSENT_MODELS = """
Phi-3; Phi-4; Mixtral; Falcon; Command R; Command A; Granite; StarCoder; Code Llama; Codestral; Devstral; Yi;
InternLM; Jamba; DBRX; Llama 4; Llama 2; Aya; Teuken; EuroLLM; SmolLM; MiniMax; Hunyuan; Baichuan; Vicuna; BLOOM;
DeepSeek R1; QwQ; Pixtral; Llama Guard; ShieldGemma
"""

ABSENT_MODELS: tuple[str, ...] = tuple(" ".join(_ABSENT_MODELS.split()).split("; "))
"""Models with open weights that people ask for and the atlas does not have. A test holds that."""

_ABSENT_HARDWARE = """
V100; T4; A30; A40; A6000; RTX A6000; RTX 3090; RTX 6000 Ada; L40; H20; H800; GB300; MI250; MI210; TPU;
Trainium; Inferentia; Gaudi 2; M3 Ultra; M2 Ultra; Mac mini; Cerebras; SambaNova; Tenstorrent; Groq LPU; Ascend
"""

ABSENT_HARDWARE: tuple[str, ...] = tuple(" ".join(_ABSENT_HARDWARE.split()).split("; "))
"""Accelerators that people ask for and the atlas does not have. A test holds that."""

_ABSENT_ENGINES = """
Triton Inference Server; NVIDIA NIM; LM Studio; MLX; LMDeploy; ExLlama; LocalAI; Open WebUI; DeepSpeed; BentoML;
Jan; GPT4All; OpenLLM
"""

ABSENT_ENGINES: tuple[str, ...] = tuple(" ".join(_ABSENT_ENGINES.split()).split("; "))
"""Software to serve models that people ask for and the atlas does not have. A test holds that."""

_UNANSWERED = """
liability; liable; Haftung; responsabilité civile; SOX; Sarbanes-Oxley; national law; India; Canada; Japan; Brazil;
Australia; China; FINMA; contract law; professional law
"""

UNANSWERED: tuple[str, ...] = tuple(" ".join(_UNANSWERED.split()).split("; "))
"""Subjects of law and countries of which the atlas says nothing: they lead to what it does not cover."""
