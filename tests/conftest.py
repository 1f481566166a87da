"""Settings for all tests."""

from hypothesis import settings

# a busy machine must not fail a test: speed is the business of `duibiao bench`
settings.register_profile("duibiao", deadline=None)
settings.load_profile("duibiao")
