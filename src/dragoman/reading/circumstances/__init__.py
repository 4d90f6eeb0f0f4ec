"""Circumstances of acts: when (``dates``, carried on by ``carrying``), where (``places``) and with how many killed and
injured (``figures``); ``governing`` says by syntax which expression belongs to which act.
"""
