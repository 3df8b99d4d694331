"""One spelling for the statuses of a registration."""

import pytest

from depgraph.records.epp import (
    epp_status,
    locks,
    not_delegated,
    renewed_automatically,
    to_be_deleted,
    transfer_closed,
)


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


@pytest.mark.parametrize(
    "text",
    [
        *("client hold", "serverHold", "redemption period", "Suspended.", "NOT DELEGATED"),
        *("inactive https://icann.org/epp#inactive", "failed", "SUSPENDIDO", "hold", "on-hold"),
        *("QUARANTINE", "in quarantine"),
    ],
)
def test_which_statuses_take_a_name_out_of_the_zone(text):
    assert not_delegated([text]) == (epp_status(text),)
    assert not_delegated(["ok", text, text]) == (epp_status(text),)


def test_which_statuses_leave_a_name_in_the_zone():
    left = ["ok", "active", "serverTransferProhibited", "pendingDelete", "DELEGATED", ""]
    assert not_delegated(left) == ()


def test_deletion_counts_beside_or_after_redemption_and_not_while_it_is_undone():
    assert not_delegated(["pending delete", "redemption period"]) == (
        "redemptionPeriod",
        "pendingDelete",
    )
    assert not_delegated(["pendingDelete"], earlier=["redemption period"]) == ("pendingDelete",)
    assert not_delegated(["pendingDelete"], earlier=["ok"]) == ()
    assert not_delegated(["pendingDelete", "redemptionPeriod", "pendingRestore"]) == ()
    assert not_delegated(["pendingRestore", "serverHold"]) == ("serverHold",)


def test_only_the_registry_s_own_locks_bind_a_registrar():
    client = ["clientUpdateProhibited", "clientDeleteProhibited", "clientTransferProhibited"]
    assert locks(client) == ()
    assert locks([*client, "server delete prohibited", "SERVER_UPDATE_PROHIBITED"]) == (
        "serverUpdateProhibited",
        "serverDeleteProhibited",
    )


def test_what_keeps_a_name_at_its_registrar():
    assert transfer_closed(["clientTransferProhibited", "ok"]) == ()
    closing = ["server transfer prohibited", "redemptionPeriod", "In dispute"]
    assert transfer_closed(closing) == (
        "serverTransferProhibited",
        "redemptionPeriod",
        "In dispute",
    )


def test_a_deletion_is_about_to_come_until_it_is_undone():
    assert to_be_deleted(["pending delete", "ok"])
    assert not to_be_deleted(["pendingDelete", "pendingRestore"])
    assert not to_be_deleted(["redemptionPeriod"])


def test_a_renewal_by_the_registry_is_no_end():
    assert renewed_automatically(["auto renew period", "ok"])
    assert not renewed_automatically(["renewPeriod", "autoRenew"])
