"""What a command returns to the shell."""

FINE = 0
PROBLEMS = 1
"""Problems found in a file, or a change that was not accepted."""
IMPOSSIBLE = 2
"""Not readable, or not possible."""
INTERRUPTED = 130
PIPE_CLOSED = 141
