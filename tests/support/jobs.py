"""Waiting for jobs where no event loop turns."""

import threading


def list_job_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("job ")]


def join_jobs():
    """Until no job has a thread, those included that were begun as others ended."""
    while threads := list_job_threads():
        for thread in threads:
            thread.join()
