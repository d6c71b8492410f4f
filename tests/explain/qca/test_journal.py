"""The study log: what it keeps, what it warns of, and that a changed line is found."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

import learningcity as lc
from learningcity import InputError
from learningcity.explain.qca import journal_lock

RAW = pd.DataFrame(
    {"gdp": [1, 2, 8, 9, 7, 3], "LAW": [0, 0, 1, 0, 1, 1], "Y": [0, 0, 1, 1, 1, 0]}, index=list("uvwxyz")
)
ANCHORS = (2.5, 5, 8)


def steady():
    return datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def journal():
    return lc.QcaJournal("six cities", clock=steady)


def rich(anchors=ANCHORS, **options):
    return lc.calibrate(RAW["gdp"], anchors, name="RICH", **options)


def solved(journal, data=None, cut=0.8, conditions=("RICH", "LAW"), reason=""):
    data = RAW.assign(RICH=rich().values) if data is None else data
    table = journal.record(lc.truth_table(data, "Y", list(conditions), cut), reason)
    return journal.record(lc.minimise(table), reason)


def test_a_study_in_order_has_no_warnings(journal):
    assert journal.record(rich()).name == "RICH"
    data = RAW.assign(RICH=rich().values)
    solved(journal)
    journal.record(lc.necessity(data, "Y", ["RICH", "LAW"]))
    journal.record(lc.fit("RICH*LAW", data, "Y"))
    assert [e.kind for e in journal.entries] == ["calibration", "truth_table", "solution", "necessity", "fit"]
    assert [e.subject for e in journal.entries] == ["RICH", "Y", "Y", "Y", "Y"]
    assert journal.entries[0].time == "2026-11-22T00:00:00+00:00"
    assert journal.warnings == ()
    assert "Nothing was changed after a result was seen" in journal.summary()
    assert "查看结果之后未作更改" in journal.summary("zh")
    assert journal.table()["number"].tolist() == [1, 2, 3, 4, 5]
    assert "crossover, 5" in journal.table()["decisions"][0]


def test_anchors_may_change_before_a_result_is_seen(journal):
    journal.record(rich())
    journal.record(rich((2.5, 6, 8)))
    assert journal.warnings == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (rich((2.5, 6, 8)), "crossover 5, full membership 8 became full non-membership 2.5, crossover 6"),
        (rich(shape="linear"), "shape logistic became above 1, at_half keep, below 1, shape linear"),
        (rich(5, kind="crisp"), "fuzzy; full non-membership 2.5"),
        (rich(at_half="up"), "at_half keep, full 0.95, shape logistic became at_half up"),
    ],
)
def test_a_calibration_changed_after_a_result_is_told(journal, changed, said):
    journal.record(rich())
    solved(journal)
    journal.record(changed)
    [warning] = journal.warnings
    assert "The calibration of RICH (no. 1) was changed after no. 3 (solution, Y) had been seen" in warning.en
    assert said in warning.en
    assert "Give the reason, and report both" in warning.en
    assert "RICH的校准（第1项）在查看第3项（解，Y）之后被更改" in warning.zh
    assert warning.en in journal.summary()


def test_each_kind_of_result_counts_as_seen():
    data = RAW.assign(RICH=rich().values)
    table = lc.truth_table(data, "Y", ["RICH", "LAW"], 0.8)
    for seen in (table, lc.minimise(table), lc.necessity(data, "~Y", ["RICH"]), lc.fit("~RICH", data, "Y")):
        journal = lc.QcaJournal(clock=steady)
        journal.record(rich())
        journal.record(seen)
        journal.record(rich((2.5, 6, 8)))
        assert len(journal.warnings) == 1, type(seen)
    assert lc.QcaJournal(clock=steady).warnings == ()


def test_results_on_other_conditions_do_not_count(journal):
    journal.record(rich())
    journal.record(lc.fit("LAW", RAW, "Y"))
    journal.record(rich((2.5, 6, 8)))
    assert journal.warnings == ()


def test_the_outcome_counts_as_well(journal):
    y = lc.calibrate(RAW["Y"], 1, "crisp", name="Y")
    journal.record(y)
    journal.record(lc.fit("LAW", RAW, "~Y"))
    journal.record(lc.calibrate(RAW["Y"], 0.5, "crisp", name="Y"))
    assert len(journal.warnings) == 1


def test_the_reason_stands_in_the_warning(journal):
    journal.record(rich())
    solved(journal)
    journal.record(rich((2.5, 6, 8)), "the poverty line of 2025 is 6")
    assert "Reason given: “the poverty line of 2025 is 6”." in journal.warnings[0].en
    assert journal.entries[-1].reason == "the poverty line of 2025 is 6"


def test_single_memberships_changed_by_hand_are_told(journal):
    journal.record(rich())
    data = RAW.assign(RICH=rich().values)
    data.loc["z", "RICH"] = 0.51
    solved(journal, data)
    [warning] = journal.warnings
    assert "RICH is not as it was calibrated in no. 1: z." in warning.en
    assert "never single memberships" in warning.en


def test_the_rule_for_half_is_no_change_by_hand(journal):
    half = lc.calibrate(RAW["gdp"], (1, 3, 8), name="RICH")
    assert half.halves == ("z",)
    journal.record(half)
    journal.record(lc.truth_table(RAW.assign(RICH=half.values), "Y", ["RICH", "LAW"], 0.8, at_half="up"))
    assert journal.warnings == ()


def test_cuts_changed_after_a_solution_are_told(journal):
    journal.record(rich())
    solved(journal)
    solved(journal, cut=0.7)
    assert [w.en.split(":")[0] for w in journal.warnings] == [
        "The cut-offs for Y were changed after no. 3 (solution, Y) had been seen"
    ]
    assert "inclusion 0.8 became inclusion 0.7" in journal.warnings[0].en


def test_cuts_may_change_while_only_the_table_was_seen(journal):
    data = RAW.assign(RICH=rich().values)
    for cut in (0.9, 0.8):
        journal.record(lc.truth_table(data, "Y", ["RICH", "LAW"], cut))
    assert journal.warnings == ()


def test_conditions_changed_after_a_solution_are_told(journal):
    solved(journal)
    solved(journal, conditions=["RICH"])
    assert any("are not those of no. 2 (solution, Y): left out LAW" in w.en for w in journal.warnings)


def test_a_calibration_that_comes_late_is_told(journal):
    solved(journal)
    journal.record(rich())
    assert "RICH is calibrated only now, after no. 2 (solution, Y) had been seen" in journal.warnings[0].en


def test_changed_raw_values_are_told(journal):
    journal.record(rich())
    solved(journal)
    journal.record(lc.calibrate(RAW["gdp"].replace(3, 4), ANCHORS, name="RICH"))
    assert "raw values of RICH are not those of no. 1" in journal.warnings[0].en


def test_other_results_count_for_every_condition(journal):
    journal.record(rich())
    journal.record(lc.load_atlas().agreement(draws=5))
    journal.record(rich((2.5, 6, 8)))
    assert journal.entries[1].kind == "other"
    assert len(journal.warnings) == 1


def test_written_and_read_back(journal, tmp_path):
    journal.record(rich(), "世界银行分类\u2028second line")
    solved(journal)
    journal.record(rich((2.5, 6, 8)))
    path = tmp_path / "folder" / "log.jsonl"
    journal.write(path)
    again = lc.QcaJournal.read(path, clock=steady)
    assert again.to_dict() == journal.to_dict()
    assert again.warnings == journal.warnings
    again.record(rich((2.5, 7, 8)))
    assert len(again) == len(journal) + 1
    assert "no. 4" in again.warnings[-1].en
    empty = lc.QcaJournal("empty")
    empty.write(path)
    assert len(lc.QcaJournal.read(path)) == 0


def test_the_same_study_gives_the_same_log():
    logs = []
    for _ in range(2):
        one = lc.QcaJournal("x", clock=steady)
        one.record(rich())
        solved(one)
        logs.append(one.to_dict())
    assert logs[0] == logs[1]
    assert len({e["chain"] for e in logs[0]["entries"]}) == 3


def test_the_fingerprint_follows_the_result_and_not_the_version(journal, monkeypatch):
    journal.record(rich())
    assert journal.entries[0].content["versions"] == {"learningcity": lc.__version__}
    monkeypatch.setattr(lc.Calibration, "versions", {"learningcity": "99"})
    journal.record(rich())
    assert journal.entries[1].content["versions"] == {"learningcity": "99"}
    journal.record(rich((2.5, 5, 9)))
    digests = [e.digest for e in journal.entries]
    assert digests[0] == digests[1] != digests[2]


def test_a_changed_removed_or_added_line_is_found(journal, tmp_path):
    journal.record(rich())
    solved(journal)
    path = tmp_path / "log.jsonl"
    journal.write(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = json.loads(lines[1])
    changed["content"]["anchors"][1][1] = 6.0
    broken = {
        2: [lines[0], json.dumps(changed), *lines[2:]],
        3: [*lines[:2], *lines[3:]],
        4: [*lines[:3], lines[2], *lines[3:]],
        1: ["nothing", *lines[1:]],
        5: [*lines, "{}"],
    }
    renamed = [json.dumps({"study": "another"}), *lines[1:]]
    for number, one in [*broken.items(), (2, renamed)]:
        path.write_text("\n".join(one) + "\n", encoding="utf-8")
        with pytest.raises(InputError, match=f"line {number}: no line of a study log, or it was changed"):
            lc.QcaJournal.read(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]\n", b'{"study": 3}\n', b"[" * 100_000])
def test_files_that_are_no_log(tmp_path, content):
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="line 1"):
        lc.QcaJournal.read(path)


def test_bad_use_is_refused_in_words(journal, tmp_path):
    with pytest.raises(InputError, match="result takes Result, not dict"):
        journal.record({"a": 1})
    with pytest.raises(InputError, match="no name; say which column"):
        journal.record(lc.calibrate([1, 2], 2, "crisp"))
    assert len(journal) == 0
    journal.record(lc.calibrate([1, 2], 2, "crisp"), name="A")
    assert journal.entries[0].subject == "A"
    with pytest.raises(InputError, match="cannot be read: no such file"):
        lc.QcaJournal.read(tmp_path / "nowhere")
    with pytest.raises(InputError):
        journal.write(tmp_path)
    with pytest.raises(InputError, match="without a time zone"):
        lc.QcaJournal(clock=lambda: datetime(2026, 1, 1)).record(rich())
    assert lc.QcaJournal().record(rich()).name == "RICH"


def test_the_clock_of_the_machine_is_asked_when_none_is_given():
    log = lc.QcaJournal()
    before = datetime.now(UTC).replace(microsecond=0)
    log.record(rich())
    assert before <= datetime.fromisoformat(log.entries[0].time) <= datetime.now(UTC)


def test_what_two_writers_add_at_once_is_all_there(tmp_path):
    file = tmp_path / "log.jsonl"

    def add(number):
        with lc.QcaJournal.adding_to(file, "towns") as log:
            log.record(rich(), f"writer {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    log = lc.QcaJournal.read(file)
    assert log.study == "towns"
    assert sorted(e.reason for e in log.entries) == sorted(f"writer {k}" for k in range(24))
    assert [p.name for p in tmp_path.iterdir()] == ["log.jsonl"]


def test_a_log_that_is_held_is_named_and_a_forgotten_lock_is_taken(tmp_path, monkeypatch):
    file, lock = tmp_path / "log.jsonl", tmp_path / ".log.jsonl.lock"
    lock.touch()
    monkeypatch.setattr(journal_lock, "PATIENCE", 0.0)
    with (
        pytest.raises(InputError, match=r"another process.*\.log\.jsonl\.lock"),
        lc.QcaJournal.adding_to(file),
    ):
        pass
    assert not file.exists()
    monkeypatch.setattr(journal_lock, "PATIENCE", 30.0)
    os.utime(lock, (0, 0))
    with lc.QcaJournal.adding_to(file) as log:
        log.record(rich())
    assert len(lc.QcaJournal.read(file)) == 1
    with pytest.raises(InputError, match="result"), lc.QcaJournal.adding_to(file) as log:
        log.record(lc.Text("no", "否"))
    assert len(lc.QcaJournal.read(file)) == 1
    assert not lock.exists()
    (tmp_path / "plain").touch()
    with (
        pytest.raises(InputError, match="cannot be written"),
        lc.QcaJournal.adding_to(tmp_path / "plain" / "log"),
    ):
        pass
