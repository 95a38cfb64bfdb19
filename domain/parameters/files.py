"""How a file of law is read: every scalar as the text it is written in, and nothing said twice."""

from typing import Any

import yaml


class _AsWritten(yaml.BaseLoader):
    """Makes only texts, lists and mappings: no float, no guessed date. What YAML passes over in silence is refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            reference = self.get_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs leave it bare
            raise _refusal("a reference to another place of the file is not read: write it out", reference)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        found: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in found:
                raise _refusal(f"{name} is given twice", key)
            found.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> dict[str, object]:
    """The mapping that a YAML text holds, its scalars as texts; raises ValueError with the line that cannot be read."""
    try:
        found = yaml.load(text, Loader=_AsWritten)
    except yaml.MarkedYAMLError as fault:
        place = f"line {fault.problem_mark.line + 1}: " if fault.problem_mark else ""
        raise ValueError(f"{place}{fault.problem}") from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise ValueError(f"this cannot be read as YAML: {fault}") from fault
    if not isinstance(found, dict):
        raise ValueError("expected a mapping")
    return {key: _nulls(value) for key, value in found.items()}


def _refusal(problem: str, place: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=place.start_mark)


def _nulls(value: object) -> object:
    """Read as written, `null` is a text; here it means what YAML says it means."""
    if isinstance(value, dict):
        return {key: _nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_nulls(inner) for inner in value)
    return None if value in ("null", "~", "") else value
