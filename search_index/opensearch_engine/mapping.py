"""How a document lies in OpenSearch: our own terms as they are, nothing analysed.

The cluster never sees text to cut: pairs, runs and their weights are those of `terms`, so that it
finds and ranks what the embedded engine finds and ranks.
"""

import json
from typing import Any

from search_index.clauses import Field
from search_index.documents import Document
from search_index.opensearch_engine.cluster import Address
from search_index.queries import MOST_COUNTED
from search_index.ranking import day_of, kind_code
from search_index.storing import identity, to_json
from search_index.terms import terms_of

LAYOUT = 2
"""Raised whenever an index made before can no longer be used."""
POSITION_ID = "position"
"""The one entry that is no document: the outbox position that the index contains."""

TERM_FIELDS = [field for field in Field if field is not Field.KIND]
"""What holds terms; the kind is a number here."""
WEIGHTED = frozenset({Field.GRAMS, Field.RUNS, Field.STARTS, Field.NAME_PARTS})
KIND, DAY, DATA, POSITION = Field.KIND.value, "day", "data", "position"


def index_body(address: Address) -> dict[str, Any]:
    """Give what an index is created with."""
    keywords = [field for field in TERM_FIELDS if field not in WEIGHTED]
    return {
        "settings": {
            "number_of_shards": address.shards,
            "number_of_replicas": address.replicas,
            "max_result_window": max(10_000, MOST_COUNTED),
            # A write that was held up this long must still find that its document is gone.
            "gc_deletes": "1h",
            # The cluster must not acknowledge what a power cut would undo.
            "translog.durability": "request",
            # A dead node is replaced at once; its shards are small.
            "unassigned.node_left.delayed_timeout": "0",
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"layout": LAYOUT},
            "properties": {
                **{field.value: {"type": "rank_features"} for field in sorted(WEIGHTED)},
                **{field.value: {"type": "keyword"} for field in keywords},
                KIND: {"type": "byte"},
                DAY: {"type": "integer"},
                DATA: {"type": "keyword", "index": False, "doc_values": False},
                POSITION: {"type": "long", "index": False},
            },
        },
    }


def to_source(document: Document) -> str:
    """Give what is sent for a document.

    Raises:
        UnicodeEncodeError: for text that is no text.
    """
    terms = terms_of(document)
    found_by = {
        Field.GRAMS: terms.grams,
        Field.RUNS: terms.runs,
        Field.STARTS: terms.starts,
        Field.NAME_PARTS: terms.name_parts,
        Field.WHOLES: sorted(terms.wholes),
        Field.IDENTITY: identity(document.kind, document.id),
        Field.CASE_KEYS: document.case_keys,
        Field.NEAR_KEYS: document.near_keys,
        Field.COURT: document.court,
        Field.STATUS: document.status,
    }
    source = {field.value: held for field, held in found_by.items() if held} | {
        KIND: kind_code(document.kind),
        DAY: day_of(document),
        DATA: to_json(document),
    }
    written = json.dumps(source, ensure_ascii=False)
    written.encode()
    return written
