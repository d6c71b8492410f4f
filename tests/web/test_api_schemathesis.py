"""The interface against its own description: schemathesis asks in-process, with a fixed seed and a bounded number of cases."""

import warnings

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
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
ASKED = []


@schema.parametrize()
@settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case):
    ASKED.append(case.operation.path)
    response = case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})
    case.validate_response(response, checks=CHECKS)


def test_every_resource_was_asked():
    from learningcity.web.api.resources import RESOURCES

    asked = set(ASKED)
    if not asked:
        pytest.skip("the resources were not asked in this process")
    assert {f"/api/v1{r.path}" for r in RESOURCES.values()} <= asked
