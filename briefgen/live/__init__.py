"""A brief that follows its files: ``changes`` sees them, ``rebuild`` makes anew what that concerns, ``server`` shows it.

``pages`` makes what the server shows of what was built: the brief with the script that reloads it, or the error.
"""
