"""Exit with 0 when the server of this container answers that it is well."""

import sys
from http import HTTPStatus
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", 8080, timeout=3)
connection.request("GET", "/healthz")
sys.exit(connection.getresponse().status != HTTPStatus.OK)
