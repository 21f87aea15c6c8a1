"""Every limit people can run into, by name. The OpenAPI document and the error messages quote these."""

TITLE = 500
"""Characters in the title of a board, column, task, checklist, item or attachment."""

NAME = 100
"""Characters in the name of a person, team, label or token."""

DESCRIPTION = 64 * 1024
"""Characters in a description (64 KiB of ASCII)."""

COMMENT = 16 * 1024
"""Characters in a comment."""

EMAIL = 254
"""Characters in an e-mail address (RFC 5321, section 4.5.3.1.3)."""

URL = 2048
"""Characters in a link."""

PASSWORD_MIN = 10
PASSWORD_MAX = 1024
"""Characters in a password."""

TIME_ZONE = 64
"""Characters of the name of a time zone."""

BODY = 1024 * 1024
"""Bytes in a request body, uploads apart."""

PAGE_BYTES = 256 * 1024
"""Bytes of events, or of the texts of a list, in one answer; a single one that has more comes alone."""

JSON_VALUES = 5_000
"""Values in a request body: elements of lists and members of objects, in all."""

JSON_LEVELS = 20
"""Levels of lists and objects within each other in a request body."""

FORM = 64 * 1024
"""Bytes in a form, uploads apart."""

FORM_FIELDS = 100
"""Fields in a form."""

PACKET_VALUES = 200
"""Values in a message over the socket."""

PACKET_LEVELS = 8
"""Levels of lists and objects within each other in a message over the socket."""

COLUMNS = 200
"""Columns on a board, archived ones included."""

TASKS = 10_000
"""Tasks on a board, archived ones included."""

LABELS = 200
"""Labels on a board."""

MEMBERS = 500
"""Members of a board, directly or by team, when somebody is added; a team on it may grow beyond."""

BOARD_TEAMS = 50
"""Teams on a board."""

TEAM_MEMBERS = 1000
"""People in a team, when somebody is added by hand."""

TEAMS = 2000
"""Teams of a server, when one is made by hand."""

INVITATIONS = 100
"""Invitations to a board that are open."""

TASK_LABELS = 50
"""Labels on one task."""

TASK_ASSIGNEES = 50
"""People assigned to one task."""

CHECKLISTS = 50
"""Checklists on one task."""

CHECKLIST_ITEMS = 500
"""Items on one checklist."""

COMMENTS = 5_000
"""Comments on one task."""

ATTACHMENTS = 200
"""Attachments on one task."""

TOKENS = 50
"""Personal tokens of one person that have not expired."""

GRANTS = 50
"""Programs that one person lets act for them, at a time."""

PAGE = 100
"""Things on one page of a list, when the caller names no number."""

PAGE_MAX = 500
"""Things on one page of a list, at most."""
