"""Long work in the background: shared by who asks the same, stopped by the last who waits, bounded, and ended with the server."""

import importlib
import re
import threading
import time

import pytest
from django.test import Client

import learningcity as lc
from learningcity.web import jobs, kept, waiting
from learningcity.web.jobs import BusyError, Desk
from learningcity.web.screens.paths import answer

PAGE = "/en/paths?outcome=inclusive&permutations=77&seed=5"


class Slow:
    """Work in steps that wait until the test lets them go."""

    def __init__(self, result="result"):
        self.result, self.runs, self.ended = result, 0, threading.Event()
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, progress):
        self.runs += 1
        try:
            progress(1, 4)
            self.begun.set()
            for _ in range(20_000):
                if self.go.wait(0.005):
                    break
                progress(1, 4)
            progress(4, 4)
            return self.result
        finally:
            self.ended.set()


@pytest.fixture
def desk():
    found = Desk()
    yield found
    found.close()


def until(true):
    for _ in range(12_000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it did not come about")


def test_who_asks_the_same_shares_one_job(desk):
    work, other = Slow(), Slow("another")
    first = desk.ask("a", work, "ann", 0.0)
    second = desk.ask("a", other, "bob", 0.0)
    assert first is second
    assert work.begun.wait(60)
    assert (first.state, first.share) == ("running", 0.25)
    work.go.set()
    until(lambda: not first.open)
    assert (first.state, first.result, work.runs, other.runs) == ("done", "result", 1, 0)
    assert desk.ask("a", other, "eve", 0.0).result == "result"
    assert other.runs == 0


def test_to_stop_takes_the_work_from_nobody_else(desk):
    work = Slow()
    job = desk.ask("a", work, "ann", 0.0)
    desk.ask("a", work, "bob", 0.0)
    assert work.begun.wait(60)
    desk.stop(job.id, "ann")
    desk.stop(job.id, "ann")
    assert desk.look(job.id, "ann") is None
    assert not work.ended.wait(0.2)
    desk.stop(job.id, "bob")
    assert work.ended.wait(60)
    until(lambda: job.state == "ended")
    assert job.result is None
    again = Slow()
    assert desk.ask("a", again, "ann", 0.0) is not job
    again.go.set()


def test_a_stranger_stops_nothing(desk):
    work = Slow()
    job = desk.ask("a", work, "ann", 0.0)
    assert work.begun.wait(60)
    desk.stop(job.id, "somebody")
    desk.stop("no such job", "ann")
    assert not work.ended.wait(0.2)
    work.go.set()
    until(lambda: job.state == "done")


def test_a_job_ends_when_nobody_looks_any_more():
    now = [0.0]
    desk = Desk(clock=lambda: now[0])
    works = [Slow() for _ in range(jobs.WORKERS + 1)]
    asked = [desk.ask(k, work, "ann", 0.0) for k, work in enumerate(works)]
    assert all(work.begun.wait(60) for work in works[: jobs.WORKERS])
    now[0] = jobs.ABANDONED / 2
    assert desk.look(asked[0].id, "ann") is asked[0]
    now[0] = jobs.ABANDONED + 1
    assert works[1].ended.wait(60)
    assert not works[0].ended.wait(0.1), "one page still asks"
    until(lambda: asked[-1].state == "ended")
    assert works[-1].runs == 0, "nobody waits for what has not begun"
    desk.close()


def test_a_job_ends_when_it_takes_too_long():
    now = [0.0]
    desk = Desk(clock=lambda: now[0])
    work = Slow()
    job = desk.ask("a", work, "ann", 0.0)
    assert work.begun.wait(60)
    for _ in range(4):
        now[0] += jobs.MOST_SECONDS / 3
        desk.look(job.id, "ann")
    until(lambda: job.state == "long")
    assert desk.ask("a", Slow(), "bob", 0.0).state == "long"
    desk.close()


def test_the_queue_is_bounded_and_moves_on(desk):
    works = [Slow(k) for k in range(jobs.WORKERS + jobs.MOST_WAITING)]
    for k, work in enumerate(works):
        desk.ask(k, work, f"visitor {k}", 0.0)
        if k < jobs.WORKERS:
            assert work.begun.wait(60)
    with pytest.raises(BusyError):
        desk.ask("one more", Slow(), "late", 0.0)
    # Who waits already is not turned away, and who stops makes room.
    waiting_job = desk.ask(len(works) - 1, works[-1], "visitor 0", 0.0)
    assert waiting_job.state == "waiting"
    desk.stop(jobs.name_of(jobs.WORKERS), f"visitor {jobs.WORKERS}")
    desk.ask("one more", works[-1], "late", 0.0)
    for work in works:
        work.go.set()
    until(lambda: not desk.queue and not desk.jobs)
    assert works[jobs.WORKERS].runs == 0


def test_the_end_of_the_server_ends_all_jobs(desk):
    works = [Slow() for _ in range(jobs.WORKERS + 1)]
    asked = [desk.ask(k, work, "ann", 0.0) for k, work in enumerate(works)]
    assert works[0].begun.wait(60)
    desk.close()
    assert works[0].ended.wait(60)
    until(lambda: all(job.state == "ended" for job in asked))
    with pytest.raises(BusyError):
        desk.ask("b", Slow(), "ann", 0.0)


def test_what_cannot_be_computed_is_told_each_time_and_a_fault_of_ours_breaks_nothing(desk, caplog):
    def break_down(progress):
        raise ZeroDivisionError

    assert str(desk.ask("a", refuse, "ann", 5.0).error) == "nothing varies"
    assert desk.ask("b", break_down, "ann", 5.0).state == "failed"
    assert "ZeroDivisionError" in caplog.text


def test_few_requests_hold_a_thread_and_the_next_is_answered_at_once(desk, monkeypatch):
    waits = []

    def ask(key, make, ticket, seconds):
        waits.append(seconds)
        if len(waits) <= jobs.MOST_HELD:
            # While this one waits another comes.
            desk.ask_patiently(key, make, ticket, 60.0)

    monkeypatch.setattr(desk, "ask", ask)
    for _ in range(2):
        desk.ask_patiently("a", refuse, "files", 60.0)
        assert waits == [60.0] * jobs.MOST_HELD + [0.0]
        waits.clear()


def test_results_are_kept_in_bounded_number(desk, monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 3)
    for k in range(6):
        desk.ask(k, lambda progress, k=k: k, "ann", 5.0)
    assert sorted(desk.results) == [3, 4, 5]


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch):
    """The permutation test of the page, slow; a desk of its own."""
    work, desk = Slow(), Desk()
    real = answer.permutation_work

    def played(found):
        one = real(found)

        def make(progress):
            work(progress)
            return one.make(progress)

        return waiting.Long(one.name, one.key, make, one.what)

    monkeypatch.setattr("learningcity.web.screens.paths.page.permutation_work", played)
    monkeypatch.setattr(jobs, "DESK", desk)
    monkeypatch.setattr(jobs, "GRACE", 0.05)
    kept.forget()
    yield work
    desk.close()
    kept.forget()


