"""Small readers of a graph that follows the schema, so that nobody else parses ids."""

from __future__ import annotations

from depgraph.errors import GraphError
from depgraph.schema.tables import LEVEL_WORDS, Graph
from depgraph.vocabulary import ACTORS, Function, function_of, functions_like, host_of


def node_id(kind: str, name: str) -> str:
    """Return the id of a node.

    >>> node_id("host", "www.example.com")
    'host:www.example.com'
    """
    return f"{kind}:{name}"


def name_of(node: str) -> str:
    """Return the name in a node id: what stands after the first colon."""
    return node.split(":", 1)[1]


def kind(graph: Graph, node: str) -> str:
    """Return the kind of a node."""
    return str(graph.nodes[node]["kind"])


def needs(graph: Graph, node: str) -> str:
    """Return ``all`` or ``any``: how a node needs its successors."""
    return str(graph.nodes[node]["needs"])


def needed(graph: Graph, node: str) -> list[str]:
    """List the nodes at the end of the ``needs`` edges, each once, in order."""
    return _targets(graph, node, "needs")


def exposed(graph: Graph, node: str) -> list[str]:
    """List the nodes at the end of the ``exposes`` edges, each once, in order."""
    return _targets(graph, node, "exposes")


def _targets(graph: Graph, node: str, strength: str) -> list[str]:
    return [
        target
        for target, edges in graph.adj[node].items()
        if any(data["strength"] == strength for data in edges.values())
    ]


def under(graph: Graph, node: str, relation: str) -> list[str]:
    """List the targets of the edges of one relation out of a node, in order."""
    return [target for target, edges in graph.adj[node].items() if relation in edges]


def service(graph: Graph) -> str:
    """Return the id of the service node."""
    return node_id("service", str(graph.graph["subject"]))


def functions(graph: Graph) -> list[str]:
    """List the function nodes of the service, in the order of the vocabulary."""
    root = service(graph)
    ids = under(graph, root, "function") if root in graph else []
    return sorted(ids, key=lambda node: function_rank(function_name(node)))


def function_rank(name: str) -> tuple[int, str, int, str]:
    """Return the place of a function in the order of the vocabulary, others last, by name.

    Those at other host names follow the functions like them.
    """
    if name.partition(":")[0] not in set(Function):
        return (len(Function), "", 0, name)
    function = function_of(name)
    return (functions_like(function)[0].rank, host_of(name), function.rank, name)


def function_name(node: str) -> str:
    """Return the name of a function node: ``web``, ``web-www``, ``web:HOST``, ``mail``, ``name``."""
    return node.rsplit("/", 1)[-1]


def of_kind(graph: Graph, *kinds: str) -> list[str]:
    """List the nodes of the given kinds, in order."""
    return [node for node, data in graph.nodes(data=True) if data["kind"] in kinds]


def actors(graph: Graph, level: str) -> list[str]:
    """List the nodes that can be withdrawn at a level, in order; unknowns are not among them.

    Raises
    ------
    GraphError
        If there is no such level.
    """
    if level not in LEVEL_WORDS:
        raise GraphError(f"expected a level, one of {', '.join(LEVEL_WORDS)}, found {level!r}")
    return of_kind(graph, level)


def unknowns(graph: Graph) -> list[str]:
    """List the unknown nodes, in order."""
    return of_kind(graph, "unknown")


def owner_chain(graph: Graph, node: str) -> list[str]:
    """List a provider or company and all above it: companies, parents, countries, unknowns.

    Nearest first, each once; circles of ownership end where they close.
    """
    chain = [node]
    for step in chain:  # grows while it is read
        if kind(graph, step) not in ACTORS:
            continue
        for relation in ("owner", "parent", "law"):
            chain += [target for target in under(graph, step, relation) if target not in chain]
    return chain


def label(graph: Graph, node: str) -> str:
    """Return the text for people of a node."""
    return str(graph.nodes[node].get("label", name_of(node)))
