"""The table of nodes: every one is explained, and leads to something but for the last."""

from __future__ import annotations

from portal.reference.stages import AFTER_CLOSING, BY_NAME, NODES, Stage, stage_of
from portal.reference.vocabulary import CLOSING_METHODS


def test_every_node_is_explained_once_and_in_whole_sentences() -> None:
    assert len(BY_NAME) == len(NODES)
    assert all(node.meaning.endswith("。") for node in NODES)
    assert [node.name for node in NODES if not node.next] == ["归档"]
    assert all(node.next.endswith("。") for node in NODES if node.next)


def test_every_way_of_closing_says_what_it_means() -> None:
    assert set(AFTER_CLOSING) == set(CLOSING_METHODS)


def test_a_clerk_s_own_words_move_no_stage() -> None:
    assert stage_of(["立案", "网络查控", "书记员的写法"], closed=False) is Stage.SEARCH
    assert stage_of(["终本约谈"], closed=False) is Stage.FILED
    assert stage_of([], closed=True) is Stage.CLOSED
