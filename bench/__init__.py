"""Benchmarks: what apiguide costs, as ratios against a peer that does the same work on the same machine."""
