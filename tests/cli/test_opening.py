"""A command never reads a mixture of two states of the user's own tables."""

import learningcity as lc


def test_an_add_that_was_cut_off_is_rolled_back_before_it_is_read(run, own_tables):
    folder = lc.home() / "overlay"
    lc.add_to_overlay(own_tables[0])
    before = {p.name: p.read_bytes() for p in folder.glob("*.csv")}
    lc.add_to_overlay(own_tables[1])
    (folder / ".history" / "000002" / "pending").touch()  # as if the power had gone here
    run("atlas", "trace", "my-f1", code=1)
    assert {p.name: p.read_bytes() for p in folder.glob("*.csv")} == before
    assert not (folder / ".history" / "000002").exists()
