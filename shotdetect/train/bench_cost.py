"""What finding shots costs: wall and CPU beside a plain decode, beside ffmpeg as amvlib runs it, and beside a peer.

A stand-in for ffmpeg tells what amvlib runs and what CPU it took: it writes down its arguments and its children's times, and once, before
anything is timed, what decoders of stretches are given to read. Everything takes turns within one run, and medians are given.
"""
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time

from bench_answers import build
from bench_films import FOOTAGE, ROOT, SHARED
from bench_report import table

CLIP = "bbb_first30s_1080p.mp4"
SECONDS = 300

# Arguments are kept NUL-separated, since filters hold spaces and quotes; `times` gives the shell's own CPU and then its children's.
STAND_IN = """#!/bin/sh
printf '%s\\0' "$@" > {log}.$$.arguments
reads=
case " $* " in *" pipe:0 "*) reads=yes ;; esac
if [ "$reads" ] && [ -e {log}.keep ]; then
	tee {log}.$$.input | {ffmpeg} "$@"
else
	{ffmpeg} "$@"
fi
code=$?
times > {log}.$$.times
exit $code
"""


class Usage:
    """Wall and CPU seconds of rounds of one thing."""

    def __init__(self, what):
        self.what = what
        self.walls, self.cpus = [], []

    def add(self, wall, cpu):
        self.walls.append(wall)
        self.cpus.append(cpu)

    @property
    def wall(self):
        return statistics.median(self.walls)

    @property
    def cpu(self):
        return statistics.median(self.cpus)


def timed(commands, env=None, inputs=None):
    """Wall and CPU seconds of commands run at once, with all that they ran; their output is thrown away as fast as it comes. inputs are the
    files that they read, one each."""
    began = time.monotonic()
    running = []
    for command, name in zip(commands, inputs or [os.devnull] * len(commands)):
        with open(name, "rb") as source:
            running.append(subprocess.Popen(command, cwd=ROOT, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env))
    drains = [subprocess.Popen(["cat"], stdin=run.stdout, stdout=subprocess.DEVNULL) for run in running]
    cpu = 0.0
    for run in running:
        run.stdout.close()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode:
            raise SystemExit(f"{shlex.join(run.args)} failed with {run.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
    wall = time.monotonic() - began
    for drain in drains:
        drain.wait()
    return wall, cpu


def looped(film, folder):
    """The film repeated to five minutes without decoding it anew."""
    os.makedirs(folder, exist_ok=True)
    stem, extension = os.path.splitext(os.path.basename(film))
    path = os.path.join(folder, stem + "-looped" + extension)
    if not os.path.exists(path):
        part = os.path.join(folder, "part" + extension)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-stream_loop", "-1", "-i", film, "-map", "0:v:0", "-map", "0:a:0?", "-c", "copy",
                        "-t", str(SECONDS), part], check=True)
        os.replace(part, path)
    return path


def frames_of(film):
    """How many frames a decoder gives."""
    told = subprocess.run(["ffmpeg", "-nostdin", "-i", film, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "null", "-"],
                          capture_output=True, text=True, check=True).stderr
    return int(re.findall(r"frame= *(\d+)", told)[-1])


class StandIn:
    """An ffmpeg for amvlib that tells what is done with it."""

    def __init__(self, folder):
        self.log = os.path.join(folder, "log")
        self.path = os.path.join(folder, "ffmpeg")
        self.ffmpeg = shutil.which("ffmpeg")
        with open(self.path, "w", encoding="utf-8") as f:
            f.write(STAND_IN.format(log=shlex.quote(self.log), ffmpeg=shlex.quote(self.ffmpeg)))
        os.chmod(self.path, 0o755)
        self.clear()

    def logs(self, kind):
        folder, begin = os.path.split(self.log)
        return [os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.startswith(begin + ".") and n.endswith("." + kind)]

    def clear(self):
        for path in self.logs("arguments") + self.logs("times"):
            os.remove(path)

    def keep(self, command):
        """Runs a command and gives the ffmpeg commands that wrote to a pipe, and the file that each read, kept; probes are left out."""
        mark = self.log + ".keep"
        open(mark, "w", encoding="utf-8").close()
        timed([command])
        os.remove(mark)
        found, inputs = [], []
        for path in self.logs("arguments"):
            with open(path, encoding="utf-8") as f:
                words = f.read().split("\0")[:-1]
            if "pipe:1" not in words:
                continue
            found.append([self.ffmpeg, *words])
            inputs.append(os.devnull)
            if "pipe:0" in words:
                inputs[-1] = os.path.join(os.path.dirname(self.log), f"read-{len(inputs)}")
                os.replace(path.removesuffix(".arguments") + ".input", inputs[-1])
        return found, inputs

    def cpu(self):
        """CPU seconds of all ffmpeg processes since the last clear, their shells' included."""
        total = 0.0
        for path in self.logs("times"):
            with open(path, encoding="utf-8") as f:
                total += sum(60 * int(m) + float(s) for m, s in re.findall(r"(\d+)m([\d.]+)s", f.read()))
        return total


