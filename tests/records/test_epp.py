"""One spelling for the statuses of a registration."""

import pytest

from depgraph.records.epp import epp_status, is_not_delegated


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("clientHold", "clientHold"),
        ("client hold", "clientHold"),
        ("client-hold", "clientHold"),
        ("CLIENT_HOLD", "clientHold"),
        ("Client Hold", "clientHold"),
        ("clienthold", "clientHold"),
        ("clientHold https://icann.org/epp#clientHold", "clientHold"),
        ("clientHold http://www.icann.org/epp#clientHold", "clientHold"),
        ("serverHold (https://www.icann.org/epp#serverHold)", "serverHold"),
        ("serverUpdateProhibited (Secured by ExampleLock)", "serverUpdateProhibited"),
        ("redemption period", "redemptionPeriod"),
        ("auto renew period", "autoRenewPeriod"),
        ("pending delete", "pendingDelete"),
        ("OK", "ok"),
        ("ok - Normal state.", "ok"),
        ("ok (paid and in zone)", "ok"),
        # what EPP does not know stands as written
        ("active", "active"),
        ("Transfer Locked", "Transfer Locked"),
        ("Suspended.", "Suspended"),
        ("server recover prohibited", "server recover prohibited"),
        ("Connected (2027/03/31)", "Connected"),
        ("client hold lifted", "client hold lifted"),
        ("", ""),
    ],
)
def test_spelling(text, status):
    assert epp_status(text) == status
    assert epp_status(status) == status  # of an earlier reading too


def test_which_statuses_take_a_name_out_of_the_zone():
    taken = ["client hold", "serverHold", "redemption period", "Suspended.", "NOT DELEGATED"]
    assert all(map(is_not_delegated, [*taken, "inactive https://icann.org/epp#inactive"]))
    left = ["ok", "active", "serverTransferProhibited", "pendingDelete", "DELEGATED", ""]
    assert not any(map(is_not_delegated, left))
