"""One resource: its address, parameters, columns and examples; registered once, answered and described from that."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

import learningcity as lc
from learningcity.web.api import answers, problems, wanted
from learningcity.web.api.answers import Listing, Record
from learningcity.web.api.asked import Asked, is_list
from learningcity.web.api.columns import Column

logger = logging.getLogger("django.request")


@dataclass(frozen=True, slots=True)
class Resource:
    """What is known of one address of the interface."""

    name: str
    path: str
    tag: str
    title: lc.Text
    note: lc.Text
    asks: type[Asked]
    columns: tuple[Column, ...] | None
    record: Callable[[], dict[str, Any]] | None
    #: Queries (and, for a record, the rest of the address) that show how it is used; all are run by the tests.
    examples: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter of the query."""
        return tuple(self.asks.model_fields)

    @property
    def many(self) -> tuple[str, ...]:
        """The parameters that take several values."""
        return tuple(name for name, field in self.asks.model_fields.items() if is_list(field))

    def address(self, example: str) -> str:
        """The address of an example; that of a record brings its own path."""
        root = "/api/v1"
        return f"{root}{example}" if example.startswith("/") else f"{root}{self.path}{example}"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its answer."""
        if self.columns is not None:
            return answers.listing_schema(self.columns)
        return answers.record_schema(self.record() if self.record else {"type": "object"})


#: Every resource by name, in the order in which they were registered.
RESOURCES: dict[str, Resource] = {}


def resource(
    router: Router,
    path: str,
    *,
    title: lc.Text,
    note: lc.Text,
    asks: type[Asked],
    columns: tuple[Column, ...] | None = None,
    record: Callable[[], dict[str, Any]] | None = None,
    examples: tuple[str, ...] = ("",),
) -> Callable[[Callable[..., Listing | Record]], Callable[..., Listing | Record]]:
    """Register a function as the answer of an address.

    The function takes the parameters as a model, the language, and the parts of the path by name.
    """

    def register(make: Callable[..., Listing | Record]) -> Callable[..., Listing | Record]:
        told = Resource(
            make.__name__.replace("_", "-"), path, str((router.tags or [""])[0]),
            title, note, asks, columns, record, examples,
        )  # fmt: skip
        RESOURCES[told.name] = told
        view = decorate_view(_guard(told))(_view(told, make))
        router.get(
            path, operation_id=make.__name__, summary=title.en, description=note.en,
            openapi_extra={"x-summary-zh": title.zh, "x-description-zh": note.zh, "x-resource": told.name},
        )(view)  # fmt: skip
        return make

    return register


def _view(told: Resource, make: Callable[..., Listing | Record]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, asked: Any, **path: str) -> HttpResponse:
        how: wanted.Wanted = request.wanted
        try:
            asked.check()
        except lc.InputError as error:
            raise problems.of_error(error, "unreadable-value") from error
        found = make(asked, how.language, **path)
        if isinstance(found, Record):
            return answers.of_record(told.title, how, found)
        return answers.of_listing(
            request, told.title, told.name, how, found, told.columns or (), asked.limit, asked.offset
        )

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parts = [n for n in inspect.signature(make).parameters if n not in ("asked", "language")]
    view.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", kind),
            inspect.Parameter("asked", kind, annotation=Annotated[told.asks, Query()]),
            *(inspect.Parameter(name, kind, annotation=str) for name in parts),
        ]
    )
    view.__name__ = make.__name__
    view.__doc__ = make.__doc__
    return view


def _guard(told: Resource) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Settle format, language and unknown parameters before ninja reads; tell every fault as a problem."""

    def around(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def answer(request: HttpRequest, *args: Any, **path: Any) -> HttpResponse:
            try:
                request.wanted = wanted.read(request, told.parameters, told.many, told.columns is not None)
            except problems.ProblemError as problem:
                return problems.response(request, problem)
            return run(request, *args, **path)

        return answer

    return around
