"""The training itself: epochs, validation, checkpoints, and what is left behind for the user."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from data import Batches, ImageFolder, Images, find_images
from errors import UserError
from hyperparameters import Hyperparameters, as_dict
from job import Hosts, Places, StopRequest
from model_def import NORMALISATION_MEAN, NORMALISATION_STD, build_model, load_weights
from utils import (
    accuracies,
    confusion_matrix,
    say,
    seed_everything,
    write_atomically,
    write_confusion_csv,
    write_confusion_png,
    write_json,
)

# A spot instance may vanish without warning: this much work is lost at most, besides what an epoch's end saves.
CHECKPOINT_INTERVAL_SECONDS = 300
PROGRESS_INTERVAL_SECONDS = 10
_CHECKPOINT_VERSION = 1


@dataclass
class Best:
    """The best epoch so far, with its weights."""

    epoch: int
    metrics: dict[str, float]
    matrix: list[list[int]]
    weights: dict[str, Tensor]


@dataclass
class Progress:
    """How far the training has come. `epoch` (from 1) is the one under way, `batch` the number of its batches done."""

    epoch: int = 1
    batch: int = 0
    loss_sum: float = 0.0
    image_count: int = 0
    history: list[dict[str, float]] = field(default_factory=list)
    best: Best | None = None


class Training:
    """One training on one device: the network, its optimizer, the data, and the progress."""

    def __init__(self, hyperparameters: Hyperparameters, images: Images, where: Places, device: torch.device) -> None:
        self.hyperparameters = hyperparameters
        self.images = images
        self.where = where
        self.device = device
        self.progress = Progress()
        self.model = build_model(hyperparameters.model, len(images.classes))
        if hyperparameters.weights != 'none':
            say(f'[setup] {load_weights(self.model, _weights_path(hyperparameters.weights, where))}')
        self.model.to(device)
        self.optimizer = _optimizer(self.model, hyperparameters)
        self.amp = hyperparameters.amp and device.type == 'cuda'
        self.scaler = torch.amp.GradScaler(device.type, enabled=self.amp)
        self.train_images = ImageFolder(images.train, hyperparameters, augment=True)
        self.validation_images = ImageFolder(images.validation, hyperparameters, augment=False)
        self.train_labels = [sample.label for sample in images.train]
        self.criterion = nn.CrossEntropyLoss(weight=self._class_weights())

    def _class_weights(self) -> Tensor | None:
        """Weights of shape (classes,), inverse to how often a class occurs, 1 on average over the images."""
        if self.hyperparameters.balance != 'loss':
            return None
        counts = Counter(self.train_labels)
        total, kinds = len(self.train_labels), len(self.images.classes)
        return torch.tensor([total / (kinds * counts[label]) for label in range(kinds)], device=self.device)

    def _loader(self, images: ImageFolder, batches: Batches) -> DataLoader[tuple[Tensor, Tensor]]:
        return DataLoader(
            images,
            batch_sampler=batches,
            num_workers=self.hyperparameters.num_workers,
            pin_memory=self.device.type == 'cuda',
            # Its own generator: a loader otherwise draws from the global one, and a resumed run would draw once more.
            generator=torch.Generator().manual_seed(self.hyperparameters.seed),
        )

    def learning_rate(self, batch: int, batches_per_epoch: int) -> float:
        """Learning rate of a batch of the current epoch; a function of the position alone, so nothing to restore."""
        start = self.hyperparameters.lr
        if self.hyperparameters.schedule == 'constant':
            return start
        done = ((self.progress.epoch - 1) * batches_per_epoch + batch) / (
            self.hyperparameters.epochs * batches_per_epoch
        )
        return start * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))

    def train_epoch(self, stop: StopRequest, save: Callable[[], None]) -> bool:
        """Train on what is left of the current epoch. False when a stop was asked for; a batch is always finished.

        Raises UserError when the loss is no longer a number.
        """
        progress = self.progress
        batches = Batches(
            self.train_labels, self.hyperparameters, epoch=progress.epoch, start=progress.batch, shuffle=True
        )
        self.train_images.epoch = progress.epoch
        self.model.train()
        started = said = saved = time.monotonic()
        for images, labels in self._loader(self.train_images, batches):
            loss = self._step(images, labels, self.learning_rate(progress.batch, batches.total))
            if not math.isfinite(loss):
                raise UserError(
                    f'train_loss became {loss} in epoch {progress.epoch}, batch {progress.batch + 1}. '
                    f'Lower lr (now {self.hyperparameters.lr:g})' + (' or set amp to false.' if self.amp else '.')
                )
            progress.batch += 1
            progress.loss_sum += loss * len(labels)
            progress.image_count += len(labels)
            if stop:
                return False
            now = time.monotonic()
            if now - said >= PROGRESS_INTERVAL_SECONDS:
                said = now
                say(
                    f'[progress] epoch {progress.epoch}, batch {progress.batch} of {batches.total}, '
                    f'mean loss {progress.loss_sum / progress.image_count:.4f}, {now - started:.0f} s'
                )
            if now - saved >= CHECKPOINT_INTERVAL_SECONDS:
                saved = now
                save()
        return True

    def _step(self, images: Tensor, labels: Tensor, learning_rate: float) -> float:
        """One step of the optimizer on a batch of N x 3 x S x S and N labels. Returns the batch's mean loss."""
        for group in self.optimizer.param_groups:
            group['lr'] = learning_rate
        images, labels = images.to(self.device, non_blocking=True), labels.to(self.device, non_blocking=True)
        with torch.autocast(self.device.type, enabled=self.amp):
            loss = self.criterion(self.model(images), labels)
        self.optimizer.zero_grad(set_to_none=True)
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return float(loss)

    @torch.inference_mode()
    def validate(self, stop: StopRequest) -> tuple[float, np.ndarray] | None:
        """Mean unweighted loss over the validation images, and the confusion matrix; None when asked to stop."""
        self.model.eval()
        labels = [sample.label for sample in self.images.validation]
        guesses: list[int] = []
        loss_sum = 0.0
        for images, truths in self._loader(
            self.validation_images, Batches(labels, self.hyperparameters, shuffle=False)
        ):
            if stop:
                return None
            with torch.autocast(self.device.type, enabled=self.amp):
                logits = self.model(images.to(self.device, non_blocking=True))
            logits = logits.float().cpu()
            loss_sum += float(nn.functional.cross_entropy(logits, truths, reduction='sum'))
            guesses += logits.argmax(dim=1).tolist()
        return loss_sum / len(labels), confusion_matrix(labels, guesses, len(self.images.classes))

    def finish_epoch(self, validation_loss: float, matrix: np.ndarray, seconds: float) -> bool:
        """Print and keep the epoch's metrics and move on to the next. True when this epoch is the best so far."""
        progress = self.progress
        accuracy, balanced, _ = accuracies(matrix)
        metrics = {
            'train_loss': progress.loss_sum / progress.image_count,
            'val_acc': accuracy,
            'val_loss': validation_loss,
            'val_balanced_acc': balanced,
        }
        if not math.isfinite(validation_loss):
            raise UserError(f'val_loss became {validation_loss} in epoch {progress.epoch}. Lower lr.')
        shown = ' '.join(f'{name}: {value:.4f}' for name, value in metrics.items())
        say(f'[epoch {progress.epoch}] {shown} ({seconds:.1f} s)')
        progress.history.append({'epoch': progress.epoch, **metrics})
        best = progress.best
        better = best is None or (balanced, -validation_loss) > (
            best.metrics['val_balanced_acc'],
            -best.metrics['val_loss'],
        )
        if better:
            progress.best = Best(progress.epoch, metrics, matrix.tolist(), _on_cpu(self.model))
        progress.epoch += 1
        progress.batch, progress.loss_sum, progress.image_count = 0, 0.0, 0
        return better

    @property
    def _checkpoint_path(self) -> Path:
        return self.where.checkpoints / 'checkpoint.pt'

    def save_checkpoint(self) -> None:
        """Write everything that a new process needs to go on as if it had never stopped."""
        progress = self.progress
        content = {
            'version': _CHECKPOINT_VERSION,
            'hyperparameters': as_dict(self.hyperparameters),
            'classes': list(self.images.classes),
            'train_count': len(self.images.train),
            'model': self.model.state_dict(),
            'optimizer': self.optimizer.state_dict(),
            'scaler': self.scaler.state_dict(),
            'random': torch.get_rng_state(),
            'random_cuda': torch.cuda.get_rng_state_all() if self.device.type == 'cuda' else [],
            'progress': {key: value for key, value in vars(progress).items() if key != 'best'},
            'best': None if progress.best is None else vars(progress.best),
        }
        write_atomically(self._checkpoint_path, lambda file: torch.save(content, file))

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one.

        Raises UserError when it cannot be read or is of another training.
        """
        path = self._checkpoint_path
        if not path.exists():
            return
        try:
            content: dict[str, Any] = torch.load(path, map_location='cpu', weights_only=True)
            before = dict(content['hyperparameters'])
        except Exception as error:
            raise UserError(f'Checkpoint {path} cannot be read ({error}). Remove it to start anew.') from None
        self._refuse_other_training(content)
        now = as_dict(self.hyperparameters)
        self.model.load_state_dict(content['model'])
        self.optimizer.load_state_dict(content['optimizer'])
        self.scaler.load_state_dict(content['scaler'])
        torch.set_rng_state(content['random'])
        if self.device.type == 'cuda' and len(content['random_cuda']) == torch.cuda.device_count():
            torch.cuda.set_rng_state_all(content['random_cuda'])
        best = content['best']
        self.progress = Progress(**content['progress'], best=None if best is None else Best(**best))
        progress = self.progress
        same_order = content['train_count'] == len(self.images.train) and all(
            before.get(name) == now[name] for name in ('batch-size', 'seed', 'balance')
        )
        if progress.batch and not same_order:
            progress.batch, progress.loss_sum, progress.image_count = 0, 0.0, 0
        changed = [f'{name} {before.get(name)} → {value}' for name, value in now.items() if before.get(name) != value]
        place = f' and batch {progress.batch} of epoch {progress.epoch}' if progress.batch else ''
        say(f'[resume] resumed from epoch {progress.epoch - 1}{place}' + (f'; {", ".join(changed)}' if changed else ''))

    def _refuse_other_training(self, content: dict[str, Any]) -> None:
        before, now = content['hyperparameters'], as_dict(self.hyperparameters)
        classes_before, classes_now = content.get('classes'), list(self.images.classes)
        differences = [
            f'{name} is {now[name]} and was {before.get(name)}'
            for name in ('model', 'image-size', 'optimizer')
            if before.get(name) != now[name]
        ]
        if classes_before != classes_now:
            differences.append(f'the classes are {classes_now} and were {classes_before}')
        if content.get('version') != _CHECKPOINT_VERSION:
            differences.append(f'its format is {content.get("version")}, this program writes {_CHECKPOINT_VERSION}')
        if differences:
            raise UserError(
                f'Checkpoint {self._checkpoint_path} is of another training: {"; ".join(differences)}. '
                'Use the same values, or another checkpoint location (S3Uri), or empty this one.'
            )

    def save_model(self) -> None:
        """Write model.pth and model_info.json: the best epoch's weights; before any validation the current ones."""
        best, hyperparameters = self.progress.best, self.hyperparameters
        weights = _on_cpu(self.model) if best is None else best.weights
        info = {
            'model_name': hyperparameters.model,
            'accuracy': None if best is None else best.metrics['val_acc'],
            'framework': 'pytorch',
            'framework_version': torch.__version__,
            'classes': list(self.images.classes),
            'image_size': hyperparameters.image_size,
            'normalisation': {'mean': list(NORMALISATION_MEAN), 'std': list(NORMALISATION_STD)},
            'epoch': None if best is None else best.epoch,
            'metrics': {} if best is None else best.metrics,
            'hyperparameters': as_dict(hyperparameters),
        }
        write_atomically(self.where.model / 'model.pth', lambda file: torch.save(weights, file))
        write_json(self.where.model / 'model_info.json', info)

    def save_results(self) -> None:
        """Write metrics.json and, once validated, the confusion matrix of the best epoch as CSV and PNG."""
        best, images = self.progress.best, self.images
        results: dict[str, Any] = {
            'hyperparameters': as_dict(self.hyperparameters),
            'classes': list(images.classes),
            'images': {'train': _per_class(images.train, images), 'validation': _per_class(images.validation, images)},
            'constant_guess': _constant_guess(images),
            'best': None,
            'history': self.progress.history,
        }
        if best is not None:
            matrix = np.array(best.matrix)
            recalls = dict(zip(images.classes, accuracies(matrix)[2], strict=True))
            results['best'] = {'epoch': best.epoch, **best.metrics, 'recall': recalls}
            title = f'Validation, epoch {best.epoch}'
            write_confusion_csv(self.where.output_data / 'confusion_matrix.csv', matrix, images.classes)
            write_confusion_png(self.where.output_data / 'confusion_matrix.png', matrix, images.classes, title)
        write_json(self.where.output_data / 'metrics.json', results)


