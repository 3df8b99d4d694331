"""What the tests of the rendering share."""

import pytest

from tests.rendering.languages import third_language


@pytest.fixture
def third(tmp_path):
    """The code of a third language, which is there for one test."""
    with third_language(tmp_path) as lang:
        yield lang
