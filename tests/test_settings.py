"""What the environment may say, and what a process refuses to start with."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from portal.settings import (
    ConfigurationError,
    SiteFacts,
    Surface,
    demo_mark,
    read_or_create_key,
    read_settings,
    read_site_facts,
)

REGISTRY = "postgresql://office@db/registry"


def mode(path: Path) -> int:
    """Permission bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_without_a_word_the_surface_is_the_public_one(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)})
    assert settings.surface is Surface.PUBLIC
    assert settings.registry_url is None


@pytest.mark.parametrize("surface", ["", "Public", "both", "office "])
def test_an_unknown_surface_is_refused(home: Path, surface: str) -> None:
    with pytest.raises(ConfigurationError, match="PORTAL_SURFACE must be public or office"):
        read_settings({"PORTAL_HOME": str(home), "PORTAL_SURFACE": surface})


def test_the_public_surface_refuses_to_know_the_registry(home: Path) -> None:
    environ = {"PORTAL_HOME": str(home), "PORTAL_REGISTRY_URL": REGISTRY}
    with pytest.raises(ConfigurationError, match="PORTAL_REGISTRY_URL") as refusal:
        read_settings(environ)
    assert REGISTRY not in str(refusal.value)


def test_the_refusal_comes_before_anything_is_made(home: Path) -> None:
    with pytest.raises(ConfigurationError):
        read_settings({"PORTAL_HOME": str(home), "PORTAL_REGISTRY_URL": REGISTRY})
    assert not home.exists()


def test_the_office_takes_the_registry_it_is_told(home: Path) -> None:
    environ = {"PORTAL_HOME": str(home), "PORTAL_REGISTRY_URL": REGISTRY}
    assert read_settings(environ, Surface.OFFICE).registry_url == REGISTRY


def test_a_command_may_ask_for_the_office_whatever_the_environment_says(home: Path) -> None:
    environ = {"PORTAL_HOME": str(home), "PORTAL_SURFACE": "public"}
    assert read_settings(environ, Surface.OFFICE).surface is Surface.OFFICE


def test_by_default_all_state_lies_under_the_home(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    assert settings.disclosure_url == f"sqlite:///{home}/public/disclosure.db"
    assert settings.registry_url == f"sqlite:///{home}/office/registry.db"
    assert settings.index_path == home / "public" / "index"
    assert settings.office_dir == home / "office"


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}).home == tmp_path / "instance"


def test_places_can_be_set_one_by_one(home: Path, tmp_path: Path) -> None:
    environ = {
        "PORTAL_HOME": str(home),
        "PORTAL_DISCLOSURE_URL": "postgresql://reader@db/disclosure",
        "PORTAL_INDEX": str(tmp_path / "elsewhere"),
        "PORTAL_HTTPS": "1",
    }
    settings = read_settings(environ)
    assert settings.disclosure_url == "postgresql://reader@db/disclosure"
    assert settings.index_path == tmp_path / "elsewhere"
    assert settings.https


def test_the_public_surface_makes_no_office(home: Path) -> None:
    read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC)
    assert not (home / "office").exists()