def run(hyperparameters: Hyperparameters, where: Places, hosts: Hosts, stop: StopRequest) -> None:
    """Train from start or checkpoint to the last epoch or a stop, and leave model and results in their places.

    Only the first host of several writes. Raises UserError for faults of data and hyperparameters.
    """
    started = time.monotonic()
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    seed_everything(hyperparameters.seed)
    images = find_images(where, hyperparameters)
    training = Training(hyperparameters, images, where, device)
    _say_setup(training, hosts)
    if hosts.first:
        training.resume()
    stopped = False
    while training.progress.epoch <= hyperparameters.epochs:
        epoch_started = time.monotonic()
        stopped = not training.train_epoch(stop, training.save_checkpoint if hosts.first else _nothing)
        validated = None if stopped else training.validate(stop)
        if validated is None:
            stopped = True
            break
        validation_loss, matrix = validated
        better = training.finish_epoch(validation_loss, matrix, time.monotonic() - epoch_started)
        if hosts.first:
            if better:
                training.save_model()
            training.save_checkpoint()
        if stop:
            stopped = training.progress.epoch <= hyperparameters.epochs
            break
    if hosts.first:
        if stopped:
            training.save_checkpoint()
        training.save_model()
        training.save_results()
    _say_end(training, stop if stopped else None, time.monotonic() - started)


