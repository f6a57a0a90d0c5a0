"""The mock must not know what is printed: pages are tried against it."""

from tests.test_map import MODULES, imported

PRINTED = (
    "rendering/",
    "site/",
    "search/",
    "checks/",
    "examples/curl",
    "examples/requests",
    "examples/bodies",
)
FORMATS = ("examples/json.py", "examples/xml.py")


def test_the_mock_imports_nothing_of_what_pages_print() -> None:
    paths = {module: (module,) for module in MODULES if module.startswith("mock/")}
    left = [*paths]
    assert len(left) > 10
    while left:
        module = left.pop()
        for other in imported(MODULES[module]):
            if other not in paths:
                paths[other] = (*paths[module], other)
                left.append(other)
    assert len(paths) > 30
    assert [
        " imports ".join(path) for module, path in paths.items() if module.startswith(PRINTED + FORMATS)
    ] == []
