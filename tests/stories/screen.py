"""A virtual X screen, the installed program on it as its own process, and hands that are xdotool's."""

import json
import os
import subprocess
import sys
import time

from PIL import Image, ImageStat

from tests.support.patience import PATIENCE


def _pipe_number(arguments):
    """Start Xvfb and let it choose a free display: it writes the number into a pipe."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), *arguments]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as numbers:
        return server, numbers.readline().strip()


class Screen:
    """Xvfb with a window manager; `close` ends both."""

    def __init__(self, size):
        self.width, self.height = size
        # Without -noreset the server begins anew, and refuses everybody, when its only client leaves.
        arguments = ["-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp", "-noreset"]
        self._server, number = _pipe_number(arguments)
        self.environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def picture(self, path):
        """What is on the screen, as a picture kept at `path`."""
        self.run("import", "-window", "root", str(path))
        return Image.open(path).convert("RGB")

    def close(self):
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(PATIENCE)


class Program:
    """`python -m reviewer ...` on a Screen. `stop` closes its window and waits."""

    def __init__(self, screen, *words):
        self.screen = screen
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reviewer", *map(str, words)], env=screen.environment
        )

    def sees(self, condition, what, seconds=PATIENCE):
        """Look again and again until `condition()` is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            assert self.process.poll() is None, f"the program ended while waiting for {what}"
        raise AssertionError(f"did not happen: {what}")

    def window(self, title):
        """The id of the program's window, once it is there; it is made to fill the screen."""

        def find():
            done = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", title],
                env=self.screen.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            return done.stdout.split()[-1] if done.stdout.split() else ""

        found = self.sees(find, f"a window named {title}")
        size = str(self.screen.width), str(self.screen.height)
        self.screen.run("xdotool", "windowactivate", "--sync", found)
        self.screen.run("xdotool", "windowsize", found, *size)
        self.screen.run("xdotool", "windowmove", found, "0", "0")
        return found

    def presses(self, *keys):
        self.screen.run("xdotool", "key", "--delay", "60", *keys)

    def types(self, text):
        self.screen.run("xdotool", "type", "--delay", "40", text)

    def stop(self):
        """Quit, and quit again on the page with the receipt if there is one."""
        self.presses("ctrl+q", "ctrl+q")
        return self.process.wait(PATIENCE)


def status(environment, case):
    """What the command line says of a case while its window is open."""
    command = [sys.executable, "-m", "reviewer", "status", str(case), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def is_detailed(picture, box):
    """Whether there is something to see in a part of a picture, and not one flat colour."""
    return max(ImageStat.Stat(picture.crop(box)).stddev) > 4
