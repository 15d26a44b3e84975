"""What every judge shares: the stand-ins as a process, the list of checks, and the verdict."""

import contextlib
import json
import os
import subprocess
import sys
import time
import traceback

all_checks = []


def check(function):
    """One thing a client does; the docstring is what is printed."""
    all_checks.append(function)
    return function


class Services:
    """The stand-ins as a process of their own; `told` is the line on which they tell their addresses and keys."""

    def __init__(self, *options):
        self.process = subprocess.Popen([os.environ["STANDIN"], *options], stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    @contextlib.contextmanager
    def of(self, name):
        """What goes wrong within is told and counted, and goes no further."""
        start = time.monotonic()
        try:
            yield
            self.passed += 1
            print(f"ok    {name} ({time.monotonic() - start:.1f} s)")
        except Exception:
            self.failed += 1
            print(f"FAIL  {name}\n{traceback.format_exc()}")

    def end(self):
        """Ends the program. Nothing looked at is not good news."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


def judge(subject):
    """Puts every check to the subject, which is closed at the end."""
    tally = Tally()
    with subject as opened:
        for function in all_checks:
            with tally.of(function.__doc__):
                function(opened)
    tally.end()


def refused(kind, act, *arguments, **options):
    """The error that must come."""
    try:
        act(*arguments, **options)
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__} from {act}")


def until(look, seconds=10):
    """Looks again until there is something to see."""
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
