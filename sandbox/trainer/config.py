"""Settings of a training run: defaults, and overrides in Hydra's key=value form."""

import re

from metrics import KEYS

MODELS = ("smollm2_135m", "qwen3_4b")
TRAININGS = {"fairy2_w1": 1, "fairy2_w2": 2}

# Keys of the real trainer that a user may set. The values are the sandbox's: a run takes a minute, not hours.
_DEFAULTS = {
    "training.max_steps": 1000,
    "training.save_interval": 250,
    "training.log_interval": 25,
    "training.batch_size": 8,
    "training.max_seq_length": 8,
    "training.learning_rate": 0.1,
    "gcs.enabled": True,
    # Not of the Fairy2 trainer, which cannot resume: what the other trainers do, in the sandbox's own.
    "resume.enabled": False,
    "resume.from": "",
    "seed": 42,
    # Whose names the figures in W&B have.
    "wandb.keys": "fairy2",
    # What goes wrong, for a look at how the platform takes it; a step of 0 is never.
    "sandbox.nan_at_step": 0,
    "sandbox.diverge_at_step": 0,
    "sandbox.stall_at_step": 0,
    "sandbox.tear_checkpoint_at_step": 0,
    "sandbox.final_checkpoint": True,
}
_AT_LEAST_ONE = (
    "training.max_steps",
    "training.save_interval",
    "training.log_interval",
    "training.batch_size",
    "training.max_seq_length",
)
_OVERRIDE = re.compile(r"(?P<add>\+{0,2})(?P<key>[A-Za-z_][\w.]*)=(?P<value>.*)", re.DOTALL)


class ConfigError(Exception):
    """The run cannot start with these arguments."""


def parse(arguments, environment):
    """Returns all settings by key; the last override of a key wins.

    Raises ConfigError in Hydra's words for an unknown key, a malformed override or a value of another type.
    """
    settings = dict(_DEFAULTS)
    settings["gcs.bucket"] = environment.get("GCS_BUCKET", "")
    settings["gcs.prefix"] = environment.get("GCS_PREFIX", "fairy2_experiments")
    settings["model"] = environment.get("MODEL", MODELS[0])
    settings["training"] = "fairy2_" + environment.get("MODE", "w2")
    for argument in arguments:
        match = _OVERRIDE.fullmatch(argument)
        if match is None:
            raise ConfigError(f"Error parsing override '{argument}'\nmissing EQUAL at '<EOF>'")
        key, value = match["key"], match["value"]
        if key in settings:
            settings[key] = _converted(key, value, settings[key])
        elif match["add"]:
            settings[key] = value
        else:
            raise ConfigError(
                f"Could not override '{key}'.\nTo append to your config use +{key}={value}\n"
                f"Key '{key.rpartition('.')[2]}' is not in struct"
            )
    _check(settings)
    settings["training.num_stages"] = TRAININGS[settings["training"]]
    return settings


def _converted(key, value, current):
    # bool first: it is an int for Python.
    if isinstance(current, bool):
        if value.lower() in ("true", "false"):
            return value.lower() == "true"
        kind = "Bool"
    elif isinstance(current, int):
        if re.fullmatch(r"[+-]?\d+", value):
            return int(value)
        kind = "Integer"
    elif isinstance(current, float):
        try:
            return float(value)
        except ValueError:
            kind = "Float"
    else:
        return value
    raise ConfigError(f"Value '{value}' of type 'str' could not be converted to {kind}\n    full_key: {key}")


def _check(settings):
    if settings["model"] not in MODELS:
        raise ConfigError(f"In 'config': Could not find 'model/{settings['model']}'\nAvailable: {', '.join(MODELS)}")
    if settings["training"] not in TRAININGS:
        raise ConfigError(
            f"In 'config': Could not find 'training/{settings['training']}'\nAvailable: {', '.join(TRAININGS)}"
        )
    if settings["wandb.keys"] not in KEYS:
        raise ConfigError(f"wandb.keys must be one of {', '.join(KEYS)}, got {settings['wandb.keys']}")
    for key in _AT_LEAST_ONE:
        if settings[key] < 1:
            raise ConfigError(f"{key} must be at least 1, got {settings[key]}")