def _nothing() -> None:
    """What a host does that leaves the writing to the first."""


def _weights_path(weights: str, where: Places) -> Path:
    """The file that hyperparameter `weights` names: an absolute path, or <channel>/<file>."""
    path = Path(weights)
    if not path.is_absolute():
        channel, *rest = path.parts or ('',)
        path = where.channels().get(channel, where.data / channel).joinpath(*rest)
    if not path.is_file():
        raise UserError(
            f"Hyperparameter weights is '{weights}', and there is no file {path}. "
            'Allowed: none, an absolute path, or CHANNEL/FILE. Nothing is downloaded.'
        )
    return path


def _optimizer(model: nn.Module, hyperparameters: Hyperparameters) -> torch.optim.Optimizer:
    lr, decay = hyperparameters.lr, hyperparameters.weight_decay
    if hyperparameters.optimizer == 'sgd':
        return torch.optim.SGD(model.parameters(), lr=lr, weight_decay=decay, momentum=0.9, nesterov=True)
    return torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=decay)


def _on_cpu(model: nn.Module) -> dict[str, Tensor]:
    """A copy of the weights that further training does not change, loadable without a GPU."""
    return {key: value.detach().cpu().clone() for key, value in model.state_dict().items()}


def _per_class(samples: tuple[Any, ...], images: Images) -> dict[str, int]:
    counts = Counter(sample.label for sample in samples)
    return {name: counts[label] for label, name in enumerate(images.classes)}


