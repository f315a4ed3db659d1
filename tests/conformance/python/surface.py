"""What the package offers, compared with what the core's tables say."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

import kessai
from kessai import errors, zaif

Rows = list[dict[str, Any]]

# What the annotations of the package stand for in the tables.
TAKES = {
    "str": "text",
    "int": "int",
    "bool": "bool",
    "float": "span",
    "int | Decimal": "money",
    "list[str]": "texts",
    "Mapping[str, str | int | Decimal]": "map",
    "Hint": "hint",
}
RETURNS = {
    "str": "text",
    "Invoice": "invoice",
    "list[Invoice]": "invoices",
    "Resumed": "resumed",
    "list[str]": "texts",
    "dict[str, str]": "map",
    "Any": "json",
    "bool | None": "answer",
    "list[Reason]": "Reason",
}
SHAPES = {
    "str": "text",
    "int": "time",
    "bool": "bool",
    "Decimal": "decimal",
    "int | Decimal": "amount",
    "Status": "Status",
    "Coin": "Coin",
}
# What every client and every invoice has besides, and no table tells.
OWN = {"from_env", "close", "to_dict", "raw_json", "restore"}


def public(cls: type) -> Iterator[tuple[str, Any]]:
    """Give what users of a class see, base classes included."""
    for name in dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base)):
        if not name.startswith("_") and name not in OWN:
            yield name, inspect.getattr_static(cls, name)


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
                "returns": RETURNS[str(signature.return_annotation)],
            }
        )
    return rows


def options(client: type, own: list[str]) -> tuple[Rows, list[str]]:
    """Tell the options of a client, and those that only bindings have."""
    built = inspect.signature(client).parameters.values()
    by_name = {p.name: str(p.annotation) for p in built if p.kind is p.KEYWORD_ONLY}
    read = inspect.signature(client.from_env).parameters  # type: ignore[attr-defined]
    if list(read) != list(by_name):
        raise AssertionError("from_env has other options")
    rows = [
        {"name": name, "takes": TAKES[takes.removesuffix(" | None")]}
        for name, takes in by_name.items()
        if name not in own
    ]
    return rows, [name for name in own if name in by_name]


def codes() -> Rows:
    """Tell every code; numbers are C's."""
    return [{"code": code, "kind": cls.kind} for code, cls in errors.CODES.items()]


def kinds() -> Rows:
    """Tell every class of exceptions but the base."""
    classes = [getattr(kessai, name) for name in kessai.__all__]
    found = [c for c in classes if inspect.isclass(c) and issubclass(c, kessai.KessaiError)]
    return [{"kind": c.kind, "class": c.__name__} for c in found if c is not kessai.KessaiError]


def invoice(asks: bool) -> Rows:
    """Tell the fields of an invoice, or what it can be asked."""
    rows: Rows = []
    for name, member in public(zaif.Invoice):
        function: Any = member.fget if isinstance(member, property) else member
        returns = str(inspect.signature(function).return_annotation)
        is_ask = not isinstance(member, property) or name == "event_key"
        # Times are there a second time, as what Python has for them.
        if is_ask and asks:
            rows.append(
                {"name": name, "arguments": arguments(function), "returns": RETURNS[returns]}
            )
        elif not is_ask and not asks and returns.removesuffix(" | None") != "datetime":
            shape, optional = returns.removesuffix(" | None"), returns.endswith(" | None")
            rows.append({"name": name, "shape": SHAPES[shape], "optional": optional})
    return rows


def words() -> Rows:
    """Tell every set of words, and whether it takes others."""
    rows: Rows = []
    for name in zaif.__all__:
        words = getattr(zaif, name)
        if inspect.isclass(words) and issubclass(words, Enum):
            try:
                is_open = bool(words("no such word"))
            except ValueError:
                is_open = False
            known = [word.value for word in words]
            rows.append({"name": name, "open": is_open, "words": known})
    return rows


def surface(expected: Any, name: str) -> dict[str, Any]:
    """Tell the whole surface, in the form of the data."""
    client: type = getattr(zaif, name)
    # Only who has an event loop needs threads besides.
    wanted = [o for o in expected["own_options"] if o != "threads" or name == "AsyncClient"]
    table, own = options(client, expected["own_options"])
    return {
        "methods": methods(client),
        "options": table,
        "own_options": expected["own_options"] if own == wanted else own,
        "codes": codes(),
        "kinds": kinds(),
        "facts": list(inspect.get_annotations(kessai.KessaiError)),
        "invoice": invoice(asks=False),
        "asks": invoice(asks=True),
        "words": words(),
    }


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
        there, here = by_name(rows), by_name(told[part])
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
