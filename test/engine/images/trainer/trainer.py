"""Fits a line in pure Python, keeping SageMaker's container contract; FAULT (baked in) breaks one promise of it.

One program for nearly all images of test/engine: what differs between a good and a bad image is one word.
"""

import argparse
import csv
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

FAULT = os.environ.get("FAULT", "")
ML = Path("/opt/ml")
stopping = False


def decode(value):
    """Hyperparameters are strings, some of them JSON."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def read_hyperparameters():
    raw = json.loads((ML / "input/config/hyperparameters.json").read_text())
    if FAULT == "plain-strings-only":
        decoded = {**raw, "epochs": int(raw.get("epochs", "4"))}
    elif FAULT == "json-numbers":
        decoded = raw
    else:
        decoded = {key: decode(value) for key, value in raw.items()}
    settings = {"epochs": 4, "epoch-seconds": 0.4, "optimizer": "sgd", **decoded}
    if settings["optimizer"] not in ("sgd", "momentum"):
        raise ValueError(f"hyperparameter optimizer: {settings['optimizer']!r} is none of sgd, momentum")
    return settings


def read_data():
    if FAULT == "baked-data":
        folder = Path("/opt/program/data")
    elif FAULT == "other-channel":
        folder = ML / "input/data/training"
    else:
        folder = ML / "input/data/train"
    files = sorted(folder.iterdir())  # A missing channel is an error here
    if FAULT == "writes-input":
        (folder / "cache.bin").write_bytes(b"0")
    rows = [tuple(map(float, row)) for file in files if file.suffix == ".csv" for row in csv.reader(file.open())]
    if not rows:
        raise ValueError(f"no rows in {folder}")
    return rows


def meet(hosts, me):
    """Waits until every other host answers, as distributed frameworks do."""
    if len(hosts) == 1:
        return
    if FAULT == "loses-node" and me != hosts[0]:
        raise RuntimeError("cannot form the ring")
    if FAULT == "hangs-on-nodes":
        while not stopping:
            time.sleep(0.1)
        raise RuntimeError("stopped while it waited for its peers")
    with socket.create_server(("", 7777)):
        for host in hosts:
            for _ in range(100):
                try:
                    socket.create_connection((host, 7777), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise RuntimeError(f"{host} does not answer")
        time.sleep(0.5)


def train():
    config = json.loads((ML / "input/config/resourceconfig.json").read_text())
    settings = read_hyperparameters()
    rows = read_data()
    meet(config["hosts"], config["current_host"])
    if FAULT == "needs-network":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 80))  # Sends nothing; without a route it is "Network is unreachable"

    checkpoint = ML / "checkpoints/state.json"
    state = {"epoch": 0, "slope": 0.0, "offset": 0.0}
    if checkpoint.exists() and FAULT != "starts-over":
        state = json.loads(checkpoint.read_text())
        print(f"resuming after epoch {state['epoch']}")
    for epoch in range(state["epoch"] + 1, settings["epochs"] + 1):
        for x, y in rows:
            error = state["slope"] * x + state["offset"] - y
            state["slope"] -= 0.01 * error * x
            state["offset"] -= 0.01 * error
        loss = sum((state["slope"] * x + state["offset"] - y) ** 2 for x, y in rows) / len(rows)
        state["epoch"] = epoch
        time.sleep(settings["epoch-seconds"])
        print(f"epoch {epoch} of {settings['epochs']}: " + ("mse is small" if FAULT == "mute" else f"loss={loss:.6f}"))
        if checkpoint.parent.is_dir() and FAULT != "no-checkpoints":
            temporary = checkpoint.with_suffix(".tmp")
            temporary.write_text(json.dumps(state))
            temporary.rename(checkpoint)
        if stopping:
            print("stopping on SIGTERM")
            break

    model = ML / "model"
    if FAULT == "no-model":
        return
    (model / "model.json").write_text(json.dumps(state))
    if FAULT == "dangling-link":
        (model / "latest").symlink_to("/opt/program/weights/missing.bin")


def stop(_signal, _frame):
    global stopping
    stopping = True


def main():
    if FAULT == "strict-arguments":
        argparse.ArgumentParser(prog="trainer").parse_args()
    signal.signal(signal.SIGTERM, signal.SIG_IGN if FAULT == "ignores-sigterm" else stop)
    try:
        train()
    except Exception as error:
        print(f"error: {error}", file=sys.stderr)
        if FAULT != "no-failure-file":
            (ML / "output/failure").write_text(f"{type(error).__name__}: {error}")
        return 0 if FAULT == "swallows-errors" else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
