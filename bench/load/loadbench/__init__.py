"""Runs the benches of bench/load and writes their report. Read parts.py and figures.py first."""
