"""briefgen: a folder of documents in, a comparative brief of positions and proposals out."""

__version__ = "0.1.0"
