"""What a report says, chapter by chapter: each module makes the blocks of one chapter of the figures of a master.

In come `Sources`, out come blocks of `report.document`. The order of the chapters, and which tables and charts of an
institutional report each holds, is in `chapters`; all words are in `messages.report`.
"""
