"""Evaluation as generated code: the same answers as `lawmodel.reasoning.evaluation`, for cases asked by the hundred."""