def _constant_guess(images: Images) -> dict[str, float]:
    """What always guessing the most frequent validation class would reach: the mark that a training has to beat."""
    counts = Counter(sample.label for sample in images.validation)
    return {'val_acc': max(counts.values()) / len(images.validation), 'val_balanced_acc': 1 / len(counts)}


def _say_setup(training: Training, hosts: Hosts) -> None:
    hyperparameters, images = training.hyperparameters, training.images
    parameters = sum(parameter.numel() for parameter in training.model.parameters())
    on = 'CPU'
    if training.device.type == 'cuda':
        count = torch.cuda.device_count()
        on = torch.cuda.get_device_name() + (f' (one of {count} GPUs; only one is used)' if count > 1 else '')
    say(f'[setup] {", ".join(f"{name}={str(value).lower()}" for name, value in asdict(hyperparameters).items())}')
    say(f'[setup] {hyperparameters.model} with {parameters:,} parameters on {on}, PyTorch {torch.__version__}')
    for name, samples in (('train', images.train), ('validation', images.validation)):
        counts = ', '.join(f'{kind} {count}' for kind, count in _per_class(samples, images).items())
        say(f'[setup] {len(samples)} images to {name.replace("validation", "validate with")}: {counts}')
    for note in images.notes:
        say(f'[note] {note}')
    if hyperparameters.amp and not training.amp:
        say('[note] amp has no effect without a GPU')
    if len(hosts.names) > 1:
        role = 'this one writes the model' if hosts.first else f'{hosts.names[0]} writes the model, this one does not'
        say(f'[note] {len(hosts.names)} hosts: each trains on what its channels hold, on its own; {role}')


def _say_end(training: Training, stop: StopRequest | None, seconds: float) -> None:
    best, images, progress = training.progress.best, training.images, training.progress
    if stop is not None:
        say(f'[stop] stopped by {stop.signal_name} in epoch {progress.epoch}; checkpoint and model are written')
    if best is None:
        say(f'[end] {seconds:.1f} s; no epoch was validated, the model is the current one')
        return
    guess = _constant_guess(images)
    say(
        f'[end] {seconds:.1f} s; best epoch {best.epoch}, accuracy {best.metrics["val_acc"]:.4f} '
        f'(constant guess {guess["val_acc"]:.4f}), balanced accuracy {best.metrics["val_balanced_acc"]:.4f} '
        f'(constant guess {guess["val_balanced_acc"]:.4f})'
    )
