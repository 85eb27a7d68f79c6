"""Measurements, which are run by hand: a busy machine makes no test fail. Each prints ratios of one run."""
