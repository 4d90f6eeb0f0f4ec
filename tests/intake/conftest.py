from hypothesis import settings

# Machines that run tests are busy with other things: how long an example takes proves nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
