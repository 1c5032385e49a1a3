"""A character model with quantised weights, trained through a straight-through estimator.

Each weight matrix is kept in full precision and used in quantised form: every stage adds one bit, the sign of what is
left, times one scale per row. One stage is Fairy2's w1, two stages (the second on the residual) are its w2. Gradients
pass the quantisation as if it were not there.
"""

import math
import pathlib
import random

# Width of embeddings and of the hidden layer: the larger model is a little larger here too.
SIZES = {"smollm2_135m": (6, 32), "qwen3_4b": (8, 40)}
# A longer training.max_seq_length is accepted and changes nothing: plain Python would take seconds for a step.
LONGEST_CONTEXT = 8
MOMENTUM = 0.9
CLIP = 1.0
WARMUP_SHARE = 0.05
DECAY_SHARE = 0.2


def learning_rate(peak, step, max_steps):
    """Warm-up, stable, decay (WSD), as the real trainer's scheduler."""
    warmup = max(1, int(max_steps * WARMUP_SHARE))
    decay = max(1, int(max_steps * DECAY_SHARE))
    return peak * min(1.0, step / warmup, (max_steps - step + 1) / decay)


class Text:
    """The corpus as numbers: windows of characters and the character that follows each."""

    def __init__(self, text, context):
        self._vocabulary = {character: number for number, character in enumerate(sorted(set(text)))}
        self._codes = [self._vocabulary[character] for character in text]
        self.context = min(context, LONGEST_CONTEXT)

    @classmethod
    def load(cls, context):
        path = pathlib.Path(__file__).with_name("corpus.txt")
        return cls(" ".join(path.read_text(encoding="utf-8").lower().split()), context)

    @property
    def vocabulary_size(self):
        return len(self._vocabulary)

    def batch(self, size, seed, step):
        """The same seed and step give the same batch."""
        source = random.Random(seed * 1_000_003 + step)
        starts = (source.randrange(len(self._codes) - self.context) for _ in range(size))
        return [(self._codes[s : s + self.context], self._codes[s + self.context]) for s in starts]


def quantise(row, stages):
    """Signs of the row, then of what is left of it, each times the mean size."""
    quantised = [0.0] * len(row)
    rest = row
    for _ in range(stages):
        scale = sum(map(abs, rest)) / len(rest)
        signs = [scale if value >= 0 else -scale for value in rest]
        quantised = [q + s for q, s in zip(quantised, signs)]
        rest = [value - s for value, s in zip(rest, signs)]
    return quantised


def dot(left, right):
    return sum(map(float.__mul__, left, right))


class QuantisedModel:
    """Embeddings in full precision, a hidden and an output layer with quantised weights."""

    def __init__(self, stages, tensors):
        self._stages = stages
        self.tensors = tensors
        self.momenta = {name: [[0.0] * len(row) for row in rows] for name, rows in tensors.items()}

    @classmethod
    def create(cls, name, text, stages, seed):
        embedding, hidden = SIZES[name]
        inputs = embedding * text.context
        source = random.Random(seed)

        def matrix(rows, columns, spread):
            return [[source.gauss(0.0, spread) for _ in range(columns)] for _ in range(rows)]

        return cls(
            stages,
            {
                "embedding": matrix(text.vocabulary_size, embedding, 0.5),
                "hidden": matrix(hidden, inputs, 1.0 / math.sqrt(inputs)),
                "output": matrix(text.vocabulary_size, hidden, 1.0 / math.sqrt(hidden)),
            },
        )

    def poison(self):
        """Lets every later loss be not a number, as an overflow in a real training does."""
        self.tensors["output"][0][0] = math.nan

    @property
    def parameter_count(self):
        return sum(len(row) for name in ("hidden", "output") for row in self.tensors[name])

    def step(self, batch, rate):
        """One update; returns the mean loss of the batch in nats per character, and the norm of its gradient."""
        hidden = [quantise(row, self._stages) for row in self.tensors["hidden"]]
        output = [quantise(row, self._stages) for row in self.tensors["output"]]
        gradients = {name: [[0.0] * len(row) for row in rows] for name, rows in self.tensors.items()}
        loss = sum(self._backward(context, target, hidden, output, gradients) for context, target in batch)
        norm = self._update(gradients, rate, len(batch))
        return loss / len(batch), norm

    def loss(self, batch):
        """The mean loss of a batch in nats per character; nothing is changed."""
        hidden = [quantise(row, self._stages) for row in self.tensors["hidden"]]
        output = [quantise(row, self._stages) for row in self.tensors["output"]]
        unused = {name: [[0.0] * len(row) for row in rows] for name, rows in self.tensors.items()}
        return sum(self._backward(context, target, hidden, output, unused) for context, target in batch) / len(batch)

    def _backward(self, context, target, hidden, output, gradients):
        embedding = self.tensors["embedding"]
        inputs = [value for code in context for value in embedding[code]]
        activations = [math.tanh(dot(row, inputs)) for row in hidden]
        logits = [dot(row, activations) for row in output]
        highest = max(logits)
        exponents = [math.exp(logit - highest) for logit in logits]
        total = sum(exponents)
        errors = [exponent / total for exponent in exponents]
        loss = -math.log(max(errors[target], 1e-12))
        errors[target] -= 1.0
        back = [0.0] * len(activations)
        for row, error, gradient in zip(output, errors, gradients["output"]):
            for i, activation in enumerate(activations):
                gradient[i] += error * activation
                back[i] += error * row[i]
        input_back = [0.0] * len(inputs)
        for row, activation, upstream, gradient in zip(hidden, activations, back, gradients["hidden"]):
            error = upstream * (1.0 - activation * activation)
            for i, value in enumerate(inputs):
                gradient[i] += error * value
                input_back[i] += error * row[i]
        width = len(embedding[0])
        for position, code in enumerate(context):
            gradient = gradients["embedding"][code]
            for i in range(width):
                gradient[i] += input_back[position * width + i]
        return loss

    def _update(self, gradients, rate, batch_size):
        """Returns the norm before it is clipped."""
        norm = math.sqrt(sum(g * g for rows in gradients.values() for row in rows for g in row)) / batch_size
        scale = min(1.0, CLIP / max(norm, 1e-12)) / batch_size
        for name, rows in gradients.items():
            for weights, momentum, row in zip(self.tensors[name], self.momenta[name], rows):
                for i, gradient in enumerate(row):
                    momentum[i] = MOMENTUM * momentum[i] + gradient * scale
                    weights[i] -= rate * momentum[i]
        return norm
