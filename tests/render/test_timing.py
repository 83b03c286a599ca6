from __future__ import annotations

import dataclasses
import io

from palms_spec.engine.timing import Timing
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.timing import write_timing
from palms_spec.rulekit.index import read_index


def test_patterns_that_are_looked_for_everywhere_are_named():
    record = next(one for one in read_index() if one.name == "role-marker")
    record = dataclasses.replace(record, name="shouted", underived=("[A-Z]{4,}",))
    timing = Timing()
    timing.add({"shouted": (2, 0.001)})
    stream = io.StringIO()
    write_timing(timing, Output(stream, Terminal()), None, [record])
    assert stream.getvalue().endswith(
        "looked for in every sample, for no text is known that has to be there:\nshouted: [A-Z]{4,}\n"
    )
