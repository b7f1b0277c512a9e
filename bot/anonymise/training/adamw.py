"""Adam with decoupled weight decay (Loshchilov and Hutter, 2019), in a few lines.

torch's own optimisers load its compiler, and that needs packages which nothing else here needs (constraints.txt).
"""

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.nn import Parameter

BETAS = (0.9, 0.999)
TINY = 1e-8


class AdamW:
    """`groups` are (parameters, learning rate) pairs; `decay` is the weight decay of all of them."""

    def __init__(self, groups: Iterable[tuple[Iterable[Parameter], float]], *, decay: float) -> None:
        self._rates: list[tuple[Parameter, float]] = [(p, rate) for parameters, rate in groups for p in parameters]
        self._means: list[tuple[Tensor, Tensor]] = [(torch.zeros_like(p), torch.zeros_like(p)) for p, _ in self._rates]
        self._decay, self._steps = decay, 0

    def zero_grad(self) -> None:
        """Forgets the gradients of the last batch."""
        for parameter, _ in self._rates:
            parameter.grad = None

    def step(self, pace: float) -> None:
        """One step down the gradients; `pace` (0 to 1) is the share of the learning rates that counts now."""
        self._steps += 1
        first, second = (1 - beta**self._steps for beta in BETAS)
        with torch.no_grad():
            for (parameter, rate), (mean, square) in zip(self._rates, self._means, strict=True):
                if parameter.grad is None:
                    continue
                mean.lerp_(parameter.grad, 1 - BETAS[0])
                square.mul_(BETAS[1]).addcmul_(parameter.grad, parameter.grad, value=1 - BETAS[1])
                parameter.mul_(1 - pace * rate * self._decay)
                parameter.addcdiv_(mean, (square / second).sqrt_().add_(TINY), value=-pace * rate / first)
