"""Checks of a rulebook: one per file, each a plug-in.

A check is a module (or any object) with `ABOUT`, `check(law)` and `render(finding)`: see
`lawmodel.verbs.lint.checking`. Every module of this package is one. Others can add theirs as entry points of the
group `lawmodel.lint`.
"""
