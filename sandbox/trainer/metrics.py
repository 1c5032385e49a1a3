"""The figures of a training under the names that each of the real trainers gives them in W&B."""

import math

# The first is what a row is called by; loss, perplexity and the like are numbers of the model, the rest of its pace.
_FAIRY2 = {
    "loss": "train/loss",
    "perplexity": "train/perplexity",
    "rate": "train/lr",
    "gradient_norm": "train/grad_norm",
    "step": "progress/step",
    "tokens": "progress/tokens",
    "tokens_billions": "progress/tokens_billions",
    "percent": "progress/percent_complete",
    "eta_hours": "progress/eta_hours",
    "tokens_per_second": "throughput/tokens_per_sec",
    "samples_per_second": "throughput/samples_per_sec",
}
_BITDISTILL = {
    "loss": "train/loss",
    "perplexity": "train/perplexity",
    "rate": "train/lr",
    "gradient_norm": "train/grad_norm",
    "step": "train/step",
    "tokens": "train/tokens_processed",
    "percent": "train/progress_pct",
    "steps_per_second": "train/steps_per_sec",
}
_DLM = {
    "loss": "train/loss",
    "rate": "train/lr_adam",
    "gradient_norm": "train/grad_norm_clipped",
    "tokens": "train/tokens",
    "tokens_per_second": "train/tokens_per_second",
}
KEYS = {"fairy2": _FAIRY2, "bitdistill": _BITDISTILL, "dlm": _DLM}


def row(keys, step, max_steps, loss, rate, gradient_norm, batch_size, steps, seconds):
    """A row of history: what the last so many steps in so many seconds came to."""
    tokens = step * batch_size
    figures = {
        "loss": loss,
        "perplexity": math.exp(loss) if not loss > 700 else math.inf,
        "rate": rate,
        "gradient_norm": gradient_norm,
        "step": step,
        "tokens": tokens,
        "tokens_billions": tokens / 1e9,
        "percent": 100.0 * step / max_steps,
        "eta_hours": (max_steps - step) * seconds / steps / 3600,
        "tokens_per_second": steps * batch_size / seconds,
        "samples_per_second": steps * batch_size / seconds,
        "steps_per_second": steps / seconds,
    }
    return {name: figures[figure] for figure, name in KEYS[keys].items()}
