"""What the package offers, compared with what the core's tables say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import kessai
from kessai import _client, _model, errors, ipay, zaif

Rows = list[dict[str, Any]]

MODULES: dict[str, Any] = {"zaif": zaif, "ipay": ipay}

# What the annotations of the package stand for in the tables. Python has no type of
# its own for text that is not shown.
TAKES = {
    "str": "text",
    "int": "int",
    "bool": "bool",
    "float": "span",
    "int | Decimal": "money",
    "list[str]": "texts",
    "Mapping[str, str | int | Decimal]": "map",
    "Hint": "hint",
    "Event": "event",
    "Any": "json",
}
RETURNS = {
    "str": "text",
    "Resumed": "a resumed Invoice",
    "list[str]": "texts",
    "dict[str, str]": "map",
    "Any": "json",
    "bool | None": "answer",
    "list[Reason]": "words of Reason",
}
SHAPES = {
    "str": "text",
    "Decimal": "decimal",
    "int | Decimal": "amount",
    "dict[str, str]": "map",
    "Any": "json",
}
# What every client and every model has besides, and no table tells.
OWN = {"from_env", "close", "restore"}


def public(cls: type, *beyond: type) -> Iterator[tuple[str, Any]]:
    """Give what users of a class see, base classes included but for these."""
    bases = [base for base in reversed(cls.__mro__) if base not in beyond]
    for name in dict.fromkeys(name for base in bases for name in vars(base)):
        if not name.startswith("_") and name not in OWN:
            yield name, inspect.getattr_static(cls, name)


def returned(annotation: str) -> str:
    """Tell what a method gives."""
    several = re.fullmatch(r"(Async)?Pages\[(\w+)\]|list\[(\w+)\]", annotation)
    if several is None or annotation in RETURNS:
        return RETURNS.get(annotation, annotation)
    page, listed = several[2], several[3]
    return f"pages of {page}" if page else f"a list of {listed}"


def arguments(function: Any) -> Rows:
    """Tell what a function takes."""
    rows = []
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        takes = str(parameter.annotation).removesuffix(" | None")
        required = parameter.default is parameter.empty
        rows.append({"name": parameter.name, "takes": TAKES[takes], "required": required})
    return rows


def methods(client: type) -> Rows:
    """Tell what a client can do."""
    rows = []
    for name, function in public(client):
        signature = inspect.signature(function)
        kinds = [parameter.kind for parameter in signature.parameters.values()]
        positional = kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD) - 1
        rows.append(
            {
                "name": name,
                "positional": positional,
                "arguments": arguments(function),
                "returns": returned(str(signature.return_annotation)),
            }
        )
    return rows


def built(client: Any, own: list[str]) -> dict[str, Any]:
    """Tell what a client is built of: credentials, options, and Python's own."""
    rows = {row["name"]: row for row in arguments_of_class(client)}
    read = list(inspect.signature(client.from_env).parameters)
    credentials = [name for name in rows if name not in read and name not in own]
    there = [name for name in rows if name not in credentials and name != "token_source"]
    if read != there:
        raise AssertionError("from_env has other options")
    return {
        "credentials": [rows[name] for name in credentials],
        "options": [
            {"name": name, "takes": rows[name]["takes"]} for name in read if name not in own
        ],
        "own_options": [name for name in own if name in rows],
    }


def arguments_of_class(client: Any) -> Rows:
    """Tell what a constructor takes; functions are Python's own business."""
    rows = []
    for parameter in inspect.signature(client).parameters.values():
        takes = str(parameter.annotation).removesuffix(" | None")
        required = parameter.default is parameter.empty
        rows.append(
            {"name": parameter.name, "takes": TAKES.get(takes, takes), "required": required}
        )
    return rows


def codes() -> Rows:
    """Tell every code; numbers are C's."""
    return [{"code": code, "kind": cls.kind} for code, cls in errors.CODES.items()]


def kinds() -> Rows:
    """Tell every class of exceptions but the base."""
    classes = [getattr(kessai, name) for name in kessai.__all__]
    found = [c for c in classes if inspect.isclass(c) and issubclass(c, kessai.KessaiError)]
    return [{"kind": c.kind, "class": c.__name__} for c in found if c is not kessai.KessaiError]


