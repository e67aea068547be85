"""Options and fixtures that all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# A test says the same each time, on a slow machine too; `pytest --hypothesis-profile=search` looks for new examples.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what cases and goldens expect by what comes out")
