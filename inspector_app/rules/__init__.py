"""The rules of the program, one module a rule."""
