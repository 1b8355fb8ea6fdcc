"""From a question that was understood to its answer: a module for each family of intents.

`dispatch.answer` is the way in. `inquiry.Inquiry` is a question on its way, `inquiry.Answer` what
comes of it. `lists`, `projects`, `sums`, `news`, `programmes` and `unclear` answer; `follow_ups`
changes a question by a press or a pick, `stored_question` is a question as it is kept.
"""
