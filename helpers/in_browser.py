"""A notebook whose Python runs in the browser (JupyterLite): what its kernel leaves out.

It tells nobody which cell is running. And after an error it drops all that was to run next, also
where a cell is tagged to fail on purpose: JupyterLab then goes on at home, and so it shall here.
"""

import sys

ON_PURPOSE = "raises-exception"


def complete(shell):
    """Give a kernel's shell what the shell of a kernel at home has.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        That of pyodide_kernel; it is changed.
    """
    shell.get_parent = shell.kernel.get_parent
    fail = shell._showtraceback

    def show(kind, error, lines):
        if ON_PURPOSE in shell.get_parent().get("metadata", {}).get("tags", []):
            print("\n".join(lines), file=sys.stderr)  # where it fails, it would tell the kernel
        else:
            fail(kind, error, lines)

    shell._showtraceback = show
