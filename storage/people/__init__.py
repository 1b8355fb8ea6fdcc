"""Persons and what is kept of their questions.

`arrival` is what an update begins with. `people` has language, home and radius, the export and the
deletion of a person; `last_question` what a chat asked last, so that a follow-up has something to
follow; `missed_questions` what was not understood, without the person.
"""
