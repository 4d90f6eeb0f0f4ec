"""The twenty-second schema: the short of a maker's way has the days of steps that are not told as done, too."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    UPDATE climbs SET short = json_insert(short, '$[#]', json((
        SELECT json_group_array(json_extract(value, '$.day')) FROM json_each(told, '$.steps')
        WHERE json_extract(value, '$.standing') <> 'actual'
    )))
    WHERE json_array_length(short) = 5
    """,
)
