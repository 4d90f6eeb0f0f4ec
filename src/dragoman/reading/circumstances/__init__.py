"""Circumstances of acts: when (``dates``, and ``dating`` for what the story dates), where (``places``) and with how
many killed and injured (``figures``); ``governing`` says by syntax which expression belongs to which act.
"""
