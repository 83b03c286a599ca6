"""`python -m palms_spec`, the same as `palms`."""

import sys

from palms_spec.cli.main import main

sys.exit(main())
