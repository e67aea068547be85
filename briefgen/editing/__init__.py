"""What somebody needs who edits lexicons: where an entry stands, what it makes of a sentence, and whether all is in order."""
