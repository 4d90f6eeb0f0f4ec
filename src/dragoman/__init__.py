"""Dragoman reads news coverage of a political question and keeps the record, each mark traceable to exact words."""