def again(text):
    return re.search(r'<noscript><meta http-equiv="refresh" content="3; url=([^"]+)"></noscript>', text)[1].replace(
        "&amp;", "&"
    )  # fmt: skip


def stop_address(text):
    form = re.search(r'<form class="job-stop" action="([^"]+)".*?</form>', text, re.S)
    fields = re.findall(r'name="(\w+)" value="([^"]+)"', form[0])
    return f"{form[1]}?" + "&".join(f"{name}={value}" for name, value in fields)


def test_a_page_answers_at_once_and_holds_the_result_when_it_is_done(slow):
    client = Client()
    first = client.get(PAGE)
    text = first.content.decode()
    assert first.status_code == 200
    assert "no-store" in first.headers["Cache-Control"]
    assert "<progress" in text
    assert "25%" in text
    assert "of 0" not in text
    assert 'id="rows"' in text, "what is quick is there"
    address = again(text)
    assert "25%" in client.get(address).content.decode()
    slow.go.set()
    until(lambda: jobs.DESK.results)
    done = client.get(address)
    assert (done.status_code, done.headers["Location"]) == (302, PAGE)
    text = client.get(PAGE).content.decode()
    assert "Of 77 shuffled outcomes" in text
    assert "http-equiv" not in text
    assert slow.runs == 1


