"""Which small defects are planted in domain/account and domain/law, one at a time? Cosmic Ray's operators, and ours.

Left out, because they would only flatter the share of mutants killed or have nothing to change:
- arithmetic turned into bit operations (`+` into `<<`, `|`, ...): on pounds and days each fails at once with TypeError;
  so does every change of a `|`, which here joins types, sets and mappings;
- `==` turned into `is`, and the other way round: on values the answer hangs on how Python keeps them, not on our code;
- `==` turned into `<` and its like where one side is a word: the alphabet means nothing here;
- variables replaced by random numbers: another run would plant other defects.
Annotations, docstrings and other texts are not changed: no operator touches them.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider
from cosmic_ray.work_item import MutationSpec, WorkItem

ARITHMETIC = ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "FloorDiv_Mul", "Mod_FloorDiv", "Mod_Mul")
COMPARISONS = tuple("_".join(pair) for pair in permutations(("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"), 2))
THEIRS = (
    *(f"ReplaceBinaryOperator_{change}" for change in ARITHMETIC),
    *(f"ReplaceComparisonOperator_{change}" for change in (*COMPARISONS, "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceUnaryOperator_Delete_{sign}" for sign in ("USub", "Not")),
    "AddNot",
    "ExceptionReplacer",
    "NumberReplacer",
    "RemoveDecorator",
    "ReplaceAndWithOr",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ZeroIterationForLoop",
)

LESS_OR_MORE = ("_Lt", "_LtE", "_Gt", "_GtE")

Node = Any
"""A node of parso's tree."""


class Rewriting(NamedTuple):
    """An operator of our own: a node for which `rewritten` has other code is replaced by that."""

    rewritten: Callable[[Node], str | None]

    def mutation_positions(self, node: Node) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        if self.rewritten(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        return parso.parse(node.get_first_leaf().prefix + (self.rewritten(node) or ""))


def nothing_returned(node: Node) -> str | None:
    """Not in the place of False, which says no as well; `ReplaceFalseWithTrue` changes that."""
    other = node.type == "return_stmt" and node.children[1].get_code().strip() not in ("None", "False")
    return "return None" if other else None


def statement_removed(node: Node) -> str | None:
    """A call that stands for itself."""
    return "None" if node.type == "atom_expr" and node.parent.type == "simple_stmt" else None


def condition_negated(node: Node) -> str | None:
    """The `if` inside a comprehension, which AddNot leaves alone."""
    condition = node.parent is not None and node.parent.type == "comp_if" and node is node.parent.children[1]
    return f"not ({node.get_code().strip()})" if condition else None


def membership_negated(node: Node) -> str | None:
    if node.type == "keyword" and node.value == "in" and node.parent.type == "comparison":
        return "not in"
    return "in" if node.type == "comp_op" and node.get_code().split() == ["not", "in"] else None


def least_for_greatest(node: Node) -> str | None:
    called = node.type == "name" and node.parent.type == "atom_expr" and node is node.parent.children[0]
    return {"min": "max", "max": "min"}.get(node.value) if called else None


def addition_turned(node: Node) -> str | None:
    return {"+=": "-=", "-=": "+="}.get(node.value) if node.type == "operator" else None


OURS = {
    rule.__name__: Rewriting(rule)
    for rule in (
        nothing_returned,
        statement_removed,
        condition_negated,
        membership_negated,
        least_for_greatest,
        addition_turned,
    )
}
OPERATORS: Mapping[str, Any] = {name: OperatorProvider()[name]() for name in THEIRS} | OURS


def mutants(modules: Iterable[Path]) -> Iterator[WorkItem]:
    """Every mutant of the modules, each with an id that follows from what it is."""
    for module in modules:
        nodes = list(ast_nodes(get_ast(module.read_text("utf-8"))))
        for name, operator in OPERATORS.items():
            found = ((node, position) for node in nodes for position in operator.mutation_positions(node))
            for occurrence, (node, (start, end)) in enumerate(found):
                if name.endswith(LESS_OR_MORE) and compares_a_word(node):
                    continue
                function = ASTQuery(node).get_definition_name()
                spec = MutationSpec(str(module), name, occurrence, start, end, definition_name=function)
                yield WorkItem.single(uuid5(NAMESPACE_URL, f"{module} {name} {occurrence}").hex, spec)


def compares_a_word(node: Node) -> bool:
    return any(part.type == "string" for part in node.children)


def mutated(spec: MutationSpec) -> str:
    """The module's code with the defect planted."""
    code = mutate_code(Path(spec.module_path).read_text("utf-8"), OPERATORS[spec.operator_name], spec.occurrence)
    assert code is not None  # the occurrence was counted in the same code
    return str(code)


def changed_line(before: str, after: str) -> tuple[str, str]:
    """The first line that the defect changes, as it was and as it is then ("" where it is gone)."""
    changes = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    was, now = (
        next((line[1:].strip() for line in changes if line[0] == sign and line[1:].strip()), "") for sign in "-+"
    )
    return was, now
