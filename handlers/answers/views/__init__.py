"""The screens of answers: pure functions of what was found.

`understood` is their first line, `sentences` the one clear sentence, `lists`, `ranking`, `project`,
`sums`, `comparison`, `indicators` and `news` the rest, `small_talk` what facts cannot answer,
`buttons` what stands under all of them.
"""
