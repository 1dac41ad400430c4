"""What holds in every completion of a case, and in some: decision diagrams, and the solver where they do not fit."""
