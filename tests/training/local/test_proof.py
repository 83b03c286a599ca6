"""A trained model is proved by its record, down to the samples it learnt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from palms_spec.errors import UsageError
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.verify import verify
from tests.training.datasets import pairs, write_dataset
from tests.training.local.local_jobs import started
from tests.training.local.tiny_models import make_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A project with a model that was trained in it."""
    project = write_dataset(
        tmp_path_factory.mktemp("proof"), pairs(12), "splits: {train: 0.7, validation: 0.3, test: 0}\n"
    )
    compile_dataset("small", project, targets=["trl"], out=project / "build/small", lint=False)
    base = make_model(project / "base", [text for pair in pairs(12) for text in pair.values()])
    job = started(project / ".palms/local", base, project / "build/small/trl", epochs=1, lora_rank=2)
    assert job.state == "succeeded", job.error
    return project, Path(job.result).relative_to(project)


@pytest.fixture
def project(tmp_path, trained, monkeypatch):
    """A copy to change."""
    origin, model = trained
    shutil.copytree(origin, tmp_path / "copy")
    record = tmp_path / "copy" / model / "training.json"
    value = json.loads(record.read_text())
    value["base"]["model"] = "base"
    record.write_text(json.dumps(value))
    monkeypatch.chdir(tmp_path / "copy")
    return Path(model)


def differences(model):
    return [(one.about, one.path) for one in verify(model).differences]


def test_what_nobody_touched_is_proved(project):
    found = verify(project)
    assert found.differences == []
    assert found.made_again
    assert found.model is not None
    assert found.model.base
    assert verify(project / "training.json").differences == []


@pytest.mark.parametrize("name", ["model.safetensors", "adapter/adapter_model.safetensors", "tokenizer.json"])
def test_one_bit_of_the_model(project, name):
    data = bytearray((project / name).read_bytes())
    data[-9] ^= 1
    (project / name).write_bytes(data)
    assert differences(project) == [("output", name)]


def test_files_that_are_gone_or_new(project):
    (project / "generation_config.json").unlink()
    (project / "adapter/new").touch()
    assert differences(project) == [("output", "adapter/new"), ("output", "generation_config.json")]


def test_another_base(project):
    (Path("base") / "config.json").write_text("{}")
    assert differences(project) == [("base", "config.json")]
    shutil.rmtree("base")
    found = verify(project)
    assert found.differences == []
    assert found.model is not None
    assert not found.model.base


def test_other_samples(project):
    rows = Path("data/samples/rows.jsonl")
    rows.write_text(rows.read_text().replace("Question 7", "Question 8"))
    assert differences(project) == [("source", "data/samples/rows.jsonl")]


def test_rows_that_the_manifest_does_not_name(project):
    value = json.loads((project / "training.json").read_text())
    value["data"]["training"]["rows_sha256"] = "0" * 64
    (project / "training.json").write_text(json.dumps(value))
    (found,) = verify(project).differences
    assert found.message == "the training rows are none that the manifest of the data names"


def test_another_manifest_of_the_data(project):
    path = project / "data-manifest.json"
    path.write_bytes(path.read_bytes() + b"\n")
    assert differences(project) == [("output", "data-manifest.json"), ("source", "data-manifest.json")]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"palms_training": 1}', '{"palms_training": 1, "outputs": 3}'])
def test_what_is_no_record_is_said(project, content):
    (project / "training.json").write_text(content)
    with pytest.raises(UsageError, match="has not the parts of a record"):
        verify(project)


def test_a_record_of_another_form(project):
    (project / "training.json").write_text('{"palms_training": 2}')
    with pytest.raises(UsageError, match="another form"):
        verify(project)
