"""The contract of all engines, on a cluster of three nodes."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from search_index import Document, SearchIndex
from search_index.opensearch_engine import OpenSearchIndex

pytestmark = pytest.mark.cluster

# A property is tried a hundred times on the embedded engine; here every try costs a round trip to
# all copies.
settings.register_profile("cluster", max_examples=10)
usual = settings.get_current_profile_name()
settings.load_profile("cluster")
CONTRACT = Path(__file__).parents[1] / "search_index" / "test_contract.py"
spec = importlib.util.spec_from_file_location("contract", CONTRACT)
assert spec is not None
assert spec.loader is not None
contract = importlib.util.module_from_spec(spec)
spec.loader.exec_module(contract)
settings.load_profile(usual)
globals().update({name: test for name, test in vars(contract).items() if name.startswith("test_")})


@pytest.fixture(scope="module")
def filled(
    nodes: Any, court_world: list[Document], fill: Callable[..., int]
) -> Iterator[SearchIndex]:
    """No test that is given it changes it, and filling takes a cluster a second."""
    index = OpenSearchIndex.create(nodes.url("filled"))
    fill(index, *court_world)
    yield index
    index.close()
