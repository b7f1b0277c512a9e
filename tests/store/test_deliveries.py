"""Slack tells things twice, and sometimes to two processes at once; we hear them once."""

import threading

import pytest

from bot.store.deliveries import first_time
from bot.store.engine import Store


def hears(store: Store, key: str, workspace: str = "T1") -> bool:
    with store.session() as session:
        return first_time(session, workspace=workspace, key=key)


def test_only_the_first_telling_counts(store: Store) -> None:
    assert [hears(store, "Ev1"), hears(store, "Ev1"), hears(store, "Ev2")] == [True, False, True]


def test_two_workspaces_may_use_the_same_key(store: Store) -> None:
    assert hears(store, "Ev1", "T1")
    assert hears(store, "Ev1", "T2")


def test_of_many_at_the_same_moment_exactly_one_is_first(store: Store) -> None:
    ready, heard = threading.Barrier(8), []

    def listens() -> None:
        ready.wait()
        heard.append(hears(store, "file:F1"))

    threads = [threading.Thread(target=listens) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(heard) == [False] * 7 + [True]


def test_what_else_the_session_holds_survives_a_second_telling(store: Store) -> None:
    hears(store, "Ev1")
    with store.session() as session:
        assert first_time(session, workspace="T1", key="Ev2")
        assert not first_time(session, workspace="T1", key="Ev1")
    assert not hears(store, "Ev2"), "it was kept"


def test_a_telling_that_could_not_be_dealt_with_counts_as_not_heard(store: Store) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        assert first_time(session, workspace="T1", key="Ev1")
        raise RuntimeError("before the work was done")
    assert hears(store, "Ev1")
