"""What comes back from another thread, as a face takes it: on the test's own thread, one after another."""

import queue

from tests.support.patience import PATIENCE


class PostQueue:
    """A `post`: it holds what is posted until the test runs it."""

    def __init__(self):
        self._posted = queue.SimpleQueue()

    def __call__(self, work):
        self._posted.put(work)

    def run_until(self, condition, what="the condition"):
        """Run what is posted, in its order, until `condition()` holds; fail where nothing comes any more."""
        while not condition():
            try:
                work = self._posted.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"nothing came that would bring {what}") from None
            work()
