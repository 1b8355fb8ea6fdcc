"""One module for each command of qala; `cli` declares them, and each calls one function."""
