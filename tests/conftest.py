"""What holds for every test: property tests are about results, never about how long a busy machine takes for one example."""

from hypothesis import settings

settings.register_profile("lkip", deadline=None)
settings.load_profile("lkip")
