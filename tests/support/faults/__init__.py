"""What can go wrong on the way to an answer, each a script of a server on this machine.

    python -m tests.support.faults

prints the table.
"""

from tests.support.faults.broken import BROKEN
from tests.support.faults.cured import CURED
from tests.support.faults.fault import Fault
from tests.support.faults.http import HTTP
from tests.support.faults.inside import INSIDE
from tests.support.faults.network import NETWORK
from tests.support.faults.proxies import PROXIES
from tests.support.faults.services import SERVICES
from tests.support.faults.strangers import STRANGERS
from tests.support.faults.tls import TLS
from tests.support.faults.wire import WIRE

FAULTS: tuple[Fault, ...] = (
    *WIRE,
    *BROKEN,
    *INSIDE,
    *HTTP,
    *CURED,
    *SERVICES,
    *STRANGERS,
    *TLS,
    *PROXIES,
    *NETWORK,
)