def model(module: Any, name: str) -> Rows:
    """Tell the fields of a model, what it can be asked, and what it can be."""
    base: type = getattr(module, f"Any{name}", None) or getattr(module, name)
    members = dict(public(base, _model.Model))
    rows: Rows = []
    for field, member in members.items():
        function: Any = member.fget if isinstance(member, property) else member
        returns = str(inspect.signature(function).return_annotation)
        if not isinstance(member, property) or field == "event_key":
            rows.append(
                {"name": field, "arguments": arguments(function), "returns": returned(returns)}
            )
        # Times are there a second time, as what Python has for them.
        elif returns.removesuffix(" | None") != "datetime":
            kind, optional = returns.removesuffix(" | None"), returns.endswith(" | None")
            shape = SHAPES.get(kind, kind)
            if kind == "int" and f"{field}_at" in members:
                shape = "time"
            # Whatever JSON holds may be null as well.
            told = {} if shape == "json" else {"optional": optional}
            rows.append({"name": field, "shape": shape, **told})
    variants: list[type] = type.__subclasses__(base)
    return rows + [variant(module, one) for one in variants]


def variant(module: Any, cls: type) -> dict[str, Any]:
    """Tell one of the things that a model can be."""
    told: dict[str, Any] = {"name": cls.__name__, "has": []}
    for name, member in vars(cls).items():
        if isinstance(member, property):
            returns = str(inspect.signature(member.fget).return_annotation)  # type: ignore[arg-type]
            literal = re.fullmatch(r"Literal\[(?:['\"](.*)['\"]|(\w+)\.(\w+))\]", returns)
            if literal is None:
                told["has"].append(name)
            else:
                word, words, known = literal.groups()
                told[name] = word or getattr(module, words)[known].value
    return told


def words(module: Any) -> Rows:
    """Tell every set of words, and whether it takes others."""
    rows: Rows = []
    for name in module.__all__:
        words = getattr(module, name)
        if inspect.isclass(words) and issubclass(words, Enum):
            try:
                is_open = bool(words("no such word"))
            except ValueError:
                is_open = False
            known = [word.value for word in words]
            rows.append({"name": name, "open": is_open, "words": known})
    return rows


def offered(base: type) -> list[str]:
    """Name the public classes of a kind, as the tables do."""
    found = []
    for module, own in MODULES.items():
        for name in own.__all__:
            cls: Any = getattr(own, name)
            if inspect.isclass(cls) and issubclass(cls, base) and base in cls.__bases__:
                found.append(f"{module}.{name.removeprefix('Any')}")
    return found


def surface(expected: Any, client: str) -> dict[str, Any]:
    """Tell the whole surface, in the form of the data."""
    told: dict[str, Any] = {
        "clients": offered(_client.BlockingBase),
        "models": offered(_model.Model),
        "codes": codes(),
        "kinds": kinds(),
        "facts": list(inspect.get_annotations(kessai.KessaiError)),
    }
    prefix = client.removesuffix("Client")
    for name in told["clients"]:
        module, _, own = name.partition(".")
        cls: Any = getattr(MODULES[module], prefix + own)
        table = built(cls, expected[f"{name}.own_options"])
        told |= {f"{name}.{part}": rows for part, rows in table.items()}
        told[f"{name}.methods"] = methods(cls)
        if not prefix:
            # Only who has an event loop needs threads besides.
            told[f"{name}.own_options"].append("threads")
    for name in told["models"]:
        module, _, own = name.partition(".")
        told[name] = model(MODULES[module], own)
    return told | {f"{name}.words": words(module) for name, module in MODULES.items()}


def as_python_tells(row: Any, json_fields: set[str]) -> Any:
    """Give a row of the tables without what Python's types cannot tell."""
    if isinstance(row, list):
        return [as_python_tells(one, json_fields) for one in row]
    if not isinstance(row, dict):
        return row
    row = {name: as_python_tells(value, json_fields) for name, value in row.items()}
    if row.get("takes") == "secret":
        row["takes"] = "text"
    if "has" in row:
        row["has"] = [name for name in row["has"] if name not in json_fields]
    return row


def by_name(rows: Any) -> dict[str, Any]:
    """Give rows by what they are called."""
    return {
        str(row if isinstance(row, str) else row.get("name", row.get("code", row.get("kind")))): row
        for row in rows
    }


def compare_surface(expected: Any, client: str) -> Iterator[tuple[str, str | None]]:
    """Give each part of the surface with what is wrong with it."""
    told = surface(expected, client)
    for part, rows in expected.items():
        if part == "about":
            continue
        json_fields = {
            row["name"] for row in rows if isinstance(row, dict) and row.get("shape") == "json"
        }
        there, here = by_name(as_python_tells(rows, json_fields)), by_name(told[part])
        found = [f"{name} is missing" for name in there if name not in here]
        found += [f"{name} is nowhere else" for name in here if name not in there]
        for name in there.keys() & here.keys():
            # What a language does not tell, such as numbers, is not compared.
            told_of = there[name]
            if isinstance(told_of, dict):
                told_of = {key: told_of[key] for key in told_of if key in here[name]}
            if told_of != here[name]:
                found.append(f"{name} is {here[name]}, not {told_of}")
        yield part, "; ".join(found) or None
