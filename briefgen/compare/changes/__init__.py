"""An earlier brief and a new one in, what has changed between them out.

``carried`` settles which actors and issues are the same, ``pairing`` which positions are (by what ``sameness`` calls the same
thing), ``proposals`` what became of proposals; ``finding`` tells it, with the earlier lines that ``quoting`` shows.
"""
