"""Checks: SELECTs that return the offending cells of tables held as text, and the rules of one package."""
