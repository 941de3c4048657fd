"""The networks that `--model` chooses between. To add one: write it here and name it in MODELS."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torchvision.models import densenet121

from errors import UserError

# Channel means and deviations of ImageNet, in the units of images scaled to 0..1. Published weights expect them.
NORMALISATION_MEAN = (0.485, 0.456, 0.406)
NORMALISATION_STD = (0.229, 0.224, 0.225)

# torchvision's published DenseNet files name their layers `norm.1.weight`; the module says `norm1.weight`.
_OLD_DENSENET_KEY = re.compile(
    r'^(.*denselayer\d+\.(?:norm|relu|conv))\.((?:[12])\.(?:weight|bias|running_mean|running_var))$'
)


class TinyNet(nn.Module):
    """Three blocks of convolution, for data of small pictures and for quick runs. About 24 thousand parameters.

    Takes images of N x 3 x S x S (S at least 16), gives logits of N x classes.
    """

    def __init__(self, class_count: int) -> None:
        super().__init__()

        def block(inputs: int, outputs: int) -> nn.Sequential:
            return nn.Sequential(
                nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(inplace=True),
            )

        self.features = nn.Sequential(block(3, 16), nn.MaxPool2d(2), block(16, 32), nn.MaxPool2d(2), block(32, 64))
        self.classifier = nn.Linear(64, class_count)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of N x classes for images of N x 3 x S x S."""
        return self.classifier(self.features(images).mean(dim=(2, 3)))


def _densenet121(class_count: int) -> nn.Module:
    """DenseNet-121 (Huang et al., 2017) as torchvision has it, with a head for `class_count` classes."""
    model = densenet121(weights=None)
    model.classifier = nn.Linear(model.classifier.in_features, class_count)
    return model


MODELS: dict[str, Callable[[int], nn.Module]] = {'densenet121': _densenet121, 'tiny': TinyNet}


def build_model(name: str, class_count: int) -> nn.Module:
    """Make the network `name` with fresh random weights and `class_count` outputs."""
    return MODELS[name](class_count)


def load_weights(model: nn.Module, path: Path) -> str:
    """Load a state dict from `path` into `model`; the head stays fresh when it was made for another number of classes.

    Returns a sentence for the log. Raises UserError when the file is no state dict of this network. The file is read
    with `weights_only`, so that a hostile pickle cannot run code.
    """
    try:
        loaded = torch.load(path, map_location='cpu', weights_only=True)
    except Exception as error:
        raise UserError(f'weights: {path} cannot be read as a PyTorch state dict ({error})') from error
    if not isinstance(loaded, dict) or not all(isinstance(value, Tensor) for value in loaded.values()):
        raise UserError(
            f'weights: {path} holds no plain state dict; save one with torch.save(model.state_dict(), path)'
        )
    loaded = {_OLD_DENSENET_KEY.sub(r'\1\2', key): value for key, value in loaded.items()}
    own = model.state_dict()
    head = {key for key in own if key.startswith('classifier.')}
    head_fits = all(key in loaded and loaded[key].shape == own[key].shape for key in head)
    wanted = set(own) if head_fits else set(own) - head
    # Older files lack the batch counters, which do not matter at a momentum that is a number.
    missing = sorted(
        key
        for key in wanted
        if not key.endswith('num_batches_tracked') and (key not in loaded or loaded[key].shape != own[key].shape)
    )
    if missing:
        raise UserError(
            f'weights: {path} was made for another network: {len(missing)} of {len(wanted)} tensors are missing or of '
            f'another shape, the first is {missing[0]}'
        )
    model.load_state_dict({key: loaded[key] for key in wanted if key in loaded}, strict=False)
    return f'weights from {path}' + ('' if head_fits else '; the classifier is new (made for other classes there)')
