"""Actors: every mention in a document, gathered into one actor each (coreference), known to the packs or new.

In the order of the flow: spans of names (``name_spans``, ``unknown_names``), what they name (``names``), titles and
offices (``titles``), noun phrases (``nominals``), pronouns (``coreference``); ``finding`` runs them and makes the cast.
"""
