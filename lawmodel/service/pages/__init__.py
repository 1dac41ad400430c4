"""The workbench: a case as a page that can be changed, followed and passed on by its address."""
