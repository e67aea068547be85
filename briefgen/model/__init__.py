"""The types that every stage speaks in: they import pydantic and the standard library, nothing of ours."""
