from __future__ import annotations

import pytest

from palms_spec.documents.given import GivenError, parse_given


@pytest.mark.parametrize(
    ("text", "root", "steps", "holds"),
    [
        ("samples[*].completion", "samples", ("completion",), "text"),
        ("samples[*].messages[*].content", "samples", ("messages", "*", "content"), "text"),
        ("samples[*].positions", "samples", ("positions",), "list"),
        ("samples[*].metadata.source.url", "samples", ("metadata", "source", "url"), "any"),
        ("samples[*].metadata['of the source']", "samples", ("metadata", "of the source"), "any"),
        ("spec.categories[*].positions[*].stance", "spec", ("categories", "*", "positions", "*", "stance"), "text"),
        ("spec.governance.sources[*].url", "spec", ("governance", "sources", "*", "url"), "text"),
        ("prompts[*].text", "prompts", ("text",), "text"),
        ("dataset.length.min", "dataset", ("length", "min"), "value"),
    ],
)
def test_a_path_leads_into_a_document(text, root, steps, holds):
    given = parse_given(text)
    assert (given.root, given.steps, given.holds) == (root, steps, holds)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("samples.completion", "does not begin with one of", "write samples[*]"),
        ("sample[*].completion", "does not begin with one of", "did you mean samples[*]?"),
        ("samples[*].complation", "has no field complation", "did you mean completion?"),
        ("samples[*]", "names no field", ""),
        ("samples[*].prompt.x", "holds no fields", "end the path at samples[*].prompt"),
        ("samples[*].id[*]", "is no list", "leave out [*]"),
        ("spec.categories.positions", "is a list", "write spec.categories[*].positions"),
        ("spec.governance", "holds several fields", "name one of owners, consulted, sources, dissent"),
        ("spec.title!", "is no step of a path", "write .name, or [*] for every item of a list"),
    ],
)
def test_a_path_that_leads_nowhere_is_explained(text, message, hint):
    with pytest.raises(GivenError) as caught:
        parse_given(text)
    assert message in caught.value.message
    assert hint in caught.value.hint
