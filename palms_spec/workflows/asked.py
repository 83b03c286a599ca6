"""What a user asks of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from palms_spec.engine.ignores import relative
from palms_spec.engine.inputs import Inputs, find_inputs, starting_folder
from palms_spec.engine.settings import Settings, load_settings
from palms_spec.findings import Severity


@dataclass(frozen=True, slots=True)
class Asked:
    """Paths, and what counts more than palms.toml.

    `pairs` are keys and values of palms.toml as `KEY=VALUE`, `today` is a day such as 2027-01-31, "" for that of the
    clock. `stand_in` is a path, which need not exist, and the file that is read in its place. With `cache` what is
    known of the rules of packs and plug-ins is remembered.
    """

    paths: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    pairs: tuple[str, ...] = ()
    isolated: bool = False
    baseline: Path | None = None
    today: str = ""
    force_exclude: bool = False
    stand_in: tuple[Path, Path] | None = None
    cache: bool = True

    @property
    def start(self) -> Path:
        """Where palms.toml is looked for."""
        return starting_folder([*self.paths, self.stand_in[0]] if self.stand_in else self.paths)

    def settings(self) -> Settings:
        """The settings. Raises ConfigurationError."""
        return load_settings(
            self.start,
            isolated=self.isolated,
            select=self.select,
            extend_select=self.extend_select,
            ignore=self.ignore,
            fail_on=self.fail_on,
            pairs=self.pairs,
            baseline=self.baseline and self.baseline.absolute(),
            today=self.today,
            cache=self.cache,
        )

    def inputs(self, settings: Settings) -> Inputs:
        """The files, without the baseline. Raises UsageError for paths that do not exist."""
        found = find_inputs(
            self.paths,
            exclude=settings.exclude,
            force_exclude=self.force_exclude,
            stand_in=self.stand_in,
            model_specs=settings.model_specs,
        )
        if settings.baseline is None:
            return found
        baseline = relative(settings.baseline, found.root)
        return replace(found, names=tuple(name for name in found.names if name != baseline))
