"""What the tests of the standards share."""

import re

import pytest


@pytest.fixture
def latin_left():
    """Find Latin words in a Chinese text that are neither ids, nor acronyms, nor marked as originals."""

    def find(text):
        text = re.sub(r"s\d{4}|[^，。；：、（）]+（原文）|（[^（）]*）|A市", "", text)
        return [w for w in re.findall(r"[A-Za-z]+", text) if not (w.isupper() and len(w) > 1)]

    return find
