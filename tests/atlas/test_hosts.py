"""Whose address it is: no trick of the authority part makes a doubtful host look like another."""

import pytest

import learningcity as lc
from learningcity.atlas import check_atlas_rules
from learningcity.core import read_csv_text

TRICKS = [
    r"https://aminata24.net\@unesco.org/x", "https://user@unesco.org/", "https://%61minata24.net/x",
    "https://www.aminata24。net/x", "https://amin\u00adata24.net/", "https://amin\u200bata24.net/",
    "https://[bad.com/x", "https://a.b℀c.com/", "https://unesco.org:99999999/", "javascript:alert(1)",
    "https://", "https:///x", "https://a..b/", "https://localhost/", "https://uil.unesco.org /", "",
]  # fmt: skip


@pytest.mark.parametrize("url", TRICKS)
def test_a_trick_has_no_host_and_is_refused(url):
    assert lc.host_name(url) is None
    if url:
        own = read_csv_text(f'source_id,title,url,tier\nzz1,T,"{url}",unesco', "sources")
        findings = check_atlas_rules({"sources": own}, only={"sources"})
        assert any((f.column, f.level) == ("url", "error") for f in findings)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.uil.unesco.org/en/x?y=%20z@a", "uil.unesco.org"),
        ("http://EXAMPLE.org:8080/a\\b", "example.org"),
        ("https://bücher.de/", "xn--bcher-kva.de"),
        ("https://a.b", "a.b"),
    ],
)
def test_plain_addresses_have_their_host(url, host):
    assert lc.host_name(url) == host


def test_every_shipped_address_has_a_host(atlas):
    hosts = [lc.host_name(u) for u in atlas.sources["url"]]
    assert len(hosts) == 1199
    assert all(hosts)


def test_a_doubtful_host_is_doubtful_whatever_the_tier_says(atlas):
    doubtful = atlas.sources[atlas.sources["tier"] == "doubtful"]["url"]
    assert len(doubtful) > 80
    assert sum(lc.is_doubtful_host(u) for u in doubtful) >= len(doubtful) - 2
    own = read_csv_text(f"source_id,title,url,tier\nzz1,T,{doubtful.iloc[0]},official", "sources")
    findings = check_atlas_rules({"sources": own}, only={"sources"})
    assert any((f.column, f.level) == ("tier", "error") for f in findings)