def plain():
    """The environment in which no AVX2 is used."""
    return dict(os.environ, GODEBUG="cpu.avx2=off")


def rounds(film, options, folder):
    """Every round of everything, in turns: usages, and CPU seconds of amvlib without its ffmpeg, with and without AVX2."""
    amvlib, stand_in = build("./cmd/amvlib", ".cache/shots/amvlib"), StandIn(folder)
    shots = [amvlib, "shots", "--format", "csv", film]
    told = [amvlib, "shots", "--format", "csv", "--ffmpeg", stand_in.path, film]
    bare, read = stand_in.keep(told)
    things = {"decode": [["ffmpeg", "-v", "error", "-nostdin", "-i", film, "-map", "0:v:0", "-f", "null", "-"]], "bare": bare, "amvlib": [shots]}
    if peer := adaptive(options.peers_python):
        things["adaptive"] = [[*peer, film]]
    usages, own, own_plain = {name: Usage(name) for name in things}, [], []
    for turn in range(options.rounds):
        for name, commands in things.items():
            usages[name].add(*timed(commands, inputs=read if name == "bare" else None))
        for into, env in ((own, None), (own_plain, plain())):
            stand_in.clear()
            into.append(timed([told], env)[1] - stand_in.cpu())
        print(f"round {turn + 1} of {options.rounds}: " + ", ".join(f"{n} {u.walls[-1]:.1f} s" for n, u in usages.items()), flush=True)
    return usages, statistics.median(own), statistics.median(own_plain), bare


def adaptive(python):
    """A command that runs PySceneDetect's detector alone on the film that follows, by the shared peers.py; None where it cannot be run."""
    path = os.path.join(SHARED, "eval")
    if not os.path.exists(os.path.join(path, "peers.py")) or subprocess.run([python, "-c", "import scenedetect, cv2"], capture_output=True).returncode:
        print("PySceneDetect is not there: not measured", flush=True)
        return None
    return [python, "-W", "ignore", "-c", f"import sys; sys.path.insert(0, {path!r}); import peers; peers.scenedetect(sys.argv[1], 'adaptive')"]


def kernels():
    """Milliseconds a frame of the Go benchmarks of detection, with and without AVX2."""
    rows = []
    for env in (dict(os.environ), plain()):
        told = subprocess.run(["go", "test", "-run", "^$", "-bench", ".", "-benchtime", "2s", "./shotdetect/..."], cwd=ROOT, env=env,
                              capture_output=True, text=True, check=True).stdout
        rows.append({name: float(ns) / 1e6 for name, ns in re.findall(r"^(Benchmark\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op", told, re.M)})
    return [[name, f"{rows[0][name]:.3f}", f"{rows[1][name]:.3f}"] for name in rows[0] if name in rows[1]]


NAMES = {"decode": "`ffmpeg -i F -map 0:v:0 -f null -`", "bare": "ffmpeg as amvlib runs it, its pipe discarded", "amvlib": "`amvlib shots F`",
         "adaptive": "PySceneDetect adaptive"}


def measure(options, folder):
    """The text about cost."""
    film = options.cost_film or os.path.join(FOOTAGE, CLIP)
    if not os.path.exists(film):
        raise SystemExit("there is no ../shared: name a film with --cost-film")
    path = looped(film, folder)
    usages, own, own_plain, bare = rounds(path, options, folder)
    frames, ours = frames_of(path), usages["amvlib"]
    rows = [[NAMES[n], f"{u.wall:.2f} s", f"{u.cpu:.2f} s", f"{ours.wall / u.wall:.2f}", f"{ours.cpu / u.cpu:.2f}"] for n, u in usages.items()]
    text = [f"{os.path.basename(film)} looped to {frames} frames; {os.cpu_count()} cores; medians of {options.rounds}, in turns.\n",
            table(["what", "wall", "CPU", "amvlib's wall to it", "amvlib's CPU to it"], rows),
            f"CPU beyond ffmpeg's own: **{own / frames * 1e3:.2f} ms a frame**, {own_plain / frames * 1e3:.2f} ms in plain Go "
            f"(`GODEBUG=cpu.avx2=off`). amvlib ran {len(bare)} ffmpeg at once, one to take the container apart and the others to decode.\n",
            table(["benchmark", "ms", "ms in plain Go"], kernels())]
    print("\n".join(text), flush=True)
    return "\n".join(text)


if __name__ == "__main__":
    sys.exit("run bench.py --cost")
