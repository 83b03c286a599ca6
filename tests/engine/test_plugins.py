"""Rules of another distribution, found by its entry point: built, installed, and run by the command."""

from __future__ import annotations

import shutil
import sys

import pytest

from palms_spec.engine.cache import Cache
from palms_spec.engine.plugins import plugin_records
from palms_spec.errors import ConfigurationError
from tests.cli.running import HEAVY, imported, palms
from tests.distributions.building import ACME, install
from tests.projects import write_files, write_project

SHOUTED = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is it a cold?\n\nAsk a doctor, RIGHT NOW.\n"
CONFIGURATION = 'rules-version = 1\nplugins = ["acme"]\n[lint]\nselect = ["ACME", "rule-crashed"]\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return install(ACME, tmp_path_factory.mktemp("acme") / "site")


@pytest.fixture
def project(tmp_path, site):
    return write_project(tmp_path, {"palms.toml": CONFIGURATION, "datasets/example/samples/loud.md": SHOUTED})


def _palms(*arguments, cwd, site):
    return palms(*arguments, cwd=cwd, PYTHONPATH=str(site))


def test_its_rule_runs(project, site):
    done = _palms("lint", "--output-format", "concise", cwd=project, site=site)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0] == (
        "datasets/example/samples/loud.md:7:15: warning ACME001 shouted-words RIGHT NOW is shouted"
    )


def test_its_rule_has_settings(project, site):
    given = ("--config", 'lint.rules.shouted-words.allowed=["RIGHT NOW"]')
    assert _palms("lint", *given, cwd=project, site=site).returncode == 0
    done = _palms("lint", "--config", "lint.rules.shouted-words.alowed=[]", cwd=project, site=site)
    assert "lint.rules.shouted-words: there is no setting alowed; did you mean allowed?" in done.stderr


def test_its_rule_runs_in_several_processes(project, site):
    rows = '{"prompt": "Why?", "completion": "' + "So it is, and so it was. " * 100 + '"}\n'
    (project / "rows.jsonl").write_text(rows * 10_000 + rows.replace("So it is", "SO IT IS", 1))
    done = _palms("lint", "rows.jsonl", "--jobs", "2", "--output-format", "concise", cwd=project, site=site)
    assert done.stdout.splitlines()[0] == "rows.jsonl:10001:35: warning ACME001 shouted-words SO IT IS is shouted"


def test_its_rule_explains_itself_and_runs_on_its_examples(project, site):
    page = _palms("rule", "ACME001", cwd=project, site=site).stdout
    assert page.startswith("shouted-words (ACME001)\n")
    assert "comes from  plug-in acme" in page
    done = _palms("rule", "--test", cwd=project, site=site)
    assert done.stdout == "plug-in acme\n  passed   shouted-words: 1 example, 1 near miss\n\n1 rule passed.\n"
    assert done.returncode == 0


def test_a_run_in_which_nothing_changed_imports_none_of_its_modules(project, site):
    _palms("lint", cwd=project, site=site)
    modules = imported("lint", cwd=project, PYTHONPATH=str(site))
    assert modules.isdisjoint(HEAVY)
    assert not [name for name in modules if name.startswith(("acme_rules", "palms_spec.rules."))]


def test_a_change_of_its_code_is_seen_at_once(project, site, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")
    assert _palms("lint", cwd=project, site=copy).returncode == 1
    rule = copy / "acme_rules/style/shouted_words.py"
    rule.write_text(rule.read_text().replace("is shouted", "is loud"))
    assert "RIGHT NOW is loud" in _palms("lint", cwd=project, site=copy).stdout


def test_it_is_used_only_where_it_is_named(project, site):
    write_files(project, {"palms.toml": "rules-version = 1\n"})
    assert "ACME" not in _palms("lint", cwd=project, site=site).stdout
    done = _palms("lint", "--select", "ACME", cwd=project, site=site)
    assert done.stderr.startswith("error: there is no rule ACME")


def test_one_that_is_not_installed(project, site):
    done = palms("lint", cwd=project)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: plug-in acme is not installed")
    done = _palms("lint", "--config", 'plugins=["acm"]', cwd=project, site=site)
    assert done.stderr.startswith("error: plug-in acm is not installed; did you mean acme?\n")


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """What gives a plug-in with modules of these texts, as if it were installed."""

    def _plugin(**modules):
        files = {f"broken_rules/{name}.py": text for name, text in modules.items()}
        metadata = "Metadata-Version: 2.1\nName: broken\nVersion: 1\n"
        points = "[palms.rules]\nbroken = broken_rules\n"
        folder = "broken-1.dist-info"
        write_files(tmp_path, {**files, f"{folder}/METADATA": metadata, f"{folder}/entry_points.txt": points})
        monkeypatch.syspath_prepend(str(tmp_path))
        for name in [name for name in sys.modules if name.startswith("broken_rules")]:
            monkeypatch.delitem(sys.modules, name)
        return plugin_records(["broken"], Cache(None))

    return _plugin


@pytest.mark.parametrize(
    ("modules", "problem"),
    [
        ({"__init__": "", "one": "1 / 0\n"}, "plug-in broken cannot be loaded: ZeroDivisionError: division by zero"),
        ({"__init__": "", "one": "import nowhere_at_all\n"}, "plug-in broken cannot be loaded: ModuleNotFoundError"),
        ({"__init__": "", "one": "two = 1\n"}, "plug-in broken: broken_rules.one does not define the rule one"),
        ({"__init__": ""}, "plug-in broken: broken_rules holds no rules"),
    ],
)
def test_one_that_cannot_be_loaded_is_an_error_of_the_configuration(plugin, modules, problem):
    with pytest.raises(ConfigurationError) as caught:
        plugin(**modules)
    assert caught.value.problems[0].startswith(problem)


def test_one_that_takes_a_name_of_palms_is_refused(project, site, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")
    rule = copy / "acme_rules/style/shouted_words.py"
    rule.write_text(rule.read_text().replace("ACME001", "SAM004"))
    done = _palms("lint", cwd=project, site=copy)
    assert done.stderr.startswith("error: plug-in acme brings a rule SAM004, which palms has already\n")
