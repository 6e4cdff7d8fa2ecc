"""Who is at the screen: a signed cookie with the browser's id and the person chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from coder_app.model.ids import new_id
from coder_app.web.place import Place
from coder_app.workflow import people

COOKIE_LIFE_S = 400 * 24 * 3600
SAMPLE_PEOPLE = "sample_people"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`person_id` is None until someone has been chosen."""

    browser: str
    person_id: str | None = None


def _serializer(place: Place) -> URLSafeSerializer:
    return URLSafeSerializer(place.cookie_secret, salt="coder-visitor")


def read(place: Place, cookies: Mapping[str, str]) -> Visitor | None:
    """The visitor whose cookie carries our signature; None for a missing, foreign or forged one."""
    sealed = cookies.get(place.cookie)
    if not sealed:
        return None
    try:
        browser, person_id = _serializer(place).loads(sealed)
    except (BadSignature, ValueError, TypeError):
        return None
    return Visitor(str(browser), None if person_id is None else str(person_id))


def cookie_header(place: Place, visitor: Visitor) -> str:
    """The `Set-Cookie` value. Lax, so that a link from a terminal or a wiki opens; every write is checked for its origin."""
    sealed = _serializer(place).dumps([visitor.browser, visitor.person_id])
    text = sealed if isinstance(sealed, str) else sealed.decode()
    return f"{place.cookie}={text}; Path=/; Max-Age={COOKIE_LIFE_S}; HttpOnly; SameSite=Lax"


def newcomer(place: Place, known: Visitor | None = None) -> Visitor:
    """A visitor with a browser id, and with a person where there is only one to choose. Without a token nobody is chosen for
    them: such requests act as the coder of whatever they name."""
    visitor = known or Visitor(new_id())
    if place.token is not None and person_of(place, visitor) is None:
        only = only_person(place.lab)
        visitor = replace(visitor, person_id=None if only is None else only["id"])
    return visitor


def choices(lab: Any) -> list[dict[str, Any]]:
    """The people one can say one is; those of the sample study come last and carry `sample`."""
    samples = set(lab.store.setting(SAMPLE_PEOPLE, []))
    found = [{**person, "sample": person["id"] in samples} for person in people.everyone(lab)]
    return sorted(found, key=lambda person: (person["sample"], str(person["name"]).casefold()))


def only_person(lab: Any) -> dict[str, Any] | None:
    """The one person of this folder, the sample study's people aside; None if there are several."""
    real = [person for person in choices(lab) if not person["sample"]]
    return real[0] if len(real) == 1 else None


def person_of(place: Place, visitor: Visitor | None, coding_id: str | None = None) -> dict[str, Any] | None:
    """The chosen person, unless in the bin. Without a token and a choice: the coder of the coding named, else a supervisor."""
    store = place.lab.store
    if visitor is not None and visitor.person_id is not None:
        person = store.get("person", visitor.person_id)
        if person is not None and person["binned_at"] is None:
            return dict(person)
    if place.token is not None:
        return None
    coding = None if coding_id is None else store.get("coding", coding_id)
    if coding is not None:
        return store.get("person", coding["person_id"])
    everyone = people.everyone(place.lab)
    return next((person for person in everyone if person["role"] == "supervisor"), None)