def test_nobody_else_may_look_into_the_office_folder(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    assert mode(settings.office_dir) == 0o700


def test_each_surface_keeps_a_key_of_its_own(home: Path) -> None:
    environ = {"PORTAL_HOME": str(home)}
    public = read_settings(environ, Surface.PUBLIC)
    office = read_settings(environ, Surface.OFFICE)
    assert public.secret_key != office.secret_key
    assert read_settings(environ, Surface.PUBLIC).secret_key == public.secret_key
    assert read_settings(environ, Surface.OFFICE).secret_key == office.secret_key


def test_one_secret_makes_a_key_for_each_surface(home: Path) -> None:
    def key(secret: str, surface: Surface) -> str:
        environ = {"PORTAL_HOME": str(home), "PORTAL_SECRET_KEY": secret}
        return read_settings(environ, surface).secret_key

    secret = "a secret of the operator"
    keys = [key(secret, surface) for surface in Surface]
    assert keys == [key(secret, surface) for surface in Surface]
    assert len({*keys, secret}) == 3
    assert all(len(key) == 64 for key in keys)
    assert key("another", Surface.PUBLIC) not in keys


@pytest.mark.parametrize(
    ("written", "address"),
    [("10.0.0.1", "10.0.0.1"), (" ::1 ", "::1"), ("", None), (None, None)],
)
def test_the_proxy_is_named_by_its_address(
    home: Path, written: str | None, address: str | None
) -> None:
    environ = {"PORTAL_HOME": str(home)} | ({"PORTAL_TRUSTED_PROXY": written} if written else {})
    assert read_settings(environ).trusted_proxy == address


@pytest.mark.parametrize("written", ["*", "proxy.internal", "10.0.0.0/8", "10.0.0.1,10.0.0.2"])
def test_a_proxy_that_is_no_single_address_is_refused(home: Path, written: str) -> None:
    with pytest.raises(ConfigurationError, match="PORTAL_TRUSTED_PROXY 应为反向代理的 IP 地址"):
        read_settings({"PORTAL_HOME": str(home), "PORTAL_TRUSTED_PROXY": written})


def test_the_public_surface_has_no_publication_key(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC)
    with pytest.raises(ConfigurationError, match="no publication key"):
        _ = settings.publication_key


def test_the_publication_key_stays_the_same_between_processes(home: Path) -> None:
    environ = {"PORTAL_HOME": str(home)}
    keys = {read_settings(environ, Surface.OFFICE).publication_key for _ in range(3)}
    assert len(keys) == 1


def test_a_key_file_is_for_its_owner_alone_and_leaves_no_draft(tmp_path: Path) -> None:
    key = read_or_create_key(tmp_path / "session.key")
    assert len(key) >= 64
    assert mode(tmp_path / "session.key") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["session.key"]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    keys: list[str] = []

    def make() -> None:
        start.wait()
        keys.append(read_or_create_key(tmp_path / "session.key"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("environ", "seeded", "demo"),
    [
        ({}, False, True),
        ({"PORTAL_DEMO": "1"}, False, True),
        ({"PORTAL_DEMO": "0"}, False, False),
        # Invented data can never pass for real, whatever the environment says.
        ({"PORTAL_DEMO": "0"}, True, True),
    ],
)
def test_when_pages_say_that_the_data_is_invented(
    home: Path, environ: dict[str, str], seeded: bool, demo: bool
) -> None:
    home.mkdir()
    if seeded:
        demo_mark(home).touch()
    assert read_settings({"PORTAL_HOME": str(home), **environ}).demo is demo


def test_the_site_names_no_telephone_of_its_own_invention(home: Path) -> None:
    facts = read_settings({"PORTAL_HOME": str(home)}).site
    assert facts == SiteFacts()
    assert facts.telephone == "12368"
    assert "填" in facts.icp_number and "填" in facts.police_number


def test_the_operator_fills_in_the_footer(home: Path) -> None:
    home.mkdir()
    (home / "site.toml").write_text('address = "某路1号"\nicp_number = "ICP备1号"\n', "utf-8")
    site = read_settings({"PORTAL_HOME": str(home)}).site
    assert (site.address, site.icp_number) == ("某路1号", "ICP备1号")
    assert site.operator == SiteFacts().operator


def test_a_court_may_have_a_number_of_its_own(home: Path) -> None:
    home.mkdir()
    (home / "site.toml").write_text("[court_telephones]\n'辽0803' = '0417-0000000'\n", "utf-8")
    site = read_settings({"PORTAL_HOME": str(home)}).site
    assert site.telephone_of("辽0803") == "0417-0000000"
    assert site.telephone_of("辽0881") == site.telephone


@pytest.mark.parametrize(
    "content",
    ['address = "没有结束', 'colour = "red"', "[address]\nstreet = 1\n[", b"address = '\xff'"],
    ids=["syntax", "unknown key", "broken table", "encoding"],
)
def test_a_footer_file_that_does_not_fit_is_named(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigurationError, match=r"site\.toml"):
        read_site_facts(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("telephone = 12368", "'telephone' 应为文字，请用双引号括起来"),
        ("telephone = true", "'telephone' 应为文字"),
        ("address = ['甲', '乙']", "'address' 应为文字"),
        ("[address]\nstreet = '甲'", "'address' 应为文字"),
        ("icp_number = 2018-04-01", "'icp_number' 应为文字"),
        ("operator = ' '", "'operator' 不能为空"),
        ('operator = "甲\\n乙"', "'operator' 应为一行文字"),
        (f"operator = '{'长' * 201}'", "不超过 200 字"),
        ("court_telephones = '12368'", "'court_telephones' 应为按法院代码"),
        ("[court_telephones]\n'辽0803' = 12368", "'court_telephones.辽0803' 应为文字"),
        ("[court_telephones]\n'辽0803' = ' '", "'court_telephones.辽0803' 不能为空"),
        ("[court_telephones]\n'京01' = '010'", "'court_telephones.京01' 不是可填写的项目"),
        ("colour = 'red'", "'colour' 不是可填写的项目（可填写：operator、"),
        ("address = '没有结束", "不是正确的 TOML"),
    ],
)
def test_what_is_wrong_with_the_footer_file_is_said_in_words(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "site.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as refusal:
        read_site_facts(path)
    assert str(refusal.value).startswith("site.toml ")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("environ", "required"),
    [
        ({}, False),
        ({"PORTAL_DEMO": "0"}, True),
        ({"PORTAL_DEMO": "0", "PORTAL_TOTP": "optional"}, False),
        ({"PORTAL_TOTP": "required"}, True),
    ],
)
def test_real_data_takes_a_second_factor_and_a_demo_does_not(
    tmp_path: Path, environ: dict[str, str], required: bool
) -> None:
    environ = {"PORTAL_HOME": str(tmp_path)} | environ
    assert read_settings(environ, Surface.OFFICE).totp_required is required


def test_a_rule_of_second_factors_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="PORTAL_TOTP"):
        read_settings({"PORTAL_HOME": str(tmp_path), "PORTAL_TOTP": "yes"}, Surface.OFFICE)


def test_the_key_of_second_factors_is_the_offices(tmp_path: Path) -> None:
    environ = {"PORTAL_HOME": str(tmp_path)}
    office = read_settings(environ, Surface.OFFICE)
    assert office.second_factor_key == office.second_factor_key
    assert (tmp_path / "office" / "second-factor.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigurationError):
        _ = read_settings(environ, Surface.PUBLIC).second_factor_key
