"""Voices: who says what, direct, indirect and mixed, nested as deep as the text nests it.

In the order of the flow: quotations by their marks (``quotes``), cues and the arguments that syntax offers them
(``cues``, ``surface``), roles filled by a learned model (``roles``, ``cue_model``), what kind of attribution it is
(``kinds``), who the source is (``speakers``, ``turns``), quotations that run on (``run_on``); ``finding`` runs them.
``asserted`` tells what reported speech asserts from what it takes for granted; ``weighing`` decides, once a report is
chosen, whose word it is.
"""
