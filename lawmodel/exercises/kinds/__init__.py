"""The kinds of exercise, a file each: `draft` makes one of the kind, or says with None that this case gives none."""
