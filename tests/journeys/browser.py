"""Somebody's browser, as a front end uses it."""

from __future__ import annotations

from typing import Any

import requests

from conftest import PASSWORD

Body = dict[str, Any]


class Browser:
    """Signed in by cookies, sending the CSRF token with what it writes."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()

    def sign_in(self, email: str) -> Browser:
        body = {"email": email, "password": PASSWORD, "cookies": True}
        answer = self.post("/api/auth/login/", body)
        assert answer.status_code == 200, answer.text
        assert set(answer.json()) == {"user", "csrf_token"}  # no token where scripts could read it
        self.session.headers["X-CSRFToken"] = answer.json()["csrf_token"]
        return self

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=10)

    def post(self, path: str, body: Body | None = None) -> requests.Response:
        return self.session.post(self.address + path, json=body or {}, timeout=10)

    def put(self, path: str) -> requests.Response:
        return self.session.put(self.address + path, timeout=10)

    def patch(self, path: str, body: Body) -> requests.Response:
        return self.session.patch(self.address + path, json=body, timeout=10)

    def delete(self, path: str) -> requests.Response:
        return self.session.delete(self.address + path, timeout=10)

    def does(self, path: str, body: Body | None = None) -> Any:
        """Post what has to succeed; the answer's body."""
        answer = self.post(path, body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def sees(self, path: str) -> Any:
        """Get what has to be there; the answer's body."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()