def test_two_visitors_share_and_one_may_stop(slow):
    ann, bob = Client(), Client()
    hers, his = ann.get(PAGE).content.decode(), bob.get(PAGE).content.decode()
    assert again(hers) != again(his)
    stopped = ann.get(stop_address(hers), follow=True)
    text = stopped.content.decode()
    assert "You stopped this computation" in text
    assert "http-equiv" not in text, "it does not ask again by itself"
    assert f'href="{PAGE}"'.replace("&", "&amp;") in text
    assert "<progress" in bob.get(again(his)).content.decode()
    # Twice is once; and a reload stays stopped.
    assert "You stopped" in ann.get(stop_address(hers), follow=True).content.decode()
    slow.go.set()
    until(lambda: jobs.DESK.results)
    assert bob.get(again(his), follow=True).content.decode().count("Of 77 shuffled") == 1
    assert slow.runs == 1


def test_the_last_who_stops_ends_the_work_and_it_can_be_asked_for_again(slow):
    client = Client()
    text = client.get(PAGE).content.decode()
    assert slow.begun.wait(60)
    client.get(stop_address(text))
    assert slow.ended.wait(60)
    assert not jobs.DESK.results
    slow.go.set()
    assert client.get(PAGE).status_code == 200
    until(lambda: jobs.DESK.results)
    assert slow.runs == 2


def test_a_page_asks_anew_when_the_data_change_and_the_old_work_ends(slow):
    client = Client()
    text = client.get(PAGE).content.decode()
    poll = re.search(r'data-hx-get="([^"]+)"', text)[1].replace("&amp;", "&")
    assert slow.begun.wait(60)
    jobs.DESK.forget()
    assert client.get(poll).headers["HX-Refresh"] == "true"
    assert slow.ended.wait(60)
    assert "<progress" in client.get(again(text)).content.decode()
    until(lambda: slow.runs == 2)
    slow.go.set()


