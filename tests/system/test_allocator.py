"""Large blocks go back to the system when they are given up."""

import subprocess
import sys

import pytest

from reviewer.system.own_process import make_environment

GIVING_UP = """
import sys
from reviewer.system.allocator import give_back_large_blocks
if sys.argv[1:] == ["told"]:
    give_back_large_blocks()

def count_held():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

first = bytes(b"x" * (20 << 20))
del first  # from here on the allocator takes blocks of less than 20 MiB for small ones
blocks, before = [], count_held()
for _number in range(20):
    blocks.append(bytes(b"x" * (2 << 20)))
    blocks.append(bytes(b"y" * 100_000))
blocks = blocks[1::2]
print(count_held() - before)
"""


def measure(*words):
    command = [sys.executable, "-c", GIVING_UP, *words]
    done = subprocess.run(command, env=make_environment(), check=True, capture_output=True, text=True)
    return float(done.stdout)


@pytest.mark.linux
def test_blocks_between_smaller_ones_are_given_back():
    assert measure("told") + 20 < measure()
