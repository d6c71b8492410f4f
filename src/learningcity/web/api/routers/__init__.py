"""One router a subject, in the order in which the documentation tells them."""

from ninja import Router

from learningcity.web.api.routers import award, cities, evidence, figures, index, network, sources, standard

ROUTERS: tuple[Router, ...] = (
    index.router,
    cities.router,
    figures.router,
    evidence.router,
    award.router,
    standard.router,
    network.router,
    sources.router,
)

__all__ = ["ROUTERS"]
