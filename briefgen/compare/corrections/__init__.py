"""What a person corrected in, the same brief with it out; each correction is told, whatever became of it.

Sources are withheld before anything is compared (``withholding``). Statements are dropped or given another stance, actor or
issue before actors are named and issues found (``statements``), so that positions, agreements and the table follow. Actors
and issues are joined, split and renamed where they are made (``actors``, ``issues``). What is said of lines of the brief,
notes and corrections of proposals, comes last (``lines``). Ids of what was not corrected stay as they are.
"""