def test_a_page_that_is_remembered_no_more_still_stops_its_work(slow, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_TICKETS", 1)
    first, _ = (Client().get(page).content.decode() for page in (PAGE, PAGE.replace("seed=5", "seed=6")))
    assert len(jobs.DESK.tickets) == 1
    assert slow.begun.wait(60)
    assert sorted(job.key[2].seed for job in jobs.DESK.jobs.values()) == [5, 6]
    assert Client().get(stop_address(first)).headers["Location"] == "/en/analysis"
    assert [job.key[2].seed for job in jobs.DESK.jobs.values()] == [6]
    slow.go.set()


def test_a_prefetch_and_a_stranger_stop_nothing(slow):
    client = Client()
    text = client.get(PAGE).content.decode()
    assert slow.begun.wait(60)
    for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
        assert client.get(stop_address(text), headers=header).status_code == 204
    forged = re.sub(r"job=[^&]+", "job=" + "A" * 22, stop_address(text))
    assert client.get(forged).headers["Location"] == "/en/analysis"
    assert client.get("/en/jobs/stop").headers["Location"] == "/en/analysis"
    assert not slow.ended.wait(0.1)
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(stop_address(text)).status_code == 405


def test_a_script_is_told_the_share_alone_and_then_to_load_the_page_anew(slow):
    client = Client()
    text = client.get(PAGE.replace("/en/", "/zh/")).content.decode()
    assert slow.begun.wait(60)
    poll = re.search(r'data-hx-get="([^"]+)"', text)[1].replace("&amp;", "&")
    told = client.get(poll)
    assert 'value="25"' in told.content.decode()
    assert "正在计算" in told.content.decode()
    assert "no-store" in told.headers["Cache-Control"]
    slow.go.set()
    until(lambda: jobs.DESK.results)
    assert client.get(poll).headers["HX-Refresh"] == "true"
    assert client.get("/zh/jobs/share?job=x&work=y").headers["HX-Refresh"] == "true"


def test_a_script_that_asks_while_the_stop_is_on_its_way_does_not_ask_for_the_work_again(slow):
    client = Client()
    text = client.get(PAGE).content.decode()
    assert slow.begun.wait(60)
    poll = re.search(r'data-hx-get="([^"]+)"', text)[1].replace("&amp;", "&")
    client.get(stop_address(text))
    told = client.get(poll)
    assert (told.status_code, told.headers.get("HX-Refresh")) == (286, None)
    assert "You stopped this" in told.content.decode()


def test_too_many_at_a_time_are_told_that_the_server_is_busy(slow, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_WAITING", 0)
    text = Client().get(PAGE).content.decode()
    assert "as much to compute as it can hold" in text
    assert 'id="rows"' in text
    assert slow.runs == 0


ANALYSES = ("styles", "background", "coders", "necessary")


@pytest.fixture(params=ANALYSES)
def analysis(request, monkeypatch):
    """A screen whose whole answer is slow, and at the end tells nothing; a desk of its own, and of its pages none kept."""
    work, desk = Slow(), Desk()
    module = importlib.import_module(f"learningcity.web.screens.{request.param}.answer")
    real = module.work

    def played(question):
        def make(progress):
            work(progress)
            refuse(progress)

        one = real(question)
        return waiting.Long(one.name, one.key, make, one.what)

    monkeypatch.setattr(module, "work", played)
    monkeypatch.setattr(jobs, "DESK", desk)
    monkeypatch.setattr(jobs, "GRACE", 0.05)
    monkeypatch.setattr(waiting, "FILES_WAIT", 0.05)
    yield request.param, work
    desk.close()


@pytest.mark.parametrize(("language", "heading"), [("en", "The answer"), ("zh", "结果")])
def test_an_analysis_waits_as_a_whole_with_its_form_and_commands(analysis, language, heading):
    name, work = analysis
    client, page = Client(), f"/{language}/{name}?seed=77"
    first = client.get(page)
    text = first.content.decode()
    assert first.status_code == 200
    assert "no-store" in first.headers["Cache-Control"]
    assert work.begun.wait(60)
    assert "25%" in client.get(again(text)).content.decode()
    assert f">{heading}</h2>" in text
    assert (f'action="/{language}/{name}"' in text) is (name != "coders"), (
        "that form opens what the answer has"
    )
    assert re.search(r"<pre[^>]*>learningcity explain \w+ --atlas .*--seed 77", text)
    assert "--outcome" not in text, "which theme the levels are of is not known yet"
    recipes = re.findall(r'href="([^"]+\.toml[^"]*)"', text)
    assert len(recipes) == 1
    assert b"seed = 77" in client.get(recipes[0]).content
    file = client.get(page.replace(f"/{name}?", f"/{name}.csv?"))
    assert (file.status_code, file.headers["Retry-After"], file.headers["Cache-Control"]) == (
        503,
        "10",
        "no-store",
    )
    assert waiting.WORDS["later"].in_(language) in file.content.decode()
    work.go.set()
    until(lambda: jobs.DESK.results)
    done = client.get(again(text))
    assert (done.status_code, done.headers["Location"]) == (302, page)
    text = client.get(page).content.decode()
    assert "nothing varies" in text
    assert "http-equiv" not in text
    assert work.runs == 1


def test_of_two_who_wait_for_an_analysis_one_stops_and_the_last_ends_it(analysis):
    name, work = analysis
    ann, bob = Client(), Client()
    hers, his = (one.get(f"/en/{name}?seed=78").content.decode() for one in (ann, bob))
    assert work.begun.wait(60)
    text = ann.get(stop_address(hers), follow=True).content.decode()
    assert "You stopped this computation" in text
    assert "http-equiv" not in text
    assert "<progress" in bob.get(again(his)).content.decode()
    assert not work.ended.is_set()
    bob.get(stop_address(his))
    assert work.ended.wait(60)
    assert (work.runs, len(jobs.DESK.results)) == (1, 0)


@pytest.mark.parametrize("analysis", ["styles"], indirect=True)
def test_divided_as_asked_waits_beside_the_number_left_open(analysis):
    text = Client().get("/en/styles?k=4&seed=79").content.decode()
    assert text.count('class="notice job"') == 2
    assert "The cities divided into 4 styles" in text
    assert "every number of styles" in text
    analysis[1].go.set()


def test_who_is_no_visitor_waits_to_the_end_and_what_is_there_is_given_without_work(slow, monkeypatch):
    long = waiting.Long("chance", "to the end", slow, lc.Text("x", "题"))
    assert waiting.there(long) is None
    assert slow.runs == 0
    monkeypatch.setattr(waiting, "SIGN", 0.01)
    monkeypatch.setattr(waiting, "FILES_WAIT", 0.0)
    with pytest.raises(lc.InputError, match="in a moment"):
        waiting.now(long)
    threading.Thread(target=lambda: slow.begun.wait(60) and slow.go.set()).start()
    assert waiting.made(long) == waiting.there(long) == "result"
    with pytest.raises(lc.InputError, match="nothing varies"):
        waiting.made(waiting.Long("chance", "refused", refuse, lc.Text("x", "题")))
    # Where the desk is full it is done at once, and by who asks.
    monkeypatch.setattr(jobs, "MOST_WAITING", 0)
    assert (
        waiting.made(waiting.Long("chance", "another", lambda progress: progress(1, 1), lc.Text("x", "题")))
        is None
    )
    assert slow.runs == 1


def test_what_was_made_of_other_data_is_not_found(desk, monkeypatch):
    monkeypatch.setattr(jobs, "DESK", desk)
    long = waiting.Long("chance", "the same", lambda progress: "old", lc.Text("x", "题"))
    slow = Slow("of the old data")
    late = waiting.Long("chance", "late", slow, lc.Text("x", "题"))
    assert waiting.made(long) == "old"
    job = desk.ask(late.whole, late.make, "ann", 0.0)
    desk.forget()
    slow.go.set()
    until(lambda: not job.open)
    assert waiting.there(long) is waiting.there(late) is None


def test_a_file_waits_a_moment_and_then_says_to_come_back(slow, monkeypatch):
    monkeypatch.setattr(waiting, "FILES_WAIT", 0.05)
    long = waiting.Long("chance", "the same", slow, lc.Text("x", "题"))
    with pytest.raises(lc.InputError, match="Ask for it again in a moment"):
        waiting.now(long)
    assert slow.begun.wait(60)
    slow.go.set()
    until(lambda: jobs.DESK.results)
    assert waiting.now(long) == "result"
    assert slow.runs == 1
    with pytest.raises(lc.InputError, match="nothing varies"):
        waiting.now(waiting.Long("chance", "another", refuse, lc.Text("x", "题")))


def refuse(progress):
    raise lc.InputError("nothing varies")


def test_while_a_slider_is_drawn_nothing_long_begins(slow):
    client = Client()
    text = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "Not computed while you try things out" in text
    assert slow.runs == 0
    assert "<progress" in client.get(PAGE).content.decode(), "nothing of the other answer was kept"


def test_an_odd_ticket_is_none(slow):
    slow.go.set()
    jobs.GRACE = 60.0
    for odd in ("x", "A" * 22, "../..", "%00", "A" * 5000):
        response = Client().get(f"{PAGE}&job={odd}")
        assert (response.status_code, response.headers["Location"]) == (302, PAGE)


def test_many_draws_of_an_index_come_later_and_fewer_are_shown_meanwhile(monkeypatch):
    desk = Desk()
    monkeypatch.setattr(jobs, "DESK", desk)
    monkeypatch.setattr(jobs, "WORKERS", 0)
    monkeypatch.setattr(jobs, "GRACE", 0.0)
    kept.forget()
    client = Client()
    address = "/en/index?draws=20000&seed=4"
    text = client.get(address).content.decode()
    assert "Over 1,000 draws" in text
    assert "20,000 draws; meanwhile the intervals are those of 1,000" in text
    assert "Waiting for its turn" in text
    monkeypatch.setattr(jobs, "WORKERS", 1)
    monkeypatch.setattr(jobs, "GRACE", 60.0)
    with desk.turn:
        desk._call_worker()
    until(lambda: desk.results)
    done = client.get(again(text), follow=True)
    assert done.redirect_chain == [(address, 302)]
    text = done.content.decode()
    assert "Over 20,000 draws" in text
    assert "meanwhile" not in text
    desk.close()
    kept.forget()
