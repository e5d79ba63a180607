"""Runs one command, and appends what it cost to its output as a last line of JSON.

Linux counts the memory of the process that starts another as the first memory of the new one. This
one imports nothing large (`python -I -S`), so that the peak it reports is the command's own.
"""

import os
import sys
import time

if __name__ == "__main__":
    start = time.perf_counter()
    process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    print(f"\n[{seconds}, {cpu}, {usage.ru_maxrss / 1024}, {code}]")
