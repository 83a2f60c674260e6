"""What an overlay changes in one step, credential or part of it: some fields, each with its new value.

An edit goes down through parts that have fields of their own (a credential's renewal, its ways by their ids) and
changes these field by field. Everything else is one value, a requirement, a length, a cost, a list, and is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, cast

import attrs

from career_path.errors import InvalidValueError, nearest_name, quoted
from career_path.model.credentials import Credential
from career_path.model.credit_parts import Proration
from career_path.model.credits import CreditRule
from career_path.model.occupations import Occupation, Outlook, Pay
from career_path.model.renewal import Duty, Grace, RenewalRule, Way
from career_path.model.text import check_id
from career_path.values import Value, frozen

__all__ = ["CredentialEdit", "Edit", "OccupationEdit", "Part", "StepEdit", "edited", "made", "parts_of", "within"]


class Part(NamedTuple):
    """A part of a value that has fields of its own; `is_keyed` where there are several, each with an id."""

    kind: type[Value]
    is_keyed: bool = False


_PARTS: Final[Mapping[type, Mapping[str, Part]]] = {
    Credential: {"renewal": Part(RenewalRule), "duties": Part(Duty, is_keyed=True)},
    RenewalRule: {"ways": Part(Way, is_keyed=True), "grace": Part(Grace), "credits": Part(CreditRule)},
    CreditRule: {"prorated": Part(Proration)},
    Occupation: {"pay": Part(Pay), "outlook": Part(Outlook)},
}
_NEW_SAYS: Final[Mapping[str, str]] = {
    "Step": "kind",
    "Credential": "issuer",
    "Occupation": "title",
    "Way": "kind",
}
"""What tells something new from a slip in the id of something that is there."""
_KEY: Final = "id"


def parts_of(kind: type) -> Mapping[str, Part]:
    """The parts of a class that an edit goes down into, by the names of their fields."""
    return _PARTS.get(kind, {})


Pairs = tuple[tuple[str, object], ...]


def _pairs(values: Mapping[str, object] | Iterable[tuple[str, object]]) -> Pairs:
    pairs = dict(values)
    return tuple(sorted(pairs.items()))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise InvalidValueError("not-a-list", "remove", quoted(values), "a list of names")
    return tuple(sorted(set(values)))


def _id(value: str) -> str:
    return check_id(value) if value else ""


@frozen
class Edit(Value):
    """New values of some fields of a part, by their names in Python, and the fields that it is to lose.

    `remove` comes first, so that a field in both is set anew; `"ways.exam"` in it is one of several that have ids.

    >>> Edit("ce", {"fee": "55.00"}, remove=["before"]).fields
    (('fee', '55.00'),)
    """

    id: str = attrs.field(default="", converter=_id)
    fields: Pairs = attrs.field(default=(), converter=_pairs)
    remove: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)


def _step_class() -> type[Value]:
    from career_path.model.pathway import Step  # noqa: PLC0415 (a pathway holds edits of steps)

    return Step


def _step_fields(values: Mapping[str, object] | Iterable[tuple[str, object]]) -> Pairs:
    return _bound_pairs(_step_class(), _pairs(values))


def _credential_fields(values: Mapping[str, object] | Iterable[tuple[str, object]]) -> Pairs:
    return _bound_pairs(Credential, _pairs(values))


def _occupation_fields(values: Mapping[str, object] | Iterable[tuple[str, object]]) -> Pairs:
    return _bound_pairs(Occupation, _pairs(values))


def _part_id(value: str) -> str:
    return check_id(value)


@frozen
class StepEdit(Edit):
    """What an overlay changes in a step; a step that is not there is added, and then has to say its `kind`.

    >>> StepEdit("exam", {"takes": "P3M"}, remove=["cost"]).fields
    (('takes', Span.parse('P3M')),)

    Raises:
        InvalidValueError: a field that a step has not, a value that it does not take, one that cannot be removed.
    """

    id: str = attrs.field(converter=_part_id)
    fields: Pairs = attrs.field(default=(), converter=_step_fields)
    remove: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_removed(_step_class(), self)


@frozen
class CredentialEdit(Edit):
    """What an overlay changes in a credential; one that is not there is added, and then has to say its `issuer`.

    >>> grace = Edit(fields={"within": "P1Y"})
    >>> CredentialEdit("card", {"renewal": Edit(fields={"grace": grace})}, remove=["note"]).remove
    ('note',)

    Raises:
        InvalidValueError: a field that a credential has not, a value that it does not take, one that cannot be removed.
    """

    id: str = attrs.field(converter=_part_id)
    fields: Pairs = attrs.field(default=(), converter=_credential_fields)
    remove: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_removed(Credential, self)


@frozen
class OccupationEdit(Edit):
    """What an overlay changes in an occupation; one that is not there is added, and then has to say its `title`.

    >>> OccupationEdit("aide", {"pay": Edit(fields={"median": "41000"})}, remove=["outlook"]).remove
    ('outlook',)

    Raises:
        InvalidValueError: a field that an occupation has not, a value that it does not take, one that stays.
    """

    id: str = attrs.field(converter=_part_id)
    fields: Pairs = attrs.field(default=(), converter=_occupation_fields)
    remove: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_removed(Occupation, self)


def _attributes(kind: type) -> Mapping[str, attrs.Attribute[Any]]:
    """The fields that an edit may name."""
    return {each.name: each for each in attrs.fields(kind) if each.name != _KEY and not each.metadata.get("bound")}


def _attribute(kind: type, name: object, where: str) -> attrs.Attribute[Any]:
    known = _attributes(kind)
    if not isinstance(name, str) or name not in known:
        expected = f"one of {', '.join(known)}"
        raise InvalidValueError(
            "unknown-field", where, f"the field {quoted(name)}", expected, nearest_name(name, known)
        )
    return known[name]


def _bound_pairs(kind: type, pairs: Pairs) -> Pairs:
    return tuple((name, _bound_value(kind, name, value)) for name, value in pairs)


def _bound_value(kind: type, name: str, value: object) -> object:
    """The value as the class itself would keep it."""
    attribute = _attribute(kind, name, name)
    if value is None:
        raise InvalidValueError("empty", name, "None", "a value, or the name of the field in 'remove'")
    part = parts_of(kind).get(name)
    try:
        if part is not None:
            return _bound_part(part, value)
        convert = cast("Any", attribute).converter
        return value if convert is None else convert(value)
    except InvalidValueError as error:
        raise within(error, name) from None


def within(error: InvalidValueError, name: str) -> InvalidValueError:
    """The same error, of a field inside that one."""
    inner = "" if error.where == name else error.where.removeprefix(f"{name}.")
    return attrs.evolve(error, where=_joined(name, inner))


def _joined(path: str, inner: str) -> str:
    if not path or not inner or inner.startswith("["):
        return path + inner
    return f"{path}.{inner}"


def _bound_part(part: Part, value: object) -> object:
    if not part.is_keyed:
        return _bound(part.kind, value)
    if isinstance(value, (str, Edit)) or not isinstance(value, Iterable):
        raise InvalidValueError("not-a-list", "", quoted(value), "a list of edits")
    edits = tuple(_bound(part.kind, each) for each in cast("Iterable[object]", value))
    for each in edits:
        check_id(each.id)
    return tuple(sorted(edits, key=lambda edit: edit.id))


def _bound(kind: type, value: object) -> Edit:
    if not isinstance(value, Edit):
        raise InvalidValueError("wrong-kind", "", quoted(value), "an Edit, so that the rest stays as it is")
    try:
        bound = attrs.evolve(value, fields=_bound_pairs(kind, value.fields))
        _check_removed(kind, bound)
    except InvalidValueError as error:
        raise (within(error, value.id) if value.id else error) from None
    return bound


def _check_removed(kind: type, edit: Edit) -> None:
    given = dict(edit.fields)
    for index, name in enumerate(edit.remove):
        field, dot, each = name.partition(".") if isinstance(cast("object", name), str) else (name, "", "")
        attribute, where = _attribute(kind, field, f"remove[{index}]"), f"remove[{index}]"
        part = parts_of(kind).get(field)
        if dot and not (part is not None and part.is_keyed and each):
            raise InvalidValueError("not-removable", where, quoted(name), f"{quoted(field)}, which is one value")
        if attribute.default is attrs.NOTHING and field not in given:
            raise InvalidValueError("not-removable", where, quoted(name), "a field that may be left out")


def edited(old: Value, edit: Edit) -> Value:
    """A value with an edit made to it.

    Raises:
        InvalidValueError: the parts of the new value do not fit, or something to remove is not there.
    """
    kind, values = type(old), dict[str, object]()
    for index, name in enumerate(edit.remove):
        field, dot, each = name.partition(".")
        before = values.get(field, getattr(old, field))
        values[field] = _without(before, each, index) if dot else _default(_attributes(kind)[field])
    for name, value in edit.fields:
        part = parts_of(kind).get(name)
        before = values.get(name, getattr(old, name))
        values[name] = value if part is None else _merged(part, before, value, name)
    known = _attributes(kind)
    new: Value = attrs.evolve(cast("Any", old), **{str(known[name].alias): each for name, each in values.items()})
    return new


def made(kind: type[Value], edit: Edit) -> Value:
    """A new value that has nothing but what an edit says.

    Raises:
        InvalidValueError: something is missing, or the parts do not fit.
    """
    given, known = dict(edit.fields), _attributes(kind)
    says = _NEW_SAYS.get(kind.__name__)
    for name, attribute in known.items():
        if name not in given and (attribute.default is attrs.NOTHING or name == says):
            raise InvalidValueError("missing", name, "nothing", f"a value, because there is no such {_noun(kind)} yet")
    values: dict[str, object] = {_KEY: edit.id} if edit.id else {}
    for name, value in given.items():
        part = parts_of(kind).get(name)
        nothing: object = () if part is not None and part.is_keyed else None
        values[str(known[name].alias)] = value if part is None else _merged(part, nothing, value, name)
    return kind(**values)


def _noun(kind: type) -> str:
    return "part" if kind not in {Credential, Occupation, Way, Duty, _step_class()} else kind.__name__.lower()


def _default(attribute: attrs.Attribute[Any]) -> object:
    default = cast("Any", attribute.default)
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


def _without(values: object, gone: str, index: int) -> object:
    known = {each.id: each for each in cast("tuple[Any, ...]", values)}
    if gone not in known:
        near = nearest_name(gone, known)
        raise InvalidValueError("unknown-id", f"remove[{index}]", quoted(gone), "one that is there", near)
    return tuple(each for name, each in known.items() if name != gone)


def _merged(part: Part, before: object, value: object, name: str) -> object:
    try:
        if part.is_keyed:
            known = {each.id: each for each in cast("tuple[Any, ...]", before)}
            return tuple(_each(part.kind, known, cast("tuple[Edit, ...]", value)))
        return (
            made(part.kind, cast("Edit", value))
            if before is None
            else edited(cast("Value", before), cast("Edit", value))
        )
    except InvalidValueError as error:
        raise within(error, name) from None


def _each(kind: type[Value], known: dict[str, Value], edits: tuple[Edit, ...]) -> Iterator[Value]:
    result = dict(known)
    for edit in edits:
        try:
            result[edit.id] = edited(known[edit.id], edit) if edit.id in known else made(kind, edit)
        except InvalidValueError as error:
            raise within(error, edit.id) from None
    yield from result.values()
