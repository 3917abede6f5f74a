"""Whether this installation works on this machine: `viewfinder --selftest`.

Each check has a process of its own, so that one that hangs, crashes, or finds a library missing costs itself
and a sentence.
"""
