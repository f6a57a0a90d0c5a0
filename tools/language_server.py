"""A client of the real yaml-language-server, over stdio: what an editor would show of a file."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Message = dict[str, Any]


class LanguageServer:
    """The server with the schemas of a folder, each for the files that `globs` names."""

    def __init__(self, program: Path, root: Path, schemas: Mapping[str, list[str]]) -> None:
        self.root = root
        self.schemas = schemas
        self.asked = self.opened = 0
        self.told: dict[str, list[Message]] = {}
        self.process = subprocess.Popen(
            ["node", str(program), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        markup = {"contentFormat": ["markdown"], "completionItem": {"documentationFormat": ["markdown"]}}
        capabilities = {
            "textDocument": {"hover": markup, "completion": markup},
            "workspace": {"configuration": True},
        }
        self._ask("initialize", processId=os.getpid(), rootUri=self.root.as_uri(), capabilities=capabilities)
        self._send("initialized")
        self._send("workspace/didChangeConfiguration", settings={"yaml": self._settings()})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    def diagnostics(self, path: str, text: str) -> list[tuple[int, str]]:
        """What is underlined in a file of the project with this text: lines, from 1, and messages."""
        uri = self._open(path, text)
        while uri not in self.told:
            self._receive()
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in self.told.pop(uri)]

    def completion(self, path: str, text: str) -> dict[str, str]:
        """What is offered where `¦` stands: labels, with what is inserted."""
        answer = self._at("textDocument/completion", path, text)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {each["label"]: each.get("insertText", each["label"]) for each in items}

    def hover(self, path: str, text: str) -> str:
        """What is shown of what stands where `¦` does."""
        answer = self._at("textDocument/hover", path, text)
        return str(answer["contents"]["value"]) if answer else ""

    def _at(self, method: str, path: str, text: str) -> Any:
        before = text.partition("¦")[0]
        uri = self._open(path, text.replace("¦", ""))
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self._ask(method, textDocument={"uri": uri}, position=place)

    def _open(self, path: str, text: str) -> str:
        self.opened += 1
        uri = (self.root / str(self.opened) / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", textDocument=document)
        return uri

    def _settings(self) -> Message:
        known = {(self.root / name).as_uri(): globs for name, globs in self.schemas.items()}
        return {
            "schemas": known,
            "validate": True,
            "completion": True,
            "hover": True,
            "schemaStore": {"enable": False},
        }

    def _ask(self, method: str, **parameters: Any) -> Any:
        self.asked += 1
        number = self.asked
        self._send(method, id=number, **parameters)
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def _send(self, method: str, id: int | None = None, **parameters: Any) -> None:
        numbered = {"id": id} if id is not None else {}
        self._write({"method": method, "params": parameters, **numbered})

    def _write(self, message: Message) -> None:
        assert self.process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _receive(self) -> Message:
        """The next message; a question of the server is answered, and what it tells of files is kept."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise SystemExit("the language server has ended")
        message: Message = json.loads(self.process.stdout.read(length))
        method = message.get("method")
        if method == "workspace/configuration":
            items = message["params"]["items"]
            answers = [self._settings() if each.get("section") == "yaml" else None for each in items]
            self._write({"id": message["id"], "result": answers})
        elif method == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method is not None and "id" in message:
            self._write({"id": message["id"], "result": None})
        return message
