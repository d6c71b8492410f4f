"""The interface against its own description: schemathesis asks in-process, with a fixed seed and a bounded number of cases."""

import warnings

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

warnings.filterwarnings("ignore", category=DeprecationWarning, module="schemathesis")


def application():
    from learningcity.web.wsgi import application as found

    return found


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application())
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, positive_data_acceptance, unsupported_method,
]  # fmt: skip
OPERATIONS = {found.ok().path: found.ok() for found in schema.get_all_operations()}


@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_are_as_described(path, mode):
    asked = []

    @settings(
        max_examples=8,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[path].as_strategy(mode))
    def ask(case):
        asked.append(case.formatted_path)
        response = case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})
        case.validate_response(response, checks=CHECKS)

    ask()
    assert asked


def test_every_resource_is_described():
    from learningcity.web.api.resources import RESOURCES

    assert {f"/api/v1{r.path}" for r in RESOURCES.values()} <= set(OPERATIONS)
