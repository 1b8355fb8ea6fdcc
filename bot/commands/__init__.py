"""One module for each `qala` command; `cli` declares them, and each calls one function."""
