"""JSON Schema of the files of a guide, for editors: made from the model, so that both say the same.

A schema sees what a reader of YAML 1.2 makes of a file: values, not how they are typed. What the model
refuses in a file the schema refuses too, save where only the spelling is wrong: `yes` is a text and found,
`True` is true and not. Rules that tell from one value alone (the address of a server, say) are of `checks`.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema, ModelSchema, WithDefaultSchema

from apiguide.model import Change, Endpoint, Part, Resource, Settings
from apiguide.model.forms import STATUS_CODE
from apiguide.model.scalars import ecma

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MODELS: dict[str, type[Part]] = {
    "guide.schema.json": Settings,
    "resource.schema.json": Resource,
    "endpoint.schema.json": Endpoint,
}
"""The model that each file of schemas is made from."""

GLOBS = {
    "guide.schema.json": ["reference/guide.yaml"],
    "resource.schema.json": ["reference/*/resource.yaml"],
    "endpoint.schema.json": ["reference/*/*.yaml", "!reference/*/resource.yaml"],
}
"""Which files of a project each schema is for, as the settings of yaml-language-server name them."""


STATUS = ecma(STATUS_CODE.pattern)


def _if_stated(key: str, then: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"required": [key]}, "then": then}


def _includes(type_: str) -> dict[str, Any]:
    """That one of the types is that one, where types are stated."""
    either = [{"const": type_}, {"type": "array", "contains": {"const": type_}}]
    return {"properties": {"type": {"anyOf": either}}}


_SEVERAL = {"type": "array", "minItems": 2, "contains": {"enum": ["object", "array"]}}
"""Several types, one of which is that of an object or a list."""

_TOGETHER: dict[str, list[dict[str, Any]]] = {
    "Field": [
        _if_stated("extends", {"not": {"anyOf": [{"required": ["object"]}, {"required": ["fields"]}]}}),
        _if_stated("items", _includes("array")),
        *(
            _if_stated(key, {**_includes("object"), "not": {"required": ["items"]}})
            for key in ("object", "fields", "additional_fields")
        ),
        {"not": {"required": ["type"], "properties": {"type": _SEVERAL}}},
    ],
    "Object": [_if_stated(key, {"required": ["extends"]}) for key in ("only", "without")],
}
"""What checks tell of keys that cannot stand together, by model."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by the name of the schema's file."""
    return {name: _schema(name, model) for name, model in MODELS.items()}


def write(folder: Path) -> tuple[Path, ...]:
    """Writes the schemas into a folder, which is made where it is not there; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def _schema(name: str, model: type[Part]) -> dict[str, Any]:
    made = model.model_json_schema(by_alias=True, schema_generator=_Schemas)
    return {"$schema": DIALECT, "title": name.replace(".schema.json", ".yaml"), **made}


class _Schemas(GenerateJsonSchema):
    """Makes schemas as editors need them: no defaults, and null only where a file may say null."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """The schema of a model's mapping."""
        model: type[Part] = schema["cls"]
        made = super().model_schema(schema)
        made |= _described(_first_line(model))
        made.pop("title", None)
        if model.__name__ in _TOGETHER:
            made["allOf"] = _TOGETHER[model.__name__]
        made["properties"] = {
            info.alias or name: self._key(model, name, made["properties"][info.alias or name])
            for name, info in model.model_fields.items()
        }
        return made

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """The schema of what has a default, without that."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        """The schema of a mapping of names."""
        names = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        if names.get("pattern") == STATUS:
            # Editors read 20 as a number, and do not look at the names of such keys.
            return {"type": "object", "patternProperties": {STATUS: values}, "additionalProperties": False}
        return {
            "type": "object",
            "propertyNames": {key: value for key, value in names.items() if key != "type"},
            "additionalProperties": values,
        }

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a title that is made of the key says nothing."""
        return False

    def _key(self, model: type[Part], name: str, made: JsonSchemaValue) -> JsonSchemaValue:
        """The schema of a key's value, with what its docstring says."""
        if model not in _FORMER and {"type": "null"} in made.get("anyOf", ()):
            others = [each for each in made["anyOf"] if each != {"type": "null"}]
            made = {**made, "anyOf": others}
            if len(others) == 1:
                made = {**others[0], **{key: value for key, value in made.items() if key != "anyOf"}}
        return {**made, **_described(_meaning(model, name))}


_FORMER = frozenset(
    part for change in Change.__subclasses__() for part in get_args(change.model_fields["before"].annotation)
)
"""Models whose keys may be null: that says that a key was not stated before a change."""


def _described(meaning: str) -> dict[str, str]:
    """A meaning in plain words and, for editors that know it, as the Markdown that it is."""
    plain = meaning.replace("`", "")
    return (
        {"description": plain} if plain == meaning else {"description": plain, "markdownDescription": meaning}
    )


def _first_line(model: type[Part]) -> str:
    return (inspect.getdoc(model) or "").splitlines()[0]


def _meaning(model: type[Part], name: str) -> str:
    """What a key is for: the docstring under it, in the model or one that it is made of, or its value's."""
    for base in model.__mro__:
        info = getattr(base, "model_fields", {}).get(name)
        if info is not None and info.description:
            return " ".join(info.description.split())
    (inner,) = (each for each in get_args(model.model_fields[name].annotation) if each is not Ellipsis)
    return _first_line(inner)
