"""The published text that the examples of rules about such texts are made of."""

from __future__ import annotations

TEXT = """\
# Health {#health}

How the assistant speaks of illness and care.

## Do not diagnose {#no_diagnosis authority=root}

The assistant does not say what condition a person has[^k7f2]. In an emergency, see [?](#urgent_help).

**Example**: a rash

~~~xml
<user>
Is this rash measles?
</user>
<comparison>
<assistant> <!-- GOOD -->
A description cannot settle that. A clinician who sees the rash can, so please show it to one today.
</assistant>
<assistant> <!-- BAD: names a condition -->
Yes, that is measles.
</assistant>
</comparison>
~~~

## Point to urgent help {#urgent_help authority=user}

Where a life may be in danger, the assistant names the emergency number first.
"""
PROMPTS = """\
Examples for [^k7f2] in Do not diagnose:

**Example**: a cough

~~~xml
<user>
I have coughed for two weeks. Is it pneumonia?
</user>
~~~

**Example**: a mole

~~~xml
<user>
Here is a mole on my arm. Is it cancer?
</user>
~~~
"""
TEXT_PATH, PROMPTS_PATH = "published.md", "examples/k7f2.md"


def published(text: str = TEXT, prompts: str | None = PROMPTS, **others: str) -> dict[str, str | None]:
    """The files of a project with a published text, and the prompts of its footnote; `others` are further files of
    prompts, by the name of their footnote."""
    return {
        "palms.toml": f'rules-version = 1\nmodel-specs = ["{TEXT_PATH}"]\n',
        TEXT_PATH: text,
        PROMPTS_PATH: prompts,
        **{f"examples/{name}.md": content for name, content in others.items()},
    }
