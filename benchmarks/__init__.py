"""Measurements of briefgen: speed on the project's own documents, and quality against gold data that is not part of it."""
